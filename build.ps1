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
    ./build.ps1 -Task Package
    Builds and makes out/PacsTools.<version>.nupkg, which the PowerShell Gallery takes. The same commit gives the same bytes. Unsigned, and the same as
    dotnet build src/PacsTools -c Release -t:Package
.EXAMPLE
    ./build.ps1 -Task Package -CertificateThumbprint 0123456789ABCDEF0123456789ABCDEF01234567
    Signs what is staged with a certificate of the user's store before it is packed, and adds a signed catalog. On Windows alone: PowerShell signs nowhere else.
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
    [ValidateSet('Build', 'Test', 'Demo', 'Package', 'Soak', 'ShellSoak', 'Stress', 'Clean')]
    [string] $Task = 'Build',

    [ValidateSet('Debug', 'Release')]
    [string] $Configuration = 'Release',

    # How long a soak or the stress runs, 20 and 10 minutes unless given; the load of -Task Soak is that of twenty minutes, in proportion.
    [ValidateRange(1, 1440)]
    [int] $Minutes = $(if ($Task -eq 'Stress') { 10 } else { 20 }),

    # Only tests whose full name contains this.
    [string] $Filter,

    # With -Task Package: a certificate for code signing in Cert:\CurrentUser\My or Cert:\LocalMachine\My.
    [ValidatePattern('^[0-9A-Fa-f]{40}$')]
    [string] $CertificateThumbprint,

    # With -CertificateThumbprint: whose clock bears witness, so that the signature outlives the certificate.
    [uri] $TimestampServer = 'http://timestamp.digicert.com'
)

$ErrorActionPreference = 'Stop'
$solution = Join-Path $PSScriptRoot 'PacsTools.sln'

$project = Join-Path $PSScriptRoot 'src/PacsTools'

function Invoke-DotNet {
    param([Parameter(Mandatory)] [string[]] $Arguments)
    & dotnet $Arguments
    if ($LASTEXITCODE -ne 0) { throw "dotnet $($Arguments[0]) failed with exit code $LASTEXITCODE." }
}

# Where the build stages the module, exactly as it ships.
function Get-StagedModule {
    $version = (Import-PowerShellDataFile (Join-Path $PSScriptRoot 'PacsTools.psd1')).ModuleVersion
    Join-Path $PSScriptRoot "out/PacsTools/$version"
}

# The signing point, between staging and packing: assemblies, manifest, views and types; last a catalog over everything.
function Add-Signature {
    param([Parameter(Mandatory)] [string] $Folder, [Parameter(Mandatory)] [string] $Thumbprint, [Parameter(Mandatory)] [uri] $Witness)
    if (-not $IsWindows) { throw 'PowerShell signs on Windows alone (Set-AuthenticodeSignature). Package there, or leave -CertificateThumbprint out.' }
    $certificate = Get-ChildItem Cert:\CurrentUser\My, Cert:\LocalMachine\My -CodeSigningCert | Where-Object Thumbprint -EQ $Thumbprint | Select-Object -First 1
    if (-not $certificate) { throw "No certificate for code signing with the thumbprint $Thumbprint is in your store or the machine's." }
    $signing = @{ Certificate = $certificate; HashAlgorithm = 'SHA256'; IncludeChain = 'NotRoot'; TimestampServer = $Witness }
    Get-ChildItem $Folder -Recurse -File -Include *.dll, *.psd1, *.ps1xml | Set-AuthenticodeSignature @signing |
        Where-Object Status -NE 'Valid' | ForEach-Object { throw "$($_.Path) could not be signed: $($_.StatusMessage)" }
    $catalog = New-FileCatalog -Path $Folder -CatalogFilePath (Join-Path $Folder 'PacsTools.cat') -CatalogVersion 2
    $signature = Set-AuthenticodeSignature -FilePath $catalog.FullName @signing
    if ($signature.Status -ne 'Valid') { throw "The catalog could not be signed: $($signature.StatusMessage)" }
}

switch ($Task) {
    'Build' {
        Invoke-DotNet @('build', $solution, '--configuration', $Configuration, '--nologo')
        Get-Item (Join-Path (Get-StagedModule) 'PacsTools.psd1')
    }
    'Test' {
        $arguments = @('test', $solution, '--configuration', $Configuration, '--nologo')
        if ($Filter) { $arguments += '--filter', "FullyQualifiedName~$Filter" }
        Invoke-DotNet $arguments
    }
    'Demo' {
        Invoke-DotNet @('build', $solution, '--configuration', $Configuration, '--nologo', '--verbosity', 'quiet')
        # Another process, so that this session is not left with an assembly that the next build replaces.
        & (Get-Process -Id $PID).Path -NoProfile -File (Join-Path $PSScriptRoot 'samples/Demo.ps1') -Module (Join-Path (Get-StagedModule) 'PacsTools.psd1')
        if ($LASTEXITCODE -ne 0) { throw "The demonstration failed with exit code $LASTEXITCODE." }
    }
    'Package' {
        $arguments = @($project, '--configuration', $Configuration, '--nologo', '--verbosity', 'quiet')
        if ($CertificateThumbprint) {
            Invoke-DotNet (@('build') + $arguments)
            Add-Signature -Folder (Get-StagedModule) -Thumbprint $CertificateThumbprint -Witness $TimestampServer
            Invoke-DotNet (@('msbuild', $project, "-p:Configuration=$Configuration", '-t:PackStaged', '-nologo', '-verbosity:quiet'))
        }
        else {
            Invoke-DotNet (@('build') + $arguments + '-t:Package')
        }
        Get-Item "$(Join-Path $PSScriptRoot "out/PacsTools.$(Split-Path -Leaf (Get-StagedModule))").nupkg"
    }
    'Soak' {
        # Storage SCP and sender under a mixed load, with what the processes hold: 100,000 small instances and 5 GB of large ones in twenty minutes.
        Invoke-DotNet @('run', '--project', (Join-Path $PSScriptRoot 'tests/PacsTools.Interop.Tests'), '--configuration', $Configuration, '--', '--soak', $Minutes)
    }
    { $_ -in 'ShellSoak', 'Stress' } {
        # The module as it ships, in a PowerShell of its own.
        Invoke-DotNet @('build', $solution, '--configuration', $Configuration, '--nologo', '--verbosity', 'quiet')
        $long = @{ ShellSoak = '--soak'; Stress = '--stress' }[$Task]
        Invoke-DotNet @('run', '--no-build', '--project', (Join-Path $PSScriptRoot 'tests/PacsTools.Module.Tests'), '--configuration', $Configuration, '--', $long, $Minutes)
    }
    'Clean' {
        Invoke-DotNet @('clean', $solution, '--configuration', $Configuration, '--nologo', '--verbosity', 'quiet')
        # What a build left in out/, and nothing else: somebody may have received studies into that folder.
        $out = Join-Path $PSScriptRoot 'out'
        @('PacsTools', 'PacsTools.*.nupkg') | ForEach-Object { Join-Path $out $_ } | Where-Object { Test-Path $_ } | Remove-Item -Recurse -Force
    }
}
