BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop

    # Milliseconds that importing takes in a fresh pwsh; the best of several, since other work disturbs only upwards.
    function Measure-Import([string] $Module) {
        $script = "[Console]::Out.Write((Measure-Command { Import-Module '$Module' }).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture))"
        1..3 | ForEach-Object { [double]::Parse((pwsh -NoProfile -NonInteractive -Command $script), [cultureinfo]::InvariantCulture) } |
            Measure-Object -Minimum | ForEach-Object Minimum
    }
}

Describe 'The module' {
    It 'exports its cmdlets and nothing else' {
        $manifest = Import-PowerShellDataFile $peers.Module
        (Get-Command -Module PacsTools).Name | Sort-Object | Should -Be ($manifest.CmdletsToExport | Sort-Object)
        (Get-Module PacsTools).ExportedAliases.Count | Should -Be 0
        (Get-Module PacsTools).ExportedVariables.Count | Should -Be 0
    }

    It 'passes PowerShell''s own check of the manifest' {
        (Test-ModuleManifest $peers.Module).Version | Should -Be ([version] (Import-PowerShellDataFile $peers.Module).ModuleVersion)
    }

    It 'loads no assembly but its own and those of .NET and PowerShell' {
        $script = @"
`$before = [AppDomain]::CurrentDomain.GetAssemblies().Location
Import-Module '$($peers.Module)'
`$null = Get-StorageScp
[AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { `$_.Location -and `$_.Location -notin `$before } | ForEach-Object Location
"@
        $loaded = @(pwsh -NoProfile -NonInteractive -Command $script)
        $home7 = pwsh -NoProfile -NonInteractive -Command '$PSHOME'
        $framework = Split-Path ([object].Assembly.Location)
        $staged = Split-Path $peers.Module
        @($loaded | Where-Object { (Split-Path $_) -notin $home7, $framework, $staged }) | Should -BeNullOrEmpty
        @($loaded | Where-Object { (Split-Path $_) -eq $staged }).Count | Should -BeGreaterThan 0
    }

    It 'is imported faster than Pester' {
        $ours = Measure-Import $peers.Module
        $theirs = Measure-Import 'Pester'
        $ours | Should -BeLessThan $theirs
    }

    It 'has help about itself' {
        Get-Content (Join-Path (Split-Path $peers.Module) 'en-US/about_PacsTools.help.txt') -Raw | Should -Match 'about_PacsTools'
    }

    It 'takes the Storage SCPs of the process along when it is removed' {
        $script = @"
Import-Module '$($peers.Module)'
`$scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1
Remove-Module PacsTools
"`$(`$scp.State)"
"@
        pwsh -NoProfile -NonInteractive -Command $script | Should -Be 'Stopped'
    }

    It 'leaves the Storage SCPs running when a parallel runspace ends' {
        $script = @"
Import-Module '$($peers.Module)'
`$scp = 1 | ForEach-Object -Parallel { Import-Module '$($peers.Module)'; Start-StorageScp -Port 0 -BindAddress 127.0.0.1 }
[GC]::Collect()
"`$((Get-StorageScp).State) `$((Get-StorageScp).Port -eq `$scp.Port)"
"@
        pwsh -NoProfile -NonInteractive -Command $script | Should -Be 'Running True'
    }
}

Describe 'Views' {
    It '<Name> fits 80 columns' -ForEach @(
        @{ Name = 'PacsEchoResult'; Get = { Test-PacsEcho $peers.Orthanc } }
        @{ Name = 'DicomStudy'; Get = { Find-DicomStudy $peers.Orthanc -PatientID P1 } }
        @{ Name = 'StorageScp'; Get = { Start-StorageScp -Port 0 -BindAddress 127.0.0.1 } }
        @{ Name = 'PacsNode'; Get = { (Find-DicomStudy $peers.Orthanc -PatientID P1).Node } }
    ) {
        $text = & $Get | Out-String -Width 80
        $lines = @($text -split "`r?`n" | Where-Object { $_ })
        $lines.Count | Should -Be 3
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        # A dropped column would be a property name missing from the heading; a table view has no colon after names.
        $lines[0] | Should -Not -Match ':'
    }

    It 'The list of <Name> leaves nothing important out' -ForEach @(
        @{ Name = 'PacsEchoResult'; Get = { Test-PacsEcho $peers.Orthanc }; Properties = 'Node', 'Success', 'Status', 'RoundtripTime' }
        @{ Name = 'DicomStudy'; Get = { Find-DicomStudy $peers.Orthanc -PatientID P1 }; Properties = 'PatientName', 'StudyInstanceUID', 'UnsupportedKeys', 'Node' }
    ) {
        $text = & $Get | Format-List | Out-String
        foreach ($property in $Properties) { $text | Should -Match "(?m)^$property\s+: \S" }
    }

    It 'shows a status as the standard writes it' {
        Test-PacsEcho $peers.Orthanc | Out-String | Should -Match '\b0000\b'
    }

    AfterAll { $null = Stop-StorageScp }
}
