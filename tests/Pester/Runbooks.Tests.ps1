# The runbooks of docs/runbooks.md, as they stand there, each in a pwsh of its own against simulators.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop

    # Each block that begins with a comment and a file name becomes that file.
    # The folder's name has a blank, as those of Windows have.
    $scripts = (New-Item -ItemType Directory -Path (Join-Path (New-TestFolder $peers) 'run books')).FullName
    $text = (Get-Content -LiteralPath (Join-Path $peers.Repository 'docs/runbooks.md') -Raw) -replace "`r"
    $written = foreach ($block in [regex]::Matches($text, '(?ms)^```powershell\n(.*?)^```$')) {
        if ($block.Groups[1].Value -match '\A# ([a-z-]+\.ps1)') {
            Set-Content -LiteralPath (Join-Path $scripts $Matches[1]) -Value $block.Groups[1].Value
            $Matches[1]
        }
    }

    function New-Study([string] $Folder, [int] $Seed, [hashtable] $Options = @{}) {
        $all = @{ Series = 1; Instances = 3; Rows = 16; Columns = 16; Modality = 'CT'; StudyDate = (Get-Date).AddDays(-1) }
        foreach ($name in $Options.Keys) { $all[$name] = $Options[$name] }
        New-DicomTestStudy -Path $Folder -Seed $Seed @all
    }

    # Runs a runbook in a folder, as a scheduler would.
    function Invoke-Runbook([string] $Name, [string] $In, [string[]] $Arguments = @()) {
        $text = & { Push-Location $In; pwsh -NoProfile -NonInteractive -File (Join-Path $scripts $Name) @Arguments 2>&1; Pop-Location }
        [pscustomobject] @{ ExitCode = $LASTEXITCODE; Text = $text -join "`n" }
    }

    function Register-Simulator([string] $Name, $Simulator) { $null = Register-PacsNode $Name $Simulator.Node.Address -SkipTest -Force }
    function Get-Images($Simulator) { (Find-DicomStudy $Simulator | Measure-Object NumberOfStudyRelatedInstances -Sum).Sum }
}

Describe 'The runbooks' {
    AfterEach {
        $null = Stop-StorageScp
        $null = Stop-PacsSimulator
    }

    It 'are those that are tested here, and none is left out' {
        $written | Sort-Object | Should -Be @('after-upgrade.ps1', 'before-upgrade.ps1', 'completeness.ps1', 'drain.ps1', 'migrate.ps1', 'migration.ps1', 'prefetch.ps1', 'repair.ps1', 'stand-in.ps1')
        [regex]::Matches($text, '(?m)^```powershell$').Count | Should -Be ($written.Count + 1)
    }

    It 'completeness check: finds what is missing, repairs it, and is content then' {
        $work = New-TestFolder $peers
        1..3 | ForEach-Object { $null = New-Study "$work/main" $_ }
        $first = New-Study "$work/backup" 1
        # A study of which one image is missing.
        $half = New-Study "$work/backup" 2
        Remove-Item $half[0].Path
        $main = Start-PacsSimulator -Path "$work/main"
        $backup = Start-PacsSimulator -Path "$work/backup" -Writable
        Register-Simulator main $main
        Register-Simulator backup $backup

        $check = Invoke-Runbook completeness.ps1 $work
        "$($check.ExitCode) $(@(Import-Csv "$work/completeness.csv").Count)" | Should -Be '1 2' -Because $check.Text
        (Import-Csv "$work/completeness.csv").StudyInstanceUID | Should -Not -Contain $first[0].StudyInstanceUID
        Get-Content "$work/completeness.csv" -Raw | Should -Not -Match ([regex]::Escape($first[0].PatientName))

        $repair = Invoke-Runbook repair.ps1 $work
        $repair.ExitCode | Should -Be 0 -Because $repair.Text
        Get-Images $backup | Should -Be 9

        $again = Invoke-Runbook completeness.ps1 $work
        $again.ExitCode | Should -Be 0 -Because $again.Text
        Test-Path "$work/completeness.csv" | Should -BeFalse
    }

    It 'completeness check: an archive that does not answer is no complete one' {
        $work = New-TestFolder $peers
        Register-Simulator main (Start-PacsSimulator -TestData)
        $null = Register-PacsNode backup "NOBODY@127.0.0.1:$($peers.ClosedPort)" -SkipTest -Force
        $check = Invoke-Runbook completeness.ps1 $work
        $check.ExitCode | Should -Be 1
        $check.Text | Should -Not -Match 'Complete\.'
    }

    It 'pre-fetch: brings the earlier studies of those on the worklist, and nothing twice' {
        $work = New-TestFolder $peers
        $priors = foreach ($i in 1..4) { New-Study "$work/main" $i @{ PatientID = 'PRE1'; PatientName = 'PRE^FETCH'; StudyDate = (Get-Date).AddDays(-30 * $i) } }
        $null = New-Study "$work/main" 5 @{ PatientID = 'PRE1'; PatientName = 'PRE^FETCH'; Modality = 'MR' }
        $null = New-Study "$work/main" 6 @{ PatientID = 'ELSE'; PatientName = 'SOMEBODY^ELSE' }
        $main = Start-PacsSimulator -Path "$work/main" -Worklist @{ PatientName = 'PRE^FETCH'; PatientID = 'PRE1'; Modality = 'CT'; ScheduledStationAETitle = 'CT1'; ScheduledProcedureStepStartDate = 'today' }
        $workstation = Start-PacsSimulator
        Register-Simulator main $main
        Register-Simulator workstation $workstation

        foreach ($time in 1, 2) {
            $run = Invoke-Runbook prefetch.ps1 $work
            $run.ExitCode | Should -Be 0 -Because $run.Text
            $there = (Find-DicomStudy $workstation).StudyInstanceUID | Sort-Object
            $there | Should -Be (@($priors | Sort-Object StudyDate -Descending).StudyInstanceUID | Select-Object -Unique | Select-Object -First 3 | Sort-Object)
        }
    }

    It 'acceptance: passes an archive that is as it was, and fails one that is not' {
        $work = New-TestFolder $peers
        $null = New-Study "$work/main" 1
        # What an administrator enters at the archive: where the runbook's own receiver is.
        $knows = @{ RIS_STORE_SCP = "127.0.0.1:$($peers.ScpPort)" }
        $main = Start-PacsSimulator -Path "$work/main" -MoveDestination $knows
        Register-Simulator main $main
        $before = Invoke-Runbook before-upgrade.ps1 $work
        $before.ExitCode | Should -Be 0 -Because $before.Text

        $after = Invoke-Runbook after-upgrade.ps1 $work
        $after.ExitCode | Should -Be 0 -Because $after.Text
        Test-Path "$work/acceptance/after.xml" | Should -BeTrue

        $null = Stop-PacsSimulator
        Register-Simulator main (Start-PacsSimulator -Path "$work/main" -Port $main.Port -MoveDestination $knows -Fault @{ RefuseContext = 'MRImageStorage' })
        $worse = Invoke-Runbook after-upgrade.ps1 $work
        $worse.ExitCode | Should -Be 1
        $worse.Text | Should -Match 'MR Image Storage'
    }

    It 'drain: keeps the modality going, and empties the queue only into an archive that commits' {
        $work = New-TestFolder $peers
        $files = New-Study "$work/modality" 1
        # The stand-in is told to end once a study is there: the test is its operator.
        $standIn = Start-Process pwsh -PassThru -WorkingDirectory $work -RedirectStandardOutput "$work/stand-in.txt" -ArgumentList '-NoProfile', '-NonInteractive', '-File', "`"$(Join-Path $scripts 'stand-in.ps1')`"", '-Port', $peers.FreePort
        try {
            $limit = [datetime]::UtcNow.AddSeconds(60)
            while (-not (Test-PacsEcho "MAIN@127.0.0.1:$($peers.FreePort)" -Quiet)) {
                if ([datetime]::UtcNow -gt $limit -or $standIn.HasExited) { throw "The stand-in does not answer: $(Get-Content "$work/stand-in.txt" -Raw)" }
            }
            (Send-DicomFile "MAIN@127.0.0.1:$($peers.FreePort)" "$work/modality" -Recurse).Outcome | Sort-Object -Unique | Should -Be Stored
        }
        finally {
            Stop-Process -Id $standIn.Id -ErrorAction Ignore
            $standIn.WaitForExit()
        }
        (Get-TestFiles "$work/queue").Count | Should -Be $files.Count

        # Still down.
        $null = Register-PacsNode main "MAIN@127.0.0.1:$($peers.ClosedPort)" -SkipTest -Force
        (Invoke-Runbook drain.ps1 $work).ExitCode | Should -Be 1
        (Get-TestFiles "$work/queue").Count | Should -Be $files.Count

        # Up, and one instance in three fails once.
        $main = Start-PacsSimulator -AETitle MAIN -Fault @{ FailEvery = 3; Times = 1; Status = 'C000'; Only = 'Store' }
        Register-Simulator main $main
        $run = Invoke-Runbook drain.ps1 $work
        "$($run.ExitCode) $((Get-TestFiles "$work/queue").Count)" | Should -Be '1 1' -Because $run.Text

        $again = Invoke-Runbook drain.ps1 $work
        "$($again.ExitCode) $((Get-TestFiles "$work/queue").Count)" | Should -Be '0 0' -Because $again.Text
        Get-Images $main | Should -Be $files.Count
    }

    It 'migration: several workers move everything, once, and a second run has nothing to do' {
        $work = New-TestFolder $peers
        1..5 | ForEach-Object { $null = New-Study "$work/main" $_ @{ StudyDate = [datetime] '2024-01-15' } }
        $null = New-Study "$work/main" 6 @{ StudyDate = [datetime] '2024-02-15' }
        $new = Start-PacsSimulator
        Register-Simulator main (Start-PacsSimulator -Path "$work/main")
        Register-Simulator new $new

        $run = Invoke-Runbook migration.ps1 $work '-Workers', '2'
        $run.ExitCode | Should -Be 0 -Because "$($run.Text) $(Get-Content "$work/worker-*.txt" -Raw)"
        $run.Text | Should -Match '5 of 5 studies are complete'
        Get-Images $new | Should -Be 15
        @(Import-Csv "$work/migrated-1-of-2.csv").Count + @(Import-Csv "$work/migrated-2-of-2.csv").Count | Should -Be 5

        $again = Invoke-Runbook migrate.ps1 $work '-Worker', '1', '-Of', '2'
        $again.ExitCode | Should -Be 0 -Because $again.Text
        @(Import-Csv "$work/migrated-1-of-2.csv").Count | Should -Be 3

        # What January left in the logs does not count for February.
        $next = Invoke-Runbook migration.ps1 $work '-Workers', '2', '-Month', '2024-02-01..2024-02-29'
        $next.ExitCode | Should -Be 0 -Because "$($next.Text) $(Get-Content "$work/worker-*.txt" -Raw)"
        $next.Text | Should -Match '\b1 of 1 studies are complete'
    }
}
