#requires -Version 7.4
<#
.SYNOPSIS
    All cmdlets at once from many runspaces, while the module, Storage SCPs and archives come and go and pipelines are stopped at random.
.DESCRIPTION
    A first, shorter part warms the process up; then everything is stopped by removing the module, and what the process holds is measured. The second part runs the
    rest of the time and ends the same way. It fails if an action hangs, an error appears that is not declared in Actions.ps1, a result is wrong, a partial
    file is left, or the process holds more than a tenth more than after the first part. Nothing but the module is needed.
.EXAMPLE
    ./build.ps1 -Task Stress -Minutes 10
.EXAMPLE
    pwsh -NoProfile -File tests/Pester/Stress/Stress.ps1 -Module out/PacsTools/0.1.0/PacsTools.psd1 -Seconds 600
#>
param(
    [Parameter(Mandatory)] [string] $Module,
    [double] $Seconds = 600,
    [int] $Runspaces = 16,
    [int] $Seed = [Random]::Shared.Next(1000000),
    # An action that takes longer than this hangs.
    [double] $HangSeconds = 150,
    # The longest that a process without work is given to let go of what it held.
    [double] $SettleSeconds = 60,
    # Only these actions, by name; for the search of a cause.
    [string[]] $Only
)
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
Import-Module (Join-Path $PSScriptRoot 'Figures.psm1'), (Join-Path $PSScriptRoot 'Fixture.psm1'), (Join-Path $PSScriptRoot 'Watchdog.psm1')
$Module = (Resolve-Path -LiteralPath $Module).ProviderPath
$folder = (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "pacstools-stress-$PID")).FullName
$env:PACSTOOLS_NODES = Join-Path $folder 'nodes.json'
$env:PACSTOOLS_STORAGE = Join-Path $folder 'temporary'
$findings = [Collections.Concurrent.ConcurrentQueue[string]]::new()
$total = @{}
$legitimate = @{}
$started = [Diagnostics.Stopwatch]::StartNew()

function Write-Line([string] $Text) { [Console]::Out.WriteLine(('{0,6:0} s  {1}' -f $started.Elapsed.TotalSeconds, $Text)) }

# PowerShell keeps some 0.4 MiB of a runspace that has ended, its table of types, whatever ran in it. So that this is not taken for ours, the
# runspaces are the same in both parts; the module is removed from them in between.
function New-Rooms {
    foreach ($name in 0..$Runspaces | ForEach-Object { "worker $_", "stopped $_" }) {
        $runspace = [runspacefactory]::CreateRunspace([initialsessionstate]::CreateDefault2())
        $runspace.Name = $name
        $runspace.Open()
        $runspace
    }
}

function Start-Workers($c) {
    $script = Get-Content -LiteralPath (Join-Path $PSScriptRoot 'Worker.ps1') -Raw
    $jobs = Get-Content -LiteralPath (Join-Path $PSScriptRoot 'Jobs.ps1') -Raw
    foreach ($number in 0..$Runspaces) {
        $c.Counts[$number] = [hashtable]::Synchronized(@{})
        $c.Legitimate[$number] = [hashtable]::Synchronized(@{})
        $c.Beats[$number] = @{ Action = 'import'; Since = [datetime]::UtcNow }
        $powershell = [powershell]::Create(($rooms | Where-Object Name -EQ "worker $number"))
        # The one beyond the number runs jobs, which are processes.
        $null = $powershell.AddScript(($number -eq $Runspaces) ? $jobs : $script).AddParameters(@{ c = $c; Number = $number; Seed = $Seed; Here = $PSScriptRoot; Only = $Only; Beside = ($rooms | Where-Object Name -EQ "stopped $number") })
        [pscustomobject]@{ Number = $number; PowerShell = $powershell; Handle = $powershell.BeginInvoke() }
    }
}

# One part: from an empty process to an empty process.
function Invoke-Part([double] $For) {
    Import-Module $Module -Scope Global
    $c = New-StressFixture -Folder $folder -Module $Module
    $c.Over = [Threading.ManualResetEventSlim]::new()
    $c.Findings = $findings
    $c.Shared = [hashtable]::Synchronized(@{})
    $c.Counts = @{}; $c.Legitimate = @{}
    # Beside the tables, which nobody may read while they are written.
    $c.Done = [long[]]::new($Runspaces + 1)
    $c.Beats = [Collections.Concurrent.ConcurrentDictionary[int, object]]::new()
    $workers = @(Start-Workers $c)
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $every = [math]::Max(2, $For / 20)
    $next = $every
    while (@($workers | Where-Object { -not $_.Handle.IsCompleted }).Count) {
        Start-Sleep -Milliseconds 200
        if ($watch.Elapsed.TotalSeconds -ge $For) { $c.Over.Set() }
        if ($watch.Elapsed.TotalSeconds -ge $next) {
            $next += $every
            Write-Line "$(Format-Figures (Get-ProcessFigures))  actions $(($c.Done | Measure-Object -Sum).Sum)  findings $($findings.Count)"
        }
        $hanging = @(Get-Hanging $c.Beats $HangSeconds)
        if ($hanging) {
            Write-Line "HANGS: $($hanging -join '; ')"
            Write-Dump $c $workers
            # What hangs cannot be waited for.
            [Environment]::Exit(3)
        }
    }
    foreach ($worker in $workers) {
        try { $null = $worker.PowerShell.EndInvoke($worker.Handle) } catch { $findings.Enqueue("worker $($worker.Number) ended: $_") }
        foreach ($table in @{ From = $c.Counts; To = $total }, @{ From = $c.Legitimate; To = $legitimate }) {
            foreach ($entry in $table.From[$worker.Number].GetEnumerator()) { $table.To[$entry.Key] += $entry.Value }
        }
        $worker.PowerShell.Dispose()
    }
    Remove-Module PacsTools
    $part = @(Get-ChildItem -LiteralPath $folder -Recurse -File -Force | Where-Object Extension -EQ .part)
    if ($part) { $findings.Enqueue("partial files are left: $($part.FullName -join ', ')") }
}

# What is left when the module is removed; it is imported once more only to ask what it knows of.
function Measure-Rest {
    $figures = Get-SettledFigures -BoundSeconds $SettleSeconds
    Import-Module $Module -Scope Global
    foreach ($running in @(Get-StorageScp) + @(Get-PacsSimulator)) { $findings.Enqueue("$($running.AETitle) runs although the module was removed from its last runspace") }
    $figures.Associations = Get-AssociationCount
    Remove-Module PacsTools
    $figures
}

$rooms = @(New-Rooms)
try {
    [Console]::Out.WriteLine("$Seconds s, $Runspaces runspaces and jobs beside them, seed $Seed, on $([Environment]::ProcessorCount) processors, PowerShell $($PSVersionTable.PSVersion), .NET $([Environment]::Version), $([datetime]::UtcNow.ToString('yyyy-MM-dd HH:mm'))Z")
    Invoke-Part ($Seconds * 0.25)
    $before = Measure-Rest
    Write-Line "all stopped: $(Format-Figures $before)"
    Invoke-Part ($Seconds * 0.75)
    $after = Measure-Rest
    Write-Line "all stopped: $(Format-Figures $after)"
    # In a few seconds not all code has been compiled yet, and HTTP keeps idle connections for some twenty.
    $short = $Seconds -lt 60
    $slack = @{ LiveMiB = $short ? 32 : 3; ResidentMiB = $short ? 160 : 48; Handles = $short ? 32 : 8; Sockets = $short ? 24 : 2; OwnThreads = 4; Timers = $short ? 8 : 2; Runspaces = 0; Associations = 0 }
    foreach ($grown in Compare-Figures $before $after $slack) { $findings.Enqueue($grown) }
    if ("$($before.Associations) $($after.Associations)" -ne '0 0') { $findings.Enqueue("associations are open although everything has been stopped: $($before.Associations), $($after.Associations)") }
    [Console]::Out.WriteLine("`nActions")
    $total.GetEnumerator() | Sort-Object Name | ForEach-Object { [Console]::Out.WriteLine(('{0,8}  {1}' -f $_.Value, $_.Key)) }
    [Console]::Out.WriteLine("`nErrors that belong to it")
    $legitimate.GetEnumerator() | Sort-Object Name | ForEach-Object { [Console]::Out.WriteLine(('{0,8}  {1}' -f $_.Value, $_.Key)) }
    [Console]::Out.WriteLine("`nFindings: $($findings.Count)")
    $findings | Group-Object | Sort-Object Count -Descending | Select-Object -First 50 | ForEach-Object { [Console]::Out.WriteLine(('{0,8}  {1}' -f $_.Count, $_.Name)) }
}
finally {
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
}
exit ([int]($findings.Count -gt 0))
