# Writes acceptance suites and runs them with Invoke-Pester: as they are written, against archives of the test host and a simulator, and against
# simulators with faults. Pester cannot run inside of Pester, so Suite.Tests.ps1 starts this in a pwsh of its own and reads what came of it.
param(
    [Parameter(Mandatory)] [string] $Folder,
    [Parameter(Mandatory)] [string] $ResultPath
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Join-Path $PSScriptRoot 'Peers.psm1')
$peers = Get-TestPeers
Import-Module $peers.Module
Import-Module Pester -MinimumVersion 5.0 -MaximumVersion 5.99
$ErrorActionPreference = 'Continue'

# How fast this machine is just now is no matter of the tests.
function Edit-Agreement {
    param([string] $Path, [hashtable] $Limit = @{})
    $limits = @{ AssociationMilliseconds = 60000; EchoMilliseconds = 60000; QuerySeconds = 60; RetrieveSeconds = 60; SilenceSeconds = 60; IndexSeconds = 0 }
    foreach ($key in $Limit.Keys) { $limits[$key] = $Limit[$key] }
    $text = Get-Content -LiteralPath $Path -Raw
    foreach ($key in $limits.Keys) { $text = $text -replace "(?<=\b$key = )\S+", $limits[$key] }
    Set-Content -LiteralPath $Path -Value $text -NoNewline
}

function Invoke-Suite {
    param([string] $Name, [string] $Path, [hashtable] $Data = @{}, [string[]] $Tag, [string[]] $Only, [string] $NUnit)
    $configuration = New-PesterConfiguration
    $configuration.Run.Container = New-PesterContainer -Path $Path -Data $Data
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    if ($Tag) { $configuration.Filter.Tag = $Tag }
    if ($Only) { $configuration.Filter.FullName = $Only }
    if ($NUnit) {
        $configuration.TestResult.Enabled = $true
        $configuration.TestResult.OutputFormat = 'NUnit3'
        $configuration.TestResult.OutputPath = $NUnit
    }
    $run = Invoke-Pester -Configuration $configuration
    [pscustomobject]@{
        Name    = $Name
        Result  = "$($run.Result)"
        Passed  = @($run.Passed | ForEach-Object { $_.ExpandedPath })
        Failed  = @($run.Failed | ForEach-Object { $_.ExpandedPath })
        Errors  = @($run.Failed + $run.FailedBlocks + $run.FailedContainers | ForEach-Object { "$($_.ExpandedPath): $($_.ErrorRecord)" })
        Skipped = @($run.Skipped | ForEach-Object { $_.ExpandedPath })
        Seconds = $run.Duration.TotalSeconds
    }
}

$results = @(
    foreach ($name in 'Orthanc', 'Dcmqrscp') {
        # Suites leave a study behind: archives of their own, which no other test asks.
        $suite = @(New-PacsAcceptanceSuite $peers."Own$name" $Folder -Name $name -ScpPort $peers.ScpPort -SampleSize 1)
        Edit-Agreement $suite[1].FullName
        Invoke-Suite $name $suite[0].FullName -NUnit (Join-Path $Folder "$name.xml")
    }

    $simulator = Start-PacsSimulator -TestData -DicomWeb
    $suite = @(New-PacsAcceptanceSuite $simulator $Folder -Name Simulator -ScpPort $peers.ScpPort)
    Edit-Agreement $suite[1].FullName
    Invoke-Suite Simulator $suite[0].FullName
    $null = $simulator | Stop-PacsSimulator

    # One small study with a name beyond ASCII, and one storage class: there are many faults.
    $study = Join-Path $Folder 'study'
    $null = New-DicomTestStudy $study -Instances 3 -Rows 16 -Columns 16 -PatientName 'Nuñez^Íñigo' -PatientID N1 -CharacterSet Latin1 -Seed 1
    $simulator = Start-PacsSimulator $study -DicomWeb
    $suite = @(New-PacsAcceptanceSuite $simulator $Folder -Name Faulty -ScpPort $peers.ScpPort)
    $null = $simulator | Stop-PacsSimulator
    $text = Get-Content -LiteralPath $suite[1].FullName -Raw
    $text = $text -replace "(?m)^\s+'1\.2\.840\.10008\.5\.1\.4\.1\.1\.(?!2' )[\d.]+' = .*\r?\n", ''
    Set-Content -LiteralPath $suite[1].FullName -Value $text -NoNewline
    foreach ($row in (Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'SuiteFaults.psd1')).Faults) {
        Edit-Agreement $suite[1].FullName -Limit ($row.Limit ?? @{})
        $faulty = Start-PacsSimulator $study -DicomWeb -Fault $row.Fault
        Invoke-Suite $row.Name $suite[0].FullName -Data @{ Node = $faulty } -Tag $row.Tag -Only $row.Only
        $null = $faulty | Stop-PacsSimulator
    }
)
ConvertTo-Json -InputObject $results -Depth 4 | Set-Content -LiteralPath $ResultPath -Encoding utf8NoBOM
