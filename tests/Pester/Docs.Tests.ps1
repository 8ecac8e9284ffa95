# Documents for people: what they tell to type exists.
BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $root = (Get-TestPeers).Repository
    $documents = foreach ($path in @('README.md') + @(Get-ChildItem (Join-Path $root 'docs') -Filter *.md | ForEach-Object { "docs/$($_.Name)" })) { @{ Document = $path } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop

    # Commands in fenced PowerShell and between backticks, each with the parameters it is given.
    function Get-DocumentedCommand([string] $Path) {
        $text = (Get-Content -LiteralPath $Path -Raw) -replace "`r"
        $snippets = @([regex]::Matches($text, '(?ms)^```powershell\n(.*?)^```$') | ForEach-Object { $_.Groups[1].Value })
        $snippets += [regex]::Matches(($text -replace '(?ms)^```.*?^```$'), '`([^`\n]+)`') | ForEach-Object { $_.Groups[1].Value -replace '\\\|', '|' -replace [char] 0x2026, '' }
        foreach ($snippet in $snippets) {
            $ast = [System.Management.Automation.Language.Parser]::ParseInput($snippet, [ref] $null, [ref] $null)
            foreach ($command in $ast.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                $name = $command.GetCommandName()
                if ($name -match '^(PacsTools\\)?[A-Z][a-z]+-(Pacs|Dicom|StorageScp)[A-Za-z]*$') {
                    [pscustomobject] @{
                        Name       = $name -replace '^PacsTools\\'
                        Parameters = @($command.CommandElements | Where-Object { $_ -is [System.Management.Automation.Language.CommandParameterAst] } | ForEach-Object ParameterName)
                        Text       = $snippet
                    }
                }
            }
        }
    }
}

Describe '<Document>' -ForEach $documents {
    It 'names commands and parameters that exist' {
        $exported = (Get-Module PacsTools).ExportedCmdlets
        foreach ($used in Get-DocumentedCommand (Join-Path $peers.Repository $Document)) {
            # A beginning such as Start-Pacs… names several.
            if ($used.Name -match '-(Pacs|Dicom)$') { continue }
            $exported.Keys | Should -Contain $used.Name -Because $used.Text
            $known = $exported[$used.Name].Parameters.Values | ForEach-Object { $_.Name; $_.Aliases }
            foreach ($parameter in $used.Parameters) { $known | Should -Contain $parameter -Because $used.Text }
        }
    }

    It 'links to what is there' {
        $path = Join-Path $peers.Repository $Document
        foreach ($link in [regex]::Matches((Get-Content -LiteralPath $path -Raw), '\]\((?!https?:|#)([^)#\s]+)')) {
            $target = Join-Path (Split-Path $path) $link.Groups[1].Value
            "$($link.Groups[1].Value) $(Test-Path -LiteralPath $target)" | Should -Be "$($link.Groups[1].Value) True"
        }
    }
}

Describe 'The first minute of README.md' {
    It 'does what it says, as it stands there' {
        $text = (Get-Content -LiteralPath (Join-Path $peers.Repository 'README.md') -Raw) -replace "`r"
        $text -match '(?ms)^## Try it in a minute$.*?^```powershell\n(.*?)^```$' | Should -BeTrue
        $work = New-TestFolder $peers
        Set-Content -LiteralPath "$work/minute.ps1" -Value "`$ErrorActionPreference = 'Stop'; Set-Location '$work'; Import-Module PacsTools`n$($Matches[1])"
        $shown = pwsh -NoProfile -NonInteractive -File "$work/minute.ps1" 2>&1
        $LASTEXITCODE | Should -Be 0 -Because ($shown -join "`n")
        (Get-TestFiles "$work/images").Count | Should -BeGreaterThan 0
        (Get-TestFiles "$work/pictures" .png).Count | Should -BeGreaterThan 0
    }
}

Describe 'The installation of README.md' {
    It 'copies the module to where PowerShell looks, though nothing was installed there before' {
        $text = Get-Content -LiteralPath (Join-Path $peers.Repository 'README.md') -Raw
        $text -match '`(Copy-Item \./out/PacsTools [^`]+)`' | Should -BeTrue
        $command = $Matches[1]
        $work = New-TestFolder $peers
        $null = New-Item -ItemType Directory "$work/out"
        Copy-Item -LiteralPath (Split-Path (Get-Module PacsTools).ModuleBase) "$work/out/PacsTools" -Recurse
        $before = $env:PSModulePath
        try {
            Push-Location $work
            $env:PSModulePath = "$work/none/Modules"
            $null = Invoke-Expression $command
        }
        finally {
            $env:PSModulePath = $before
            Pop-Location
        }
        "$work/none/Modules/PacsTools/*/PacsTools.psd1" | Should -Exist
    }
}

Describe 'The conformance statement' {
    BeforeAll { $text = Get-Content -LiteralPath (Join-Path $peers.Repository 'docs/conformance.md') -Raw }

    It 'names the implementation as it is on the wire' {
        $text | Should -Match ([regex]::Escape([PacsTools.Dicom.Data.DicomUids]::ImplementationClassUID))
        $text | Should -Match ([PacsTools.Dicom.Data.DicomUids]::ImplementationVersionName)
    }

    It 'gives SOP classes the UIDs they have' {
        $rows = [regex]::Matches($text, '(?m)^\| [^|]*\| ([^|]+) \| (1\.2\.840\.10008[0-9.]+) \|')
        $rows.Count | Should -Be 9
        foreach ($row in $rows) {
            $entry = $null
            [PacsTools.Dicom.Data.UidRegistry]::TryGet($row.Groups[2].Value, [ref] $entry) | Should -BeTrue -Because $row.Value
            foreach ($word in $row.Groups[1].Value -split '[^A-Za-z]+' | Where-Object { $_ }) { $entry.Name | Should -Match $word }
        }
    }

    It 'tells what the simulator accepts, and nothing else' {
        $pacs = Start-PacsSimulator
        $accepted = @(Get-PacsCapability $pacs -SopClass Verification, Query, Retrieve, Worklist, Commitment | Where-Object Accepted).UID | Sort-Object
        $stated = @([regex]::Matches($text, '(?m)^\| [^|]*\| [^|]+ \| (1\.2\.840\.10008[0-9.]+) \| yes \| (test|yes) \|') | ForEach-Object { $_.Groups[1].Value }) | Sort-Object
        $accepted | Should -Be $stated
        $null = Stop-PacsSimulator
    }

    It 'tells what the storage receiver accepts' {
        $scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1
        $capabilities = Get-PacsCapability "$($scp.AETitle)@127.0.0.1:$($scp.Port)"
        @($capabilities | Where-Object { $_.Category -eq 'Storage' -and -not $_.Accepted }) | Should -BeNullOrEmpty
        @($capabilities | Where-Object { $_.Category -ne 'Storage' -and $_.Accepted }).Name | Should -Be 'Verification SOP Class', 'Storage Commitment Push Model SOP Class'
        $null = Stop-StorageScp
    }

    It 'states the limits that parameters have' {
        foreach ($parameter in 'MaxAssociations', 'ArtimTimeoutSeconds', 'IdleTimeoutSeconds', 'MaxPduLength', 'AllowedCallingAETitle', 'AllowedAddress', 'AcceptAnyCalledAETitle', 'AcceptSopClass', 'AcceptAnySopClass', 'PreferredTransferSyntax', 'MinimumFreeSpace', 'RequireClientCertificate') {
            $text | Should -Match "-$parameter\b"
            (Get-Command Start-StorageScp).Parameters.Keys | Should -Contain $parameter
        }
    }

    It 'rejects as it says' {
        $scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1 -AllowedCallingAETitle FRIEND
        (Test-PacsEcho "$($scp.AETitle)@127.0.0.1:$($scp.Port)" -CallingAETitle STRANGER).Error.FullyQualifiedErrorId | Should -Match '^AssociationRejected\.CallingAENotRecognized'
        (Test-PacsEcho "ELSE@127.0.0.1:$($scp.Port)" -CallingAETitle FRIEND).Error.FullyQualifiedErrorId | Should -Match '^AssociationRejected\.CalledAENotRecognized'
        $null = Stop-StorageScp
        $scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1 -AllowedAddress 10.0.0.0/8
        (Test-PacsEcho "$($scp.AETitle)@127.0.0.1:$($scp.Port)").Error.FullyQualifiedErrorId | Should -Match '^AssociationRejected\.NoReasonGiven'
        $null = Stop-StorageScp
    }
}
