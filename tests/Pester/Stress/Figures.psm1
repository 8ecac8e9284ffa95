# What this process holds at a moment. Descriptors, threads and resident memory are read from /proc where there is one.

function Get-ProcessFigures {
    # A full collection first, so that only what is held counts.
    param([switch] $Collect)
    if ($Collect) {
        foreach ($i in 1..3) { [GC]::Collect(); [GC]::WaitForPendingFinalizers() }
        [GC]::Collect()
    }
    $process = [System.Diagnostics.Process]::GetCurrentProcess()
    $linux = Test-Path /proc/self/fd
    $descriptors = if ($linux) { @([IO.Directory]::GetFileSystemEntries("/proc/$PID/fd")).Count - 1 } else { $process.HandleCount }
    # Threads the pool of the runtime keeps come and go by its own rules.
    $pool = [Threading.ThreadPool]::ThreadCount
    [pscustomobject]@{
        ResidentMiB  = [math]::Round($process.WorkingSet64 / 1MB, 1)
        LiveMiB      = [math]::Round([GC]::GetTotalMemory($false) / 1MB, 2)
        HeapMiB      = [math]::Round([GC]::GetGCMemoryInfo().TotalCommittedBytes / 1MB, 1)
        Handles      = $descriptors
        Sockets      = if ($linux) { @(Get-SocketDescriptors).Count }
        Threads      = $process.Threads.Count
        OwnThreads   = $process.Threads.Count - $pool
        Timers       = [Threading.Timer]::ActiveCount
        Runspaces    = @(Get-Runspace).Count
        Associations = Get-AssociationCount
    }
    $process.Dispose()
}

function Get-SocketDescriptors {
    foreach ($entry in [IO.Directory]::GetFileSystemEntries("/proc/$PID/fd")) {
        try { if ("$([IO.FileInfo]::new($entry).LinkTarget)".StartsWith('socket:')) { $entry } } catch [IO.IOException] { }
    }
}

# Both sides' associations now open, as the module counts them; nothing where it is not imported. Simulators are not counted.
function Get-AssociationCount {
    if (-not (Get-Module PacsTools)) { return }
    [int](Get-PacsMetric dimse_associations_active | Measure-Object Value -Sum).Sum
}

# The figures once they stand still, or after a bound. The runtime lets go of idle threads and HTTP connections only after some seconds, 20 and more.
function Get-SettledFigures {
    param([double] $BoundSeconds = 20, [int] $Sockets = 2)
    $watch = [System.Diagnostics.Stopwatch]::StartNew()
    $calm = 0
    $last = $null
    do {
        Start-Sleep -Milliseconds 300
        $now = Get-ProcessFigures -Collect
        $calm = if ($last -and $now.Handles -ge $last.Handles -and $now.OwnThreads -ge $last.OwnThreads -and $now.LiveMiB -ge $last.LiveMiB - 0.05) { $calm + 1 } else { 0 }
        $last = $now
    } until (($calm -ge 4 -and $now.Sockets -le $Sockets) -or $watch.Elapsed.TotalSeconds -gt $BoundSeconds)
    $last
}

function Format-Figures {
    param([Parameter(Mandatory)] $Figures)
    $parts = foreach ($property in $Figures.PSObject.Properties) { '{0} {1}' -f $property.Name, $(if ($null -eq $property.Value) { '-' } else { $property.Value }) }
    $parts -join '  '
}

# What has grown by more than a tenth, and by more than what any process does.
function Compare-Figures {
    param([Parameter(Mandatory)] $Before, [Parameter(Mandatory)] $After, [Parameter(Mandatory)] [hashtable] $Slack)
    foreach ($name in $Slack.Keys | Sort-Object) {
        $limit = [math]::Max($Before.$name * 1.1, $Before.$name + $Slack[$name])
        if ($After.$name -gt $limit) { "$name grew from $($Before.$name) to $($After.$name), and $([math]::Round($limit, 1)) is the most" }
    }
}

Export-ModuleMember -Function Get-ProcessFigures, Get-SettledFigures, Format-Figures, Compare-Figures, Get-AssociationCount
