# The package in the hands of those who install it. PSResourceGet and PSScriptAnalyzer come with PowerShell or from its gallery; where a machine lacks one, its test is skipped and says so.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
}

Describe 'The unpacked module' {
    It 'is found by its name in PSModulePath, and imports' {
        $found = Get-Module -ListAvailable PacsTools
        @($found).Count | Should -Be 1
        $found.Path | Should -Be $peers.Module
        pwsh -NoProfile -NonInteractive -Command 'Import-Module PacsTools; (Get-Module PacsTools).ModuleBase' | Should -Be (Split-Path $peers.Module)
    }

    It 'is loaded by the first command that is used' {
        pwsh -NoProfile -NonInteractive -Command '(New-DicomTestStudy -Path ([IO.Path]::Combine([IO.Path]::GetTempPath(), [guid]::NewGuid())) -WhatIf); (Get-Module PacsTools).Name' | Select-Object -Last 1 | Should -Be PacsTools
    }

    It 'has a manifest that the gallery takes' {
        $manifest = Test-ModuleManifest $peers.Module -WarningVariable warnings
        $warnings | Should -BeNullOrEmpty
        $manifest.CompatiblePSEditions | Should -Be Core
        $manifest.PowerShellVersion | Should -Be ([version] '7.4')
        $manifest.LicenseUri | Should -Not -BeNullOrEmpty
        $manifest.ProjectUri | Should -Not -BeNullOrEmpty
        $manifest.ReleaseNotes | Should -Not -BeNullOrEmpty
        $manifest.Tags | Should -Contain 'DICOM'
        $manifest.Author | Should -Not -BeNullOrEmpty
        $manifest.Description.Length | Should -BeGreaterThan 40
    }

    It 'carries its licence' {
        Get-Content (Join-Path (Split-Path $peers.Module) 'LICENSE') -Raw | Should -Match 'MIT License'
    }
}

Describe 'PSResourceGet' {
    BeforeAll {
        $store = New-TestFolder $peers
        Copy-Item $peers.Package $store
        # A home of its own: repositories and modules of whoever runs the tests are left alone.
        $script:homeFolder = New-TestFolder $peers
        # Folders that do not exist are none to .NET, which would have the repositories written down wherever we are.
        $null = New-Item -ItemType Directory (Join-Path $homeFolder '.local/share'), (Join-Path $homeFolder '.config')
        function Invoke-InHome([string] $Script) {
            $old = @{}
            foreach ($name in 'HOME', 'XDG_DATA_HOME', 'XDG_CONFIG_HOME', 'LOCALAPPDATA', 'PSModulePath') { $old[$name] = [Environment]::GetEnvironmentVariable($name) }
            try {
                $env:HOME = $homeFolder
                $env:LOCALAPPDATA = $homeFolder
                $env:XDG_DATA_HOME = Join-Path $homeFolder '.local/share'
                $env:XDG_CONFIG_HOME = Join-Path $homeFolder '.config'
                $env:PSModulePath = $null
                pwsh -NoProfile -NonInteractive -Command "`$ProgressPreference = 'SilentlyContinue'; $Script" 2>&1
            }
            finally {
                foreach ($name in $old.Keys) { [Environment]::SetEnvironmentVariable($name, $old[$name]) }
            }
        }
    }

    It 'finds and installs the package from a folder, and what it installed works' {
        Skip-TestUnless ([bool] (Get-Module -ListAvailable Microsoft.PowerShell.PSResourceGet)) 'Microsoft.PowerShell.PSResourceGet is not installed' -Requirement psresourceget
        $text = Invoke-InHome @"
Register-PSResourceRepository -Name local -Uri '$store' -Trusted
`$found = Find-PSResource PacsTools -Repository local
"found `$(`$found.Name) `$(`$found.Version) `$(`$found.Type) `$(`$found.Tags -contains 'DICOM')"
Install-PSResource PacsTools -Repository local -Scope CurrentUser
`$installed = Get-InstalledPSResource PacsTools
"installed `$(`$installed.Name) `$(`$installed.Version) `$(`$installed.InstalledLocation.StartsWith('$homeFolder'))"
`$pacs = Start-PacsSimulator -TestData
"answers `$(Test-PacsEcho `$pacs -Quiet) `$((Get-Module PacsTools).ModuleBase.StartsWith('$homeFolder'))"
"@
        $version = (Import-PowerShellDataFile $peers.Module).ModuleVersion
        $text -join '; ' | Should -Be "found PacsTools $version Module True; installed PacsTools $version True; answers True True"
    }
}

Describe 'PSScriptAnalyzer' {
    It 'has nothing to say about <_>' -ForEach 'the module', 'build.ps1', 'samples' {
        Skip-TestUnless ([bool] (Get-Module -ListAvailable PSScriptAnalyzer)) 'PSScriptAnalyzer is not installed' -Requirement psscriptanalyzer
        $path = switch ($_) { 'the module' { Split-Path $peers.Module } default { Join-Path $peers.Repository $_ } }
        $found = @(Invoke-ScriptAnalyzer -Path $path -Recurse)
        ($found | ForEach-Object { "$($_.ScriptName):$($_.Line) $($_.RuleName): $($_.Message)" }) -join "`n" | Should -BeNullOrEmpty
    }
}
