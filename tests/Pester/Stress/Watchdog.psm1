# Who has been at one thing for too long, and what the process was doing then.

function Get-Hanging {
    param($Beats, [double] $Seconds)
    foreach ($beat in $Beats.GetEnumerator()) {
        $for = ([datetime]::UtcNow - $beat.Value.Since).TotalSeconds
        if ($beat.Value.Action -ne 'over' -and $for -gt $Seconds) { "worker $($beat.Key) has been at '$($beat.Value.Action)' for $([int]$for) s" }
    }
}

function Write-Dump {
    param($c, $Workers)
    $say = { param($text) [Console]::Out.WriteLine("    $text") }
    & $say "figures: $(Format-Figures (Get-ProcessFigures))"
    & $say "thread pool: $([Threading.ThreadPool]::ThreadCount) threads, $([Threading.ThreadPool]::PendingWorkItemCount) waiting, $([Threading.ThreadPool]::CompletedWorkItemCount) done"
    foreach ($worker in $Workers) {
        $beat = $c.Beats[$worker.Number]
        & $say "worker $($worker.Number): $($beat.Action), $([int]([datetime]::UtcNow - $beat.Since).TotalSeconds) s; $($worker.PowerShell.InvocationStateInfo.State), runspace $($worker.PowerShell.Runspace.RunspaceAvailability)"
        try { foreach ($frame in $worker.PowerShell.Runspace.Debugger.GetCallStack()) { & $say "    $frame" } } catch { & $say "    no call stack: $_" }
    }
    foreach ($scp in Get-StorageScp) { & $say "Storage SCP $($scp.AETitle) $($scp.Port): $($scp.State), $($scp.Associations) associations, $($scp.Received) received" }
    foreach ($simulator in Get-PacsSimulator) { & $say "archive $($simulator.AETitle) $($simulator.Port): $($simulator.State)" }
    foreach ($metric in Get-PacsMetric dimse_associations_active, dimse_operations_total) { & $say "$($metric.Name) $(($metric.Labels.GetEnumerator() | ForEach-Object { "$($_.Key)=$($_.Value)" }) -join ' '): $($metric.Value)" }
    if (-not (Test-Path /proc/self/task)) { return }
    foreach ($thread in [IO.Directory]::GetDirectories('/proc/self/task')) {
        try { & $say "thread $([IO.Path]::GetFileName($thread)) $([IO.File]::ReadAllText("$thread/comm").Trim()): $([IO.File]::ReadAllText("$thread/wchan"))" } catch [IO.IOException] { }
    }
}

Export-ModuleMember -Function Get-Hanging, Write-Dump
