# Pipelines in a runspace beside the worker's own, stopped from outside after a random time, as Ctrl+C does. Dot-sourced in the runspace of the worker.

$pipelines = @(
    { param($c, $place) Find-DicomStudy $c.Slow }
    { param($c, $place) Find-DicomStudy $c.Slow | Receive-DicomStudy -Method CMove -StorageScp $c.Scp -Destination $place }
    { param($c, $place) Find-DicomStudy $c.Plain | Receive-DicomStudy -Method CGet -Destination $place }
    { param($c, $place) Find-DicomStudy $c.Plain | Receive-DicomStudy -Method DicomWeb -Destination $place }
    { param($c, $place) while ($true) { $c.Files | Send-DicomFile $c.Store -ThrottleLimit 2 } }
    { param($c, $place) while ($true) { $c.Files | Send-DicomFile $c.Store -Commit -StorageScp $c.Scp } }
    { param($c, $place) Find-DicomStudy $c.Slow | Copy-DicomStudy -DestinationNode $c.Store.Node -StorageScp $c.Scp }
    { param($c, $place) Watch-StorageScp -Port $c.Inbox.Port }
    { param($c, $place) while ($true) { Test-PacsNode $c.Slow; Get-PacsCapability $c.Slow } }
    { param($c, $place) New-PacsAcceptanceSuite $c.Slow $place }
    { param($c, $place) New-DicomTestStudy $place -Instances 500 -Rows 64 -Columns 64 }
    { param($c, $place) Get-DicomFile $c.Folder -Recurse | ConvertTo-DicomJson | ConvertFrom-DicomJson }
)
$isPrepared = $false

function Invoke-Beside([string] $Script, $Argument) {
    $powershell = [powershell]::Create($Beside)
    try { $null = $powershell.AddScript($Script).AddArgument($Argument).Invoke() } finally { $powershell.Dispose() }
}

function Invoke-Stopped {
    if (-not $script:isPrepared) {
        Invoke-Beside 'param($module) $ErrorActionPreference = $WarningPreference = $ProgressPreference = "SilentlyContinue"; Import-Module $module' $c.Module
        $script:isPrepared = $true
    }
    $place = New-Place
    $running = [powershell]::Create($Beside)
    try {
        $null = $running.AddScript("$($pipelines[$random.Next($pipelines.Count)])").AddArgument($c).AddArgument($place)
        $handle = $running.BeginInvoke()
        $null = $handle.AsyncWaitHandle.WaitOne($random.Next(0, 400))
        # It waits for the pipeline's end, however long that takes; the watchdog sees to it.
        $running.Stop()
        Confirm-That ($running.InvocationStateInfo.State -in 'Stopped', 'Completed') "a pipeline stops, and is not $($running.InvocationStateInfo.State): $($running.InvocationStateInfo.Reason)"
        foreach ($record in $running.Streams.Error) { throw "Not an error of a pipeline that is stopped: $($record.FullyQualifiedErrorId) $record" }
    }
    finally {
        $running.Dispose()
        if (Test-Path -LiteralPath $place) { Remove-Item -LiteralPath $place -Recurse -Force -ErrorAction Ignore }
    }
}

function Close-Stopping { Invoke-Beside 'Remove-Module PacsTools; $Error.Clear()' }
