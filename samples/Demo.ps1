<#
.SYNOPSIS
    The whole story in PowerShell: an archive with generated studies, is it there, what has it got, bring it here, prove it.
#>
param(
    # The staged module.
    [Parameter(Mandatory)] [string] $Module,

    # Where what is received goes: a new folder each time, so that a second run shows what the first did.
    [string] $Destination = [IO.Directory]::CreateTempSubdirectory('pacstools-demo-').FullName
)
$ErrorActionPreference = 'Stop'
Import-Module $Module

$pacs = Start-PacsSimulator -TestData
$scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1
try {
    $pacs | Out-Host
    $pacs | Test-PacsEcho | Out-Host
    $studies = $pacs | Find-DicomStudy -PatientName 'doe*'
    $studies | Out-Host
    $reports = $studies | Receive-DicomStudy -Destination $Destination -StorageScp $scp -AsReport
    $reports | Out-Host
    "What was received is in $Destination; remove it when you have looked."
}
finally {
    $null = $scp | Stop-StorageScp
    $null = $pacs | Stop-PacsSimulator
}
if ($reports.Complete -contains $false) { exit 1 }
