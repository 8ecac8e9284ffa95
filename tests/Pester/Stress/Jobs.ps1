# Start-Job beside the runspaces: other processes that query and retrieve from the archives of this one, some of them stopped in the middle.
param($c, [int] $Number, [int] $Seed, [string] $Here, [string[]] $Only, [runspace] $Beside)
$ErrorActionPreference = 'SilentlyContinue'
$ProgressPreference = 'SilentlyContinue'
$random = [Random]::new($Seed * 1000 + $Number)
$counts = $c.Counts[$Number]
$work = {
    param($module, $address, $store, $files, $place, $expected)
    $ErrorActionPreference = 'Stop'
    Import-Module $module
    $studies = @(Find-DicomStudy $address)
    if ($studies.Count -ne $expected) { throw "$($studies.Count) of $expected studies were found" }
    $reports = @($studies | Select-Object -First 2 | Receive-DicomStudy -Method CGet -Destination $place -AsReport)
    if ($reports.Complete -contains $false) { throw 'a study did not come whole' }
    $sent = @($files | Send-DicomFile $store)
    if (@($sent | Where-Object Outcome -EQ Stored).Count -ne @($files).Count) { throw 'not every file was stored' }
    $sent
}
while (-not $c.Over.IsSet -and -not $Only) {
    $c.Beats[$Number] = @{ Action = 'Start-Job'; Since = [datetime]::UtcNow }
    $place = Join-Path $c.Folder ([guid]::NewGuid().ToString('N'))
    $jobs = @(1..2 | ForEach-Object { Start-Job -ScriptBlock $work -ArgumentList $c.Module, "PLAIN@127.0.0.1:$($c.Plain.Port)", "STORE@127.0.0.1:$($c.Store.Port)", $c.Files.Path, "$place$_", $c.Studies.Count })
    if ($random.Next(3) -eq 0) {
        $null = $c.Over.Wait($random.Next(200, 3000))
        $jobs[0] | Stop-Job
        $counts['Start-Job, Stop-Job'] = 1 + $counts['Start-Job, Stop-Job']
    }
    $null = $jobs | Wait-Job
    foreach ($job in $jobs | Where-Object State -NE Stopped) {
        $failure = $null
        $results = @($job | Receive-Job -ErrorVariable failure)
        if ($failure -or $job.State -ne 'Completed') { $c.Findings.Enqueue("Start-Job: $($job.State) $failure $($job.ChildJobs[0].JobStateInfo.Reason)") }
        # What came back is a copy of the result, and binds by its properties like the result itself.
        elseif ($results.Count -ne $c.Files.Count) { $c.Findings.Enqueue("Start-Job: $($results.Count) results") }
        else { $counts['Start-Job'] = 1 + $counts['Start-Job'] }
    }
    $c.Done[$Number] += $jobs.Count
    $jobs | Remove-Job -Force
    Remove-Item "$place*" -Recurse -Force -ErrorAction Ignore
}
$c.Beats[$Number] = @{ Action = 'over'; Since = [datetime]::UtcNow }
