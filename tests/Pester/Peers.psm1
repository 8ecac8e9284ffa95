# What every file of tests needs: the module and the archives that the test host started and described in a file.

function Get-TestPeers {
    if (-not $env:PACSTOOLS_TEST_PEERS) { throw 'PACSTOOLS_TEST_PEERS names no description of the archives: these tests are run by dotnet test.' }
    $peers = Get-Content -LiteralPath $env:PACSTOOLS_TEST_PEERS -Raw | ConvertFrom-Json
    # Another module than the one the test host unpacked: Run.ps1 -Module.
    if ($env:PACSTOOLS_TEST_MODULE) { $peers.Module = $env:PACSTOOLS_TEST_MODULE }
    # The archives know one move destination by this port.
    $env:PACSTOOLS_SCP_PORT = $peers.ScpPort
    # Names the user of this machine has given to nodes are none of the tests' business.
    $env:PACSTOOLS_NODES = Join-Path $peers.Folder "nodes-$PID.json"
    $peers
}

# A folder of its own for what a test receives.
function New-TestFolder {
    param([Parameter(Mandatory)] $Peers)
    (New-Item -ItemType Directory -Path (Join-Path $Peers.Folder ([guid]::NewGuid().ToString('N')))).FullName
}

# The files below a folder by their extensions: nothing but whole instances may be there.
function Get-TestFiles {
    param([Parameter(Mandatory)] [string] $Path, [string] $Extension = '.dcm')
    @(Get-ChildItem -LiteralPath $Path -Recurse -File -Force | Where-Object Extension -EQ $Extension)
}

# Runs a script in a runspace of its own and stops it after some output or time, as Ctrl+C does. Tells how long the stop took.
function Stop-TestScript {
    param(
        [Parameter(Mandatory)] [string] $Script,
        [Parameter(Mandatory)] $Peers,
        [hashtable] $Variables = @{},
        # Stop once so many objects have come out.
        [int] $AfterOutput = 0,
        # Stop once this is true.
        [scriptblock] $AfterCondition
    )
    $powershell = [powershell]::Create()
    try {
        $null = $powershell.AddScript('param($Module, $Variables) Import-Module $Module; $Variables.GetEnumerator() | ForEach-Object { Set-Variable $_.Key $_.Value }').AddParameter('Module', $Peers.Module).AddParameter('Variables', $Variables)
        $null = $powershell.Invoke()
        $powershell.Commands.Clear()
        $null = $powershell.AddScript("`$ProgressPreference = 'SilentlyContinue'; $Script")
        $in = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $in.Complete()
        $out = [System.Management.Automation.PSDataCollection[psobject]]::new()
        $null = $powershell.BeginInvoke($in, $out)
        $limit = [datetime]::UtcNow.AddSeconds(30)
        while (($AfterOutput -gt 0 -and $out.Count -lt $AfterOutput) -or ($AfterCondition -and -not (& $AfterCondition))) {
            if ([datetime]::UtcNow -gt $limit) { throw "Nothing to stop after 30 s: $Script; errors: $($powershell.Streams.Error)" }
            Start-Sleep -Milliseconds 10
        }
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $powershell.Stop()
        [pscustomobject]@{ Seconds = $watch.Elapsed.TotalSeconds; State = "$($powershell.InvocationStateInfo.State)"; Output = @($out); Errors = @($powershell.Streams.Error) }
    }
    finally {
        $powershell.Dispose()
    }
}

# Skips the test at hand, and says why, where this machine has not what it needs; named in PACSTOOLS_REQUIRE, that fails instead. Not for Describe, whose tests nobody would hear of.
function Skip-TestUnless {
    param([bool] $Present, [Parameter(Mandatory)] [string] $Because, [string] $Requirement)
    if ($Present) { return }
    if ($Requirement -and $Requirement -in ($env:PACSTOOLS_REQUIRE -split '[,; ]+')) { throw "$Because. (PACSTOOLS_REQUIRE names $Requirement, so this fails instead of being skipped.)" }
    Set-ItResult -Skipped -Because $Because
}

Export-ModuleMember -Function Get-TestPeers, New-TestFolder, Get-TestFiles, Stop-TestScript, Skip-TestUnless
