# Runs one file of Pester tests and writes what became of each test, for whoever started this pwsh.
param(
    [Parameter(Mandatory)] [string] $Path,
    [Parameter(Mandatory)] [string] $ResultPath,
    # The manifest of the module to test, if not the one the test host has unpacked.
    [string] $Module
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
if (-not (Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -eq 5 })) { exit 86 }
Import-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.99

if ($Module) { $env:PACSTOOLS_TEST_MODULE = (Resolve-Path -LiteralPath $Module).Path }
$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
if ($env:PACSTOOLS_RESULTS) {
    $configuration.TestResult.Enabled = $true
    $configuration.TestResult.OutputFormat = 'JUnitXml'
    $configuration.TestResult.OutputPath = Join-Path $env:PACSTOOLS_RESULTS "pester-$([IO.Path]::GetFileNameWithoutExtension($Path)).xml"
}
# What a user has who changed nothing: the tests are about non-terminating errors too.
$ErrorActionPreference = 'Continue'
$run = Invoke-Pester -Configuration $configuration

$results = @(
    foreach ($test in $run.Tests) {
        [pscustomobject]@{
            Name    = $test.ExpandedPath
            Result  = $test.Result
            Error   = ($test.ErrorRecord | ForEach-Object { $_.DisplayErrorMessage ?? "$_" }) -join "`n"
            Seconds = $test.Duration.TotalSeconds
        }
    }
    # A block that fails to set itself up has no tests to tell of it.
    foreach ($block in @($run.FailedContainers) + @($run.FailedBlocks)) {
        [pscustomobject]@{ Name = "$($block.Name ?? $block)"; Result = 'Failed'; Error = "$($block.ErrorRecord)"; Seconds = 0 }
    }
)
ConvertTo-Json -InputObject $results -Depth 3 | Set-Content -LiteralPath $ResultPath -Encoding utf8NoBOM
