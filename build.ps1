#requires -Version 7.4
<#
.SYNOPSIS
    Builds, tests or cleans the module. A thin front of the dotnet command, for people who live in PowerShell.
.EXAMPLE
    ./build.ps1
    Builds everything and stages the module into out/PacsTools/<version>/.
.EXAMPLE
    ./build.ps1 -Task Test -Filter ContractTests
    Builds and runs the tests whose names contain ContractTests.
.EXAMPLE
    ./build.ps1 -Task Demo
    Builds, then shows the module at work in a PowerShell of its own, against an archive that it brings along.
.EXAMPLE
    ./build.ps1 -Task Soak -Minutes 5
    Has the Storage SCP receive 25,000 small instances and 1.25 GB of large ones in five minutes, and tells memory, handles and threads.
.EXAMPLE
    ./build.ps1 -Task ShellSoak
    Twenty minutes of query, retrieve, send, receive and echo in one PowerShell, against Orthanc, dcmqrscp and an archive of its own, with what the process holds.
.EXAMPLE
    ./build.ps1 -Task Stress -Minutes 10
    All cmdlets at once from 16 runspaces and from jobs, while the module, archives and receivers come and go and pipelines are stopped at random.
#>
[CmdletBinding()]
param(
    [ValidateSet('Build', 'Test', 'Demo', 'Soak', 'ShellSoak', 'Stress', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # How long a soak or the stress runs, 20 and 10 minutes unless given; the load of -Task Soak is that of twenty minutes, in proportion.
    [ValidateRange(1, 1440)]
    [int] $Minutes = $(if ($Task -eq 'Stress') { 10 } else { 20 }),

    # Only tests whose full name contains this.
    [string] $Filter
)

$ErrorActionPreference = 'Stop'
$solution = Join-Path $PSScriptRoot 'PacsTools.sln'

function Invoke-DotNet {
    & dotnet @args
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($args[0]) failed with exit code $LASTEXITCODE." }
}

switch ($Task) {
    'Build' {
        Invoke-DotNet build $solution --configuration $Configuration --nologo
        $version = (Import-PowerShellDataFile (Join-Path $PSScriptRoot 'PacsTools.psd1')).ModuleVersion
        Get-Item (Join-Path $PSScriptRoot "out/PacsTools/$version/PacsTools.psd1")
    }
    'Test' {
        $arguments = @('test', $solution, '--configuration', $Configuration, '--nologo')
        if ($Filter) { $arguments += '--filter', "FullyQualifiedName~$Filter" }
        Invoke-DotNet @arguments
    }
    'Demo' {
        Invoke-DotNet build $solution --configuration $Configuration --nologo --verbosity quiet
        $version = (Import-PowerShellDataFile (Join-Path $PSScriptRoot 'PacsTools.psd1')).ModuleVersion
        # Another process, so that this session is not left with an assembly that the next build replaces.
        & (Get-Process -Id $PID).Path -NoProfile -File (Join-Path $PSScriptRoot 'samples/Demo.ps1') -Module (Join-Path $PSScriptRoot "out/PacsTools/$version/PacsTools.psd1")
        if ($LASTEXITCODE -ne 0) { throw "The demonstration failed with exit code $LASTEXITCODE." }
    }
    'Soak' {
        # Storage SCP and sender under a mixed load, with what the processes hold: 100,000 small instances and 5 GB of large ones in twenty minutes.
        Invoke-DotNet run --project (Join-Path $PSScriptRoot 'tests/PacsTools.Interop.Tests') --configuration $Configuration -- --soak $Minutes
    }
    { $_ -in 'ShellSoak', 'Stress' } {
        # The module as it ships, in a PowerShell of its own.
        Invoke-DotNet build $solution --configuration $Configuration --nologo --verbosity quiet
        $long = @{ ShellSoak = '--soak'; Stress = '--stress' }[$Task]
        Invoke-DotNet run --no-build --project (Join-Path $PSScriptRoot 'tests/PacsTools.Module.Tests') --configuration $Configuration -- $long $Minutes
    }
    'Clean' {
        Invoke-DotNet clean $solution --configuration $Configuration --nologo --verbosity quiet
        $out = Join-Path $PSScriptRoot 'out'
        if (Test-Path $out) { Remove-Item $out -Recurse -Force }
    }
}
