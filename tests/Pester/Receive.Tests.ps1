BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $orthanc = $peers.Orthanc
    $big = $peers.Big
}

AfterAll { $null = Stop-StorageScp }

Describe 'Receive-DicomStudy' {
    It 'receives what was found, from <Name>' -ForEach @(@{ Name = 'Orthanc' }, @{ Name = 'Dcmqrscp' }) {
        $folder = New-TestFolder $peers
        $firstAt = $null
        $files = @(Find-DicomStudy $peers.$Name -PatientID BIG | Receive-DicomStudy -Destination $folder | ForEach-Object {
                $firstAt ??= (Get-TestFiles $folder).Count
                $_
            })
        $files | Should -HaveCount $big.Instances
        $firstAt | Should -BeLessThan $big.Instances -Because 'the first comes out before the last has come in'
        $files.Outcome | Sort-Object -Unique | Should -Be 'Stored'
        $files.Path | Sort-Object -Unique | Should -HaveCount $big.Instances
        $files.SOPInstanceUID | Sort-Object -Unique | Should -HaveCount $big.Instances
        Get-TestFiles $folder | Should -HaveCount $big.Instances
        @(Get-ChildItem $folder -Recurse -File -Force) | Should -HaveCount $big.Instances
        "$($files[0].Node)" | Should -Be $peers.$Name
        (Get-Item $files[0].FullName).Length | Should -Be $files[0].Length
        # Preamble and prefix of PS3.10 7.1.
        [System.Text.Encoding]::ASCII.GetString([System.IO.File]::ReadAllBytes($files[0].Path), 128, 4) | Should -Be 'DICM'
    }

    It 'starts the Storage SCP by itself and leaves it running' {
        $scp = Get-StorageScp
        $scp.AETitle | Should -Be 'RIS_STORE_SCP'
        $scp.Port | Should -Be $peers.ScpPort
        $scp.State | Should -Be 'Running'
    }

    It 'takes UIDs as text from the pipeline' {
        $path = Join-Path (New-TestFolder $peers) 'uids.txt'
        Set-Content $path @("$($peers.Small[0].StudyInstanceUID) ", $peers.Small[1].StudyInstanceUID)
        $reports = @(Get-Content $path | Receive-DicomStudy $orthanc -AsReport)
        $reports | Should -HaveCount 2
        $reports.Complete | Should -Be @($true, $true)
        $reports.StudyInstanceUID | Sort-Object | Should -Be ($peers.Small[0, 1].StudyInstanceUID | Sort-Object)
    }

    It 'takes UIDs from the property of <What>' -ForEach @(
        @{ What = 'an object'; Make = { [pscustomobject] @{ StudyInstanceUID = $uids[0]; Name = 'x' } }; Count = 1 }
        @{ What = 'an object with a list'; Make = { [pscustomobject] @{ StudyInstanceUID = $uids } }; Count = 2 }
        @{ What = 'a hashtable'; Make = { @{ StudyInstanceUID = $uids[0] } }; Count = 1 }
    ) {
        $uids = $peers.Small[0, 1].StudyInstanceUID
        @(& $Make | Receive-DicomStudy $orthanc -AsReport) | Should -HaveCount $Count
        @(Receive-DicomStudy $orthanc -StudyInstanceUID (& $Make) -AsReport) | Should -HaveCount $Count
    }

    It 'refuses an object without UIDs' {
        $null = Get-Item . | Receive-DicomStudy $orthanc -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors | Should -HaveCount 1
        $errors[0].Exception | Should -BeOfType ([System.Management.Automation.ParameterBindingException])
    }

    It 'reports a study' {
        $folder = New-TestFolder $peers
        $report = Receive-DicomStudy $orthanc $peers.Small[0].StudyInstanceUID -Destination $folder -AsReport
        $report.Complete | Should -BeTrue
        $report.Expected | Should -Be 10
        $report.Stored | Should -Be 10
        $report.Missing | Should -Be 0
        $report.Method | Should -Be 'CMove'
        $report.Path | Should -Be $folder
        $report.Instances | Should -HaveCount 10
        $report.Attempts | Should -HaveCount 1
    }

    It 'lays files out as told' {
        $folder = New-TestFolder $peers
        $file = Receive-DicomStudy $orthanc $peers.Small[3].StudyInstanceUID -OutputPath $folder -Layout '{PatientID}/{StudyDate}-{SOPInstanceUID}.dcm' | Select-Object -First 1
        $file.Path | Should -Be (Join-Path $folder "P4/20240104-$($file.SOPInstanceUID).dcm")
    }

    It 'refuses a layout that is none before anything is sent' {
        { Receive-DicomStudy "X@127.0.0.1:$($peers.ClosedPort)" 1.2.3 -Layout '{PatientID' -Destination (New-TestFolder $peers) -ErrorAction SilentlyContinue } |
            Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'knows what is there already' {
        $folder = New-TestFolder $peers
        $uid = $peers.Small[0].StudyInstanceUID
        (Receive-DicomStudy $orthanc $uid -OutputDirectory $folder).Outcome | Sort-Object -Unique | Should -Be 'Stored'
        (Receive-DicomStudy $orthanc $uid -OutputDirectory $folder).Outcome | Sort-Object -Unique | Should -Be 'Duplicate'
        (Receive-DicomStudy $orthanc $uid -OutputDirectory $folder -IfExists Overwrite).Outcome | Sort-Object -Unique | Should -Be 'Stored'
        Get-TestFiles $folder | Should -HaveCount 10
    }

    It 'receives several studies at a time while the query goes on' {
        $folder = New-TestFolder $peers
        $reports = @(Find-DicomStudy $orthanc -PatientID 'P*' | Receive-DicomStudy -Destination $folder -ThrottleLimit 3 -AsReport)
        $reports | Should -HaveCount 6
        $reports.Stored | Measure-Object -Sum | ForEach-Object Sum | Should -Be 60
        Get-TestFiles $folder | Should -HaveCount 60
    }

    It 'gives two runspaces their own instances through one Storage SCP' {
        $null = Stop-StorageScp
        $folder = New-TestFolder $peers
        $work = @{ uid = $peers.Small[0].StudyInstanceUID; dir = "$folder/a" }, @{ uid = $big.StudyInstanceUID; dir = "$folder/b" }
        $files = $work | ForEach-Object -ThrottleLimit 2 -Parallel {
            Import-Module $using:peers.Module
            Receive-DicomStudy $using:orthanc $_.uid -Destination $_.dir | Select-Object Path, StudyInstanceUID, @{ n = 'Asked'; e = { $_.StudyInstanceUID } }
        }
        Get-TestFiles "$folder/a" | Should -HaveCount 10
        Get-TestFiles "$folder/b" | Should -HaveCount $big.Instances
        @($files | Where-Object { $_.Path.StartsWith("$folder/a") }).StudyInstanceUID | Sort-Object -Unique | Should -Be $work[0].uid
        @(Get-StorageScp) | Should -HaveCount 1
    }

    It 'takes one choice of a Storage SCP, not two' {
        $scp = Start-StorageScp -AETitle OTHER_SCP -Port 0 -BindAddress 127.0.0.1
        try {
            { Receive-DicomStudy $orthanc $big.StudyInstanceUID -StorageScp $scp -ScpPort 11 } | Should -Throw -ErrorId 'InvalidArgument,*'
            { Receive-DicomStudy $orthanc $big.StudyInstanceUID -StorageScp $scp -ScpAETitle X } | Should -Throw -ErrorId 'InvalidArgument,*'
        }
        finally { $null = Stop-StorageScp -Port $scp.Port }
    }

    It 'asks with -WhatIf and does nothing' {
        $folder = New-TestFolder $peers
        Receive-DicomStudy $orthanc $big.StudyInstanceUID -Destination $folder -WhatIf | Should -BeNullOrEmpty
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'takes a destination relative to where PowerShell is' {
        $folder = New-TestFolder $peers
        Push-Location $folder
        try { Receive-DicomStudy $orthanc $peers.Small[0].StudyInstanceUID -Destination ./here | Out-Null }
        finally { Pop-Location }
        Get-TestFiles "$folder/here" | Should -HaveCount 10
    }

    It 'shows progress and ends it' {
        $progress = [System.Collections.Generic.List[object]]::new()
        $powershell = [powershell]::Create()
        try {
            $null = $powershell.AddScript('param($m, $n, $u, $d) Import-Module $m; Receive-DicomStudy $n $u -Destination $d | Out-Null').AddArgument($peers.Module).AddArgument($orthanc).AddArgument($big.StudyInstanceUID).AddArgument((New-TestFolder $peers))
            $watch = [System.Diagnostics.Stopwatch]::StartNew()
            $null = $powershell.Invoke()
            $progress.AddRange(@($powershell.Streams.Progress | Where-Object Activity -Like 'Receiving*'))
            $progress.Count | Should -BeGreaterThan 1
            $progress[-1].RecordType | Should -Be 'Completed'
            @($progress | Where-Object RecordType -EQ 'Processing').Count | Should -BeLessOrEqual (5 * $watch.Elapsed.TotalSeconds + 2)
        }
        finally { $powershell.Dispose() }
    }
}

Describe 'Ending a retrieve early' {
    It 'stops when no more is wanted, and leaves no half file' {
        $folder = New-TestFolder $peers
        Receive-DicomStudy $orthanc $big.StudyInstanceUID -Destination $folder | Select-Object -First 2 | Should -HaveCount 2
        @(Get-ChildItem $folder -Recurse -File -Force | Where-Object Extension -NE '.dcm') | Should -BeNullOrEmpty
        Receive-DicomStudy $orthanc $peers.Small[0].StudyInstanceUID -Destination $folder | Should -HaveCount 10
    }

    It 'stops within a second, and leaves no half file' {
        $folder = New-TestFolder $peers
        $stop = Stop-TestScript -Peers $peers -Script 'Receive-DicomStudy $node $uid -Destination $folder | ForEach-Object { Start-Sleep -Milliseconds 20; $_ }' `
            -Variables @{ node = $orthanc; uid = $big.StudyInstanceUID; folder = $folder } -AfterOutput 3
        $stop.State | Should -Be 'Stopped'
        $stop.Seconds | Should -BeLessThan 1
        $stop.Errors | Should -BeNullOrEmpty
        @(Get-ChildItem $folder -Recurse -File -Force | Where-Object Extension -NE '.dcm') | Should -BeNullOrEmpty
    }
}

Describe 'Receive-DicomSeries and Receive-DicomInstance' {
    It 'receives the series that were found, by <_>' -ForEach @('CMove', 'CGet') {
        $folder = New-TestFolder $peers
        $series = @(Find-DicomSeries $orthanc -StudyInstanceUID $peers.Small[1].StudyInstanceUID)
        $series | Should -HaveCount 2
        $files = @($series | Receive-DicomSeries -Destination $folder -Method $_)
        $files | Should -HaveCount 10
        $files.Method | Sort-Object -Unique | Should -Be $_
        $files.SeriesInstanceUID | Sort-Object -Unique | Should -Be ($series.SeriesInstanceUID | Sort-Object)
        Get-TestFiles $folder | Should -HaveCount 10
    }

    It 'receives the instances that were found, together' {
        $folder = New-TestFolder $peers
        $series = Find-DicomSeries $peers.Dcmqrscp -StudyInstanceUID $peers.Small[2].StudyInstanceUID | Select-Object -First 1
        $wanted = @($series | Find-DicomInstance | Select-Object -First 3)
        $report = $wanted | Receive-DicomInstance -Destination $folder -AsReport
        $report | Should -HaveCount 1
        $report.Complete | Should -BeTrue
        $report.Instances.SOPInstanceUID | Sort-Object | Should -Be ($wanted.SOPInstanceUID | Sort-Object)
        Get-TestFiles $folder | Should -HaveCount 3
    }

    It 'refuses empty UIDs above' {
        $null = Receive-DicomSeries $orthanc '1.2' -StudyInstanceUID '' -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Query.EmptyKey,*'
        $null = Receive-DicomInstance $orthanc '1.2' -StudyInstanceUID '1.2' -SeriesInstanceUID '' -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Query.EmptyKey,*'
    }
}

Describe 'Proof and recovery' {
    It 'emits what is missing before the error' {
        $folder = New-TestFolder $peers
        $study = $peers.Small[4].StudyInstanceUID
        $series = Find-DicomSeries $orthanc -StudyInstanceUID $study | Select-Object -First 1
        $files = @($series | Receive-DicomInstance -SOPInstanceUID '1.2.3.4.5' -Destination $folder -Retry 0 -ErrorVariable errors -ErrorAction SilentlyContinue)
        $files | Should -HaveCount 1
        $files[0].Outcome | Should -BeIn 'Missing', 'Failed'
        $files[0].SOPInstanceUID | Should -Be '1.2.3.4.5'
        $errors | Should -Not -BeNullOrEmpty
    }

    It 'continues with -Resume where a part is' {
        $folder = New-TestFolder $peers
        $study = $peers.Small[5].StudyInstanceUID
        $files = @(Receive-DicomStudy $orthanc $study -Destination $folder)
        $files[0, 3, 7].Path | Remove-Item
        [System.IO.File]::WriteAllBytes($files[5].Path, [System.IO.File]::ReadAllBytes($files[5].Path)[0..299])
        $report = Receive-DicomStudy $orthanc $study -Destination $folder -Resume -IfExists Overwrite -AsReport
        $report.Complete | Should -BeTrue
        $report.Stored | Should -Be 4
        $report.Duplicate | Should -Be 6
        (Receive-DicomStudy $orthanc $study -Destination $folder -Resume -AsReport).Attempts | Should -HaveCount 0
    }

    It 'does not resume into nowhere' {
        { Receive-DicomStudy $orthanc $peers.Small[5].StudyInstanceUID -Resume -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'holds the rate it is given' {
        $took = Measure-Command { $script:files = @(Receive-DicomStudy $orthanc $big.StudyInstanceUID -Destination (New-TestFolder $peers) -MaxRate 10MB) }
        $bytes = ($script:files | Measure-Object Length -Sum).Sum
        $took.TotalSeconds | Should -BeGreaterThan ($bytes / 10MB - 0.5)
    }
}

Describe 'Stopping in any phase' {
    BeforeAll {
        $pacs = @{}
        foreach ($phase in @{
                Query   = @{ StallAfter = 0; Only = 'Find' }
                Silent  = @{ StallAfter = 0; Only = 'Move', 'Get' }
                Stalled = @{ StallAfter = 3; Only = 'Move', 'Get' }
                Busy    = @{ RejectAssociation = 'TemporaryCongestion' }
                Late    = @{ DropEvery = 2; OmitCounters = $true }
            }.GetEnumerator()) { $pacs[$phase.Key] = Start-PacsSimulator -TestData -Fault $phase.Value }
        # Takes connections and never answers.
        $deaf = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Loopback, 0)
        $deaf.Start()
    }

    AfterAll {
        $pacs.Values | Stop-PacsSimulator
        $deaf.Stop()
    }

    It 'ends soon while <Phase>, by <Method>, and leaves nothing half done' -ForEach @(
        foreach ($method in 'CMove', 'CGet') {
            @{ Phase = 'the association is being opened'; Fault = 'Deaf'; Method = $method }
            @{ Phase = 'the archive is asked what there is'; Fault = 'Query'; Method = $method }
            @{ Phase = 'the archive is silent'; Fault = 'Silent'; Method = $method }
            @{ Phase = 'the archive has stalled half-way'; Fault = 'Stalled'; Method = $method }
            @{ Phase = 'another try is waited for'; Fault = 'Busy'; Method = $method }
        }
        @{ Phase = 'what is on its way is waited for'; Fault = 'Late'; Method = 'CMove' }
    ) {
        $folder = New-TestFolder $peers
        $node = if ($Fault -eq 'Deaf') { "DEAF@127.0.0.1:$($deaf.LocalEndpoint.Port)" } else { "$($pacs[$Fault].Node)" }
        $uid = if ($Fault -in 'Deaf', 'Busy', 'Query') { '1.2.3' } else { (Find-DicomStudy $pacs[$Fault] | Sort-Object NumberOfStudyRelatedInstances -Descending)[0].StudyInstanceUID }
        $asked = [System.Collections.Concurrent.ConcurrentBag[int]]::new()
        $stop = Stop-TestScript -Peers $peers -Script 'Receive-DicomStudy $node $uid -Destination $folder -Method $method -Verbose 4>&1 | ForEach-Object { $asked.Add(1) }' `
            -Variables @{ node = $node; uid = $uid; folder = $folder; method = $Method; asked = $asked } -AfterCondition { $asked.Count -gt 0 -or $Fault -in 'Deaf', 'Query' }
        $stop.State | Should -Be 'Stopped'
        $stop.Seconds | Should -BeLessThan 2
        @(Get-ChildItem $folder -Recurse -File -Force | Where-Object Extension -NE '.dcm') | Should -BeNullOrEmpty
    }
}
