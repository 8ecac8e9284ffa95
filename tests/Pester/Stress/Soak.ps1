#requires -Version 7.4
<#
.SYNOPSIS
    The same work for a long time in one PowerShell, and what the process holds meanwhile.
.DESCRIPTION
    Three runspaces query, retrieve, send, receive and echo, over and over, with an archive of this process, with Orthanc and with dcmqrscp, which the caller has started and
    described in a file. After the first two minutes, and at the end, the work pauses for a full collection and a look at memory, handles and
    threads: a tenth more than before is a failure, and so are an error record and a result that is not what the archives hold.
.EXAMPLE
    ./build.ps1 -Task ShellSoak
.EXAMPLE
    dotnet run --project tests/PacsTools.Module.Tests -- --soak 20
#>
param(
    [Parameter(Mandatory)] [string] $Peers,
    [double] $Minutes = 20,
    # When the first look is taken; by then code is compiled and buffers are rented.
    [double] $WarmupSeconds = [math]::Min(120, $Minutes * 24),
    [double] $HangSeconds = 150
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Join-Path $PSScriptRoot 'Figures.psm1'), (Join-Path $PSScriptRoot 'Watchdog.psm1')
$p = Get-Content -LiteralPath $Peers -Raw | ConvertFrom-Json
$folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "pacstools-soak-$PID")).FullName
$env:PACSTOOLS_NODES = Join-Path $folder 'nodes.json'
$env:PACSTOOLS_STORAGE = Join-Path $folder 'temporary'
$env:PACSTOOLS_SCP_PORT = $p.ScpPort
Import-Module $p.Module

$c = @{
    Peers    = $p
    Folder   = $folder
    Over     = [Threading.ManualResetEventSlim]::new()
    # Set while the work may go on.
    Go       = [Threading.ManualResetEventSlim]::new($true)
    Findings = [Collections.Concurrent.ConcurrentQueue[string]]::new()
    Done     = [long[]]::new(3)
    Beats    = [Collections.Concurrent.ConcurrentDictionary[int, object]]::new()
    Archive  = Start-PacsSimulator -TestData -AETitle SOAKED
    Store    = Start-PacsSimulator -AETitle KEEPER
    # The title and port by which Orthanc and dcmqrscp know this side.
    Scp      = Start-StorageScp -BindAddress 127.0.0.1
    Inbox    = Start-StorageScp -AETitle INBOX -Port 0 -BindAddress 127.0.0.1 -Path (Join-Path $folder 'inbox') -IfExists Overwrite
}
$c.Studies = @(Find-DicomStudy $c.Archive)
$c.Expected = ($c.Studies | Measure-Object NumberOfStudyRelatedInstances -Sum).Sum

$loops = [ordered]@{
    'archive of this process' = {
        param($c)
        $place = Join-Path $c.Folder ([guid]::NewGuid().ToString('N'))
        $sent = @(Find-DicomStudy $c.Archive | Receive-DicomStudy -Method ('CMove', 'CGet')[$round % 2] -StorageScp $c.Scp -Destination $place | Send-DicomFile $c.Store)
        if (@($sent | Where-Object Outcome -EQ Stored).Count -ne $c.Expected) { throw "$($sent.Count) of $($c.Expected) instances went from SOAKED to KEEPER" }
        Remove-Item -LiteralPath $place -Recurse -Force
    }
    'Orthanc'                 = {
        param($c)
        $place = Join-Path $c.Folder ([guid]::NewGuid().ToString('N'))
        $study = $c.Peers.Small[$round % $c.Peers.Small.Count]
        $sent = @(Find-DicomStudy $c.Peers.Orthanc -PatientID $study.PatientID | Receive-DicomStudy -Method ('CMove', 'CGet')[$round % 2] -StorageScp $c.Scp -Destination $place | Send-DicomFile "INBOX@127.0.0.1:$($c.Inbox.Port)")
        if (@($sent | Where-Object Outcome -EQ Stored).Count -ne $study.Instances) { throw "$($sent.Count) of $($study.Instances) instances went from Orthanc to INBOX" }
        Remove-Item -LiteralPath $place -Recurse -Force
        if (-not (Test-PacsEcho $c.Peers.Orthanc -Quiet)) { throw 'Orthanc does not answer' }
    }
    'dcmqrscp'                = {
        param($c)
        $place = Join-Path $c.Folder ([guid]::NewGuid().ToString('N'))
        $study = $c.Peers.Small[$round % $c.Peers.Small.Count]
        $sent = @(Find-DicomStudy $c.Peers.Dcmqrscp -StudyInstanceUID $study.StudyInstanceUID | Receive-DicomStudy -Method CMove -StorageScp $c.Scp -Destination $place | Send-DicomFile $c.Store)
        if (@($sent | Where-Object Outcome -EQ Stored).Count -ne $study.Instances) { throw "$($sent.Count) of $($study.Instances) instances went from dcmqrscp to KEEPER" }
        Remove-Item -LiteralPath $place -Recurse -Force
        foreach ($node in $c.Peers.Dcmqrscp, $c.Archive.Node, "INBOX@127.0.0.1:$($c.Inbox.Port)") { if (-not (Test-PacsEcho $node -Quiet)) { throw "$node does not answer" } }
    }
}
$worker = {
    param($c, [int] $Number, [string] $Name, [string] $Script)
    $ErrorActionPreference = $WarningPreference = $ProgressPreference = 'SilentlyContinue'
    Import-Module $c.Peers.Module
    $loop = [scriptblock]::Create($Script)
    for ($round = 0; -not $c.Over.IsSet; $round++) {
        if (-not $c.Go.IsSet) {
            $c.Beats[$Number] = @{ Action = 'over'; Since = [datetime]::UtcNow }
            $c.Go.Wait()
            if ($c.Over.IsSet) { break }
        }
        $c.Beats[$Number] = @{ Action = $Name; Since = [datetime]::UtcNow }
        $Error.Clear()
        try { $null = & $loop $c } catch { $c.Findings.Enqueue("${Name}: $_") }
        foreach ($record in @($Error)) { $c.Findings.Enqueue("${Name}: $($record.FullyQualifiedErrorId) $record") }
        $c.Done[$Number]++
        # A runbook rests too, and a machine with two processors has other things to do.
        $null = $c.Over.Wait(50)
    }
    $c.Beats[$Number] = @{ Action = 'over'; Since = [datetime]::UtcNow }
}
$started = [Diagnostics.Stopwatch]::StartNew()
function Write-Line([string] $Text) { [Console]::Out.WriteLine(('{0,6:0} s  {1}' -f $started.Elapsed.TotalSeconds, $Text)) }

# Everybody waits at the end of a round; then only what stays is held.
function Get-PausedFigures {
    $c.Go.Reset()
    $bound = [Diagnostics.Stopwatch]::StartNew()
    while (@($c.Beats.Values | Where-Object Action -NE 'over') -and $bound.Elapsed.TotalSeconds -lt $HangSeconds) { Start-Sleep -Milliseconds 100 }
    $figures = Get-SettledFigures -BoundSeconds 30 -Sockets ([int]::MaxValue)
    $c.Go.Set()
    $figures
}

[Console]::Out.WriteLine("$Minutes minutes through PowerShell, on $([Environment]::ProcessorCount) processors, PowerShell $($PSVersionTable.PSVersion), .NET $([Environment]::Version), $([datetime]::UtcNow.ToString('yyyy-MM-dd HH:mm'))Z")
$workers = @()
$number = 0
foreach ($entry in $loops.GetEnumerator()) {
    $powershell = [powershell]::Create()
    $null = $powershell.AddScript($worker).AddParameters(@{ c = $c; Number = $number; Name = $entry.Key; Script = "$($entry.Value)" })
    $c.Beats[$number] = @{ Action = 'import'; Since = [datetime]::UtcNow }
    $workers += [pscustomobject]@{ Number = $number++; PowerShell = $powershell; Handle = $powershell.BeginInvoke() }
}

$early = $null
$working = [Collections.Generic.List[object]]::new()
$sampleEvery = [math]::Clamp($Minutes, 1, 5)
$sayEvery = $Minutes * 60 / 24
$nextSample = $sampleEvery
$nextLine = $sayEvery
while ($started.Elapsed.TotalMinutes -lt $Minutes) {
    Start-Sleep -Milliseconds 250
    $hanging = @(Get-Hanging $c.Beats $HangSeconds)
    if ($hanging) {
        Write-Line "HANGS: $($hanging -join '; ')"
        Write-Dump $c $workers
        [Environment]::Exit(3)
    }
    $now = $started.Elapsed.TotalSeconds
    if ($now -ge $nextSample) {
        $nextSample = $now + $sampleEvery
        $figures = Get-ProcessFigures
        $working.Add([pscustomobject]@{ Seconds = $now; Figures = $figures })
        if ($now -ge $nextLine) {
            $nextLine += $sayEvery
            Write-Line "$(Format-Figures $figures)  rounds $(($c.Done | Measure-Object -Sum).Sum)  findings $($c.Findings.Count)"
        }
    }
    if (-not $early -and $now -ge $WarmupSeconds) {
        $early = Get-PausedFigures
        Write-Line "paused: $(Format-Figures $early)"
    }
}
$late = Get-PausedFigures
Write-Line "paused: $(Format-Figures $late)"
$c.Over.Set()
$c.Go.Set()
foreach ($one in $workers) { $null = $one.PowerShell.EndInvoke($one.Handle); $one.PowerShell.Dispose() }

# In a few seconds not all code has been compiled yet.
$short = $Minutes -lt 2
foreach ($grown in Compare-Figures $early $late @{ LiveMiB = $short ? 16 : 4; ResidentMiB = $short ? 48 : 8; Handles = 4; Threads = 4; OwnThreads = 3; Sockets = 4; Runspaces = 0; Timers = 3 }) { $c.Findings.Enqueue("paused: $grown") }
# The same while it works, by the middle of what was seen around both times.
$window = [math]::Max($WarmupSeconds / 3, 3 * $sampleEvery)
$around = {
    param([double] $From, [double] $To)
    $some = @($working | Where-Object { $_.Seconds -ge $From -and $_.Seconds -le $To } | ForEach-Object Figures)
    $middle = [ordered]@{}
    foreach ($name in 'ResidentMiB', 'Handles', 'Threads') { $middle[$name] = @($some.$name | Sort-Object)[[math]::Floor($some.Count / 2)] }
    [pscustomobject]$middle
}
$first = & $around ($WarmupSeconds - $window) ($WarmupSeconds + $window)
$last = & $around ($Minutes * 60 - 2 * $window) ([double]::MaxValue)
[Console]::Out.WriteLine("at work around $([int]$WarmupSeconds) s: $(Format-Figures $first)")
[Console]::Out.WriteLine("at work at the end:   $(Format-Figures $last)")
foreach ($grown in Compare-Figures $first $last @{ ResidentMiB = $short ? 64 : 16; Handles = 12; Threads = 8 }) { $c.Findings.Enqueue("at work: $grown") }
foreach ($number in 0..2) { [Console]::Out.WriteLine(('{0,8} rounds  {1}' -f $c.Done[$number], @($loops.Keys)[$number])) }

$received = $c.Scp.Received
$null = Stop-StorageScp -Confirm:$false
$null = Stop-PacsSimulator -Confirm:$false
$part = @(Get-ChildItem -LiteralPath $folder -Recurse -File -Force | Where-Object Extension -EQ .part)
if ($part) { $c.Findings.Enqueue("partial files are left: $($part.Count)") }
Remove-Item -LiteralPath $folder -Recurse -Force
[Console]::Out.WriteLine("$received instances received by C-MOVE`nFindings: $($c.Findings.Count)")
$c.Findings | Group-Object | Sort-Object Count -Descending | Select-Object -First 30 | ForEach-Object { [Console]::Out.WriteLine(('{0,8}  {1}' -f $_.Count, $_.Name)) }
exit ([int]($c.Findings.Count -gt 0))
