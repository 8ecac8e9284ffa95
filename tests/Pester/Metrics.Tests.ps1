BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $null = Stop-StorageScp

    function Get-Count([string] $Name, [hashtable] $Labels = @{}) {
        $of = Get-PacsMetric $Name | Where-Object {
            $metric = $_
            -not ($Labels.GetEnumerator() | Where-Object { $metric.Labels[$_.Key] -ne $_.Value })
        }
        [double]($of | Measure-Object Value -Sum).Sum
    }
}

Describe 'Get-PacsMetric after a scripted day' {
    BeforeAll {
        # The simulator plays the other side and is not counted; what it was asked is known from what is asked of it here.
        $simulator = Start-PacsSimulator -TestData
        $studies = @(Find-DicomStudy $simulator)
        $instances = ($studies | Measure-Object NumberOfStudyRelatedInstances -Sum).Sum
        $findsBefore = Get-Count dimse_operations_total @{ operation = 'C-FIND'; status = '0000' }

        $null = Test-PacsEcho $simulator
        $closed = Start-PacsSimulator -AETitle CLOSED -TestData -Fault @{ RejectAssociation = $true }
        $null = Test-PacsEcho $closed
        foreach ($i in 1..100) { $null = Find-DicomStudy $simulator -PatientID "nobody$i" }
        $findsAfter = Get-Count dimse_operations_total @{ operation = 'C-FIND'; status = '0000' }

        $stored = 0
        foreach ($i in 1..18) {
            $study = $studies[$i % $studies.Count]
            $null = $study | Receive-DicomStudy -Destination (New-TestFolder $peers) -Method CMove -NoVerify
            $stored += $study.NumberOfStudyRelatedInstances
        }

        $broken = Start-PacsSimulator -TestData -AETitle BROKEN -Fault @{ Status = 'A702' }
        foreach ($i in 1..2) {
            $null = Receive-DicomStudy $broken $studies[0].StudyInstanceUID -Destination (New-TestFolder $peers) -Method CMove -NoVerify -Retry 0 -ErrorAction SilentlyContinue
        }

        $scp = Start-StorageScp -AETitle OPEN_SCP -Port 0 -BindAddress 127.0.0.1 -Path (New-TestFolder $peers)
        $sent = @(Get-ChildItem $peers.Folder -Recurse -Filter *.dcm | Select-Object -First 20).FullName
        $received = 0
        while ($received -lt 500) {
            storescu -aec OPEN_SCP 127.0.0.1 $scp.Port @sent
            $received += $sent.Count
        }
    }

    AfterAll { $null = Stop-StorageScp; Stop-PacsSimulator }

    It 'has counted the echo, and the one that was turned away' {
        Get-Count dimse_operations_total @{ operation = 'C-ECHO'; status = '0000' } | Should -Be 1
        Get-Count dimse_associations_total @{ role = 'requestor'; result = 'rejected' } | Should -Be 1
    }

    It 'has counted the queries' {
        $findsAfter - $findsBefore | Should -Be 100
    }

    It 'has counted the retrieves, the two that failed apart, and their sub-operations' {
        Get-Count dimse_operations_total @{ operation = 'C-MOVE'; status = '0000' } | Should -Be 18
        Get-Count dimse_operations_total @{ operation = 'C-MOVE'; status = 'A702' } | Should -Be 2
        Get-Count dimse_cmove_suboperations_total @{ outcome = 'completed' } | Should -Be $stored
    }

    It 'has counted what was received, by C-MOVE and from a modality' {
        Get-Count dimse_storage_scp_receives_total @{ status = '0000' } | Should -Be ($stored + $received)
        (Get-StorageScp | Measure-Object Received -Sum).Sum | Should -Be ($stored + $received)
    }

    It 'has timed every operation it has counted' {
        foreach ($operation in 'C-ECHO', 'C-FIND', 'C-MOVE') {
            $durations = Get-PacsMetric dimse_operations_duration_seconds | Where-Object { $_.Labels.operation -eq $operation }
            $durations.Value | Should -Be (Get-Count dimse_operations_total @{ operation = $operation })
            $durations.Buckets[-1].Count | Should -Be $durations.Value
            $durations.Sum | Should -BeGreaterThan 0
        }
    }

    It 'counts no storage association as active when their senders are gone' {
        Get-Count dimse_associations_active @{ role = 'acceptor' } | Should -Be (Get-StorageScp | Measure-Object Associations -Sum).Sum
    }

    It 'names exactly the six metrics, and nobody in their labels' {
        Get-PacsMetric | ForEach-Object Name | Sort-Object -Unique | Should -Be @(
            'dimse_associations_active', 'dimse_associations_total', 'dimse_cmove_suboperations_total'
            'dimse_operations_duration_seconds', 'dimse_operations_total', 'dimse_storage_scp_receives_total')
        (Get-PacsMetric | ForEach-Object { $_.Labels.Keys } | Sort-Object -Unique) -join ' ' | Should -Be 'operation outcome result role status'
    }

    It 'writes all of it as text for Prometheus' {
        $text = Get-PacsMetric -AsPrometheus
        $text | Should -BeOfType string
        $text | Should -MatchExactly '(?m)^# TYPE dimse_operations_duration_seconds histogram$'
        $text | Should -MatchExactly '(?m)^dimse_operations_duration_seconds_bucket\{operation="C-MOVE",le="\+Inf"\} 20$'
        $text | Should -MatchExactly '(?m)^dimse_operations_total\{operation="C-MOVE",status="A702"\} 2$'
        $text.EndsWith("`n") | Should -BeTrue
    }

    It 'writes text that Prometheus takes' {
        Skip-TestUnless ([bool] (Get-Command promtool -CommandType Application -ErrorAction Ignore)) 'promtool is not installed' -Requirement promtool
        Get-PacsMetric -AsPrometheus | promtool check metrics
        $LASTEXITCODE | Should -Be 0
    }

    It 'takes wildcards' {
        Get-PacsMetric '*active' | ForEach-Object Name | Select-Object -Unique | Should -Be 'dimse_associations_active'
        Get-PacsMetric nothing* | Should -BeNullOrEmpty
    }
}

Describe 'A protocol transcript' {
    BeforeAll {
        $simulator = Start-PacsSimulator -TestData
        $folder = New-TestFolder $peers
        $study = Find-DicomStudy $simulator | Select-Object -First 1
    }

    AfterAll { $null = Stop-StorageScp; Stop-PacsSimulator }

    It 'holds the associations and commands of every command that names it' {
        $path = Join-Path $folder 'a.txt'
        $null = Find-DicomStudy $simulator -StudyInstanceUID $study.StudyInstanceUID -Transcript $path | Receive-DicomStudy -Destination $folder -Method CMove -Transcript $path
        $text = Get-Content $path -Raw
        $text | Should -Match 'C-FIND-RQ'
        $text | Should -Match 'C-MOVE-RQ .*move destination'
        $text | Should -Match '<- C-STORE-RQ'
        $text | Should -Match '-> C-STORE-RSP .*status 0000H'
        $text | Should -Match 'A-ASSOCIATE-RQ calling SIM_PACS'
    }

    It 'shows no patient unless asked to' {
        $path = Join-Path $folder 'b.txt'
        $null = Find-DicomStudy $simulator -PatientID $study.PatientID -Transcript $path
        $text = Get-Content $path -Raw
        $text | Should -Match ([regex]::Escape($study.StudyInstanceUID))
        $text | Should -Not -Match ([regex]::Escape($study.PatientID))
        $text | Should -Not -Match ([regex]::Escape("$($study.PatientName)".Split(' ,^')[0]))
        $null = Find-DicomStudy $simulator -PatientID $study.PatientID -Transcript (Join-Path $folder 'c.txt') -TranscriptPatientData
        Get-Content (Join-Path $folder 'c.txt') -Raw | Should -Match ([regex]::Escape($study.PatientID))
    }

    It 'may be asked for by a preference variable' {
        $path = Join-Path $folder 'd.txt'
        & {
            $PacsToolsTranscript = $path
            $null = Test-PacsEcho $simulator
        }
        Get-Content $path -Raw | Should -Match 'C-ECHO-RSP to \d+ status 0000H'
        $null = Test-PacsEcho $simulator
        @(Select-String 'C-ECHO-RQ' $path).Count | Should -Be 1
    }

    It 'tells of an association that was open already what it carries' {
        # A query's results are here a moment before its association lies in the pool again, so that the next query may still open one of its own.
        $first = foreach ($i in 1..20) {
            $path = Join-Path $folder "e$i.txt"
            $null = Find-DicomStudy $simulator -PatientID none -Transcript $path
            (Get-Content $path)[0]
        }
        @($first -match 'opened before: 1 Study Root Query').Count | Should -BeGreaterThan 0
    }

    It 'is for its owner only' {
        Skip-TestUnless (-not $IsWindows) 'Windows has no file modes'
        $path = Join-Path $folder 'f.txt'
        $null = Test-PacsEcho $simulator -Transcript $path
        (Get-Item $path).UnixMode | Should -Be '-rw-------'
    }

    It 'that cannot be written ends the command before anything is sent' {
        { Test-PacsEcho $simulator -Transcript (Join-Path $folder 'no/such/folder.txt') } | Should -Throw -ErrorId 'Transcript.CannotWrite*'
    }
}

Describe 'Verbose' {
    BeforeAll { $simulator = Start-PacsSimulator -TestData -AETitle TALKATIVE }
    AfterAll { Stop-PacsSimulator }

    It 'tells each association and operation in one line, and no patient' {
        $study = Find-DicomStudy $simulator | Select-Object -First 1
        $said = @(Find-DicomStudy $simulator -PatientID $study.PatientID -CallingAETitle SOMEBODY -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | ForEach-Object Message)
        @($said -match '^Association with TALKATIVE@\S+ as SOMEBODY: 1 of 1 presentation contexts accepted') | Should -HaveCount 1
        @($said -match '^C-FIND \d+ TALKATIVE@\S+: \d+ pending responses, status 0000H, [\d.]+ ms\.$') | Should -HaveCount 1
        "$said" | Should -Not -Match ([regex]::Escape($study.PatientID))
    }

    It 'tells of an association that does not come about' {
        $closed = Start-PacsSimulator -TestData -AETitle CLOSED -Fault @{ RejectAssociation = $true }
        $said = Test-PacsEcho $closed -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        "$said" | Should -Match 'rejected permanent'
    }

    It 'is silent unless asked' {
        Test-PacsEcho $simulator 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] } | Should -BeNullOrEmpty
    }
}
