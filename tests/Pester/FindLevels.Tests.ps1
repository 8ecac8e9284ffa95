BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $orthanc = $peers.Orthanc
    $dcmqrscp = $peers.Dcmqrscp
    $study = $peers.Small[0].StudyInstanceUID
}

Describe 'Find-DicomPatient' {
    It 'emits typed patients from <_>' -ForEach 'Orthanc', 'Dcmqrscp' {
        $patient = Find-DicomPatient $peers.$_ -PatientID P2
        $patient.GetType().Name | Should -Be 'DicomPatient'
        $patient.PatientName | Should -Be 'DOE^JOHN2'
        $patient.PatientBirthDate | Should -Be ([datetime] '1970-01-31')
        "$($patient.Node)" | Should -Be $peers.$_
    }

    It 'takes patients from studies with -QueryModel Study' {
        @(Find-DicomPatient $orthanc -PatientName 'DOE^JOHN?' -QueryModel Study).PatientID | Sort-Object | Should -Be @($peers.Small.PatientID)
        # 400 studies of 400 patients, stopped on the wire.
        @(Find-DicomPatient $orthanc -PatientName 'MANY*' -QueryModel Study -MaxResults 3).Count | Should -Be 3
    }

    It 'refuses an empty key from the pipeline' {
        [pscustomobject] @{ PatientID = '' } | Find-DicomPatient $orthanc -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Query.EmptyKey,*'
    }
}

Describe 'Find-DicomSeries and Find-DicomInstance' {
    It 'go down from a study through <_>' -ForEach 'Orthanc', 'Dcmqrscp' {
        $node = $peers.$_
        $series = @(Find-DicomStudy $node -PatientID P1 | Find-DicomSeries)
        $series.Count | Should -Be 2
        $series[0].GetType().Name | Should -Be 'DicomSeries'
        $series.StudyInstanceUID | Should -Be $study, $study
        "$($series[0].Node)" | Should -Be $node
        $instances = @($series | Find-DicomInstance)
        $instances.Count | Should -Be $peers.Small[0].Instances
        $instances[0].GetType().Name | Should -Be 'DicomInstanceInfo'
        $instances.SOPInstanceUID | Sort-Object -Unique | Should -HaveCount $peers.Small[0].Instances
        $instances[0].SeriesInstanceUID | Should -BeIn $series.SeriesInstanceUID
    }

    It 'find every instance of a study, series by series, in <_>' -ForEach 'Orthanc', 'Dcmqrscp' {
        $instances = @(Find-DicomInstance $peers.$_ -StudyInstanceUID $study)
        $instances.Count | Should -Be $peers.Small[0].Instances
        $instances.StudyInstanceUID | Sort-Object -Unique | Should -Be $study
    }

    It 'tell the attributes an archive knows' {
        $instance = Find-DicomInstance $orthanc -StudyInstanceUID $study -InstanceNumber 1 -MaxResults 1
        $instance.Rows | Should -Be 4
        $instance.Columns | Should -Be 4
        $instance.InstanceNumber | Should -Be 1
        $instance.SOPClassUID | Should -Not -BeNullOrEmpty
        (Find-DicomSeries $orthanc -StudyInstanceUID $study).NumberOfSeriesRelatedInstances | Should -Be 5, 5
    }

    It 'ask the Patient Root too' {
        @(Find-DicomSeries $dcmqrscp -StudyInstanceUID $study -PatientID P1 -QueryModel Patient).Count | Should -Be 2
        @(Find-DicomStudy $dcmqrscp -PatientID P1 -QueryModel Patient | Find-DicomSeries | Find-DicomInstance).Count | Should -Be $peers.Small[0].Instances
    }

    It 'take lists of UIDs' {
        $studies = @($peers.Small[0].StudyInstanceUID, $peers.Small[1].StudyInstanceUID)
        @(Find-DicomSeries $dcmqrscp -StudyInstanceUID $studies).Count | Should -Be 4
        $all = @(Find-DicomInstance $dcmqrscp -StudyInstanceUID $study)
        @(Find-DicomInstance $dcmqrscp -StudyInstanceUID $study -SeriesInstanceUID $all[0].SeriesInstanceUID -SOPInstanceUID $all[0, 1].SOPInstanceUID).Count | Should -Be 2
    }

    It 'say what is missing when <Command> is not told the study' -ForEach @(
        @{ Command = 'Find-DicomSeries' }
        @{ Command = 'Find-DicomInstance' }
    ) {
        & $Command $dcmqrscp -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Query.RelationalNotAccepted,*'
        "$($errors[0])" | Should -Match 'StudyInstanceUID'
    }

    It 'refuse an empty UID from the pipeline' {
        [pscustomobject] @{ StudyInstanceUID = '' } | Find-DicomSeries $orthanc -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Query.EmptyKey,*'
    }
}

Describe 'Ways to ask' {
    It 'says that an archive does not accept <Switch>' -ForEach @(
        @{ Switch = 'RelationalQuery'; Id = 'Query.RelationalNotAccepted' }
        @{ Switch = 'FuzzyMatching'; Id = 'Query.FuzzyNotAccepted' }
    ) {
        $arguments = @{ $Switch = $true }
        Find-DicomStudy $dcmqrscp -PatientName 'DOE*' @arguments -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'takes wildcards for themselves with -LiteralValue' {
        @(Find-DicomStudy $orthanc -PatientID 'P*').Count | Should -Be 6
        Find-DicomStudy $orthanc -PatientID 'P*' -LiteralValue -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        @(Find-DicomStudy $orthanc -PatientID 'P1' -LiteralValue).Count | Should -Be 1
    }

    It 'divides a range of dates when -PageSize is reached, and tells in verbose only' {
        $all = @(Find-DicomStudy $orthanc -PatientID 'P*' -StudyDate 2024-01-01..2024-01-06 -PageSize 3 -Verbose -WarningVariable warnings 4>&1)
        @($all | Where-Object { $_ -isnot [System.Management.Automation.VerboseRecord] }).PatientID | Sort-Object | Should -Be @($peers.Small.PatientID)
        "$($all | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] })" | Should -Match 'asked for apart'
        $warnings | Should -BeNullOrEmpty
    }

    It 'takes <_> as -FallbackEncoding' -ForEach 'windows-1252', 'shift_jis', 1251, ([System.Text.Encoding]::UTF8) {
        @(Find-DicomStudy $orthanc -PatientID P1 -FallbackEncoding $_).Count | Should -Be 1
    }

    It 'refuses what is no encoding' {
        { Find-DicomStudy $orthanc -FallbackEncoding nonsense } | Should -Throw '*no encoding*'
    }
}

Describe 'Find-DicomWorklist' {
    It 'emits items with their steps' {
        $item = Find-DicomWorklist $peers.Worklist -PatientID W1
        $item.GetType().Name | Should -Be 'DicomWorklistItem'
        $item.PatientName | Should -Be 'DOE^JANE'
        $item.Modality | Should -Be 'CT'
        $item.ScheduledStationAETitle | Should -Be 'SCANNER1'
        $item.ScheduledProcedureStepStartDate | Should -Be ([datetime] '2024-01-15')
        $item.ScheduledProcedureStepSequence[0].ScheduledProcedureStepID | Should -Be 'S1'
        "$($item.Node)" | Should -Be $peers.Worklist
    }

    It 'finds by <Key>' -ForEach @(
        @{ Key = 'ScheduledDate'; Value = '2024-01-16..2024-01-17'; Found = 'W2', 'W3' }
        @{ Key = 'ScheduledStationAETitle'; Value = 'SCANNER2'; Found = 'W2', 'W3' }
        @{ Key = 'Modality'; Value = 'CT'; Found = 'W1', 'W3' }
        @{ Key = 'Modality'; Value = 'CT', 'MR'; Found = 'W1', 'W2', 'W3' }
        @{ Key = 'PatientName'; Value = 'ROE*'; Found = , 'W2' }
        @{ Key = 'AccessionNumber'; Value = 'WA3'; Found = , 'W3' }
        @{ Key = 'Filter'; Value = @{ 'ScheduledProcedureStepSequence.Modality' = 'MR' }; Found = , 'W2' }
    ) {
        $keys = @{ $Key = $Value }
        @(Find-DicomWorklist $peers.Worklist @keys).PatientID | Sort-Object | Should -Be $Found
    }

    It 'reads names in their character set' {
        (Find-DicomWorklist $peers.Worklist -PatientID W3).PatientName | Should -Be '山田^太郎'
    }
}

Describe 'Views' {
    It '<Name> fits 80 columns' -ForEach @(
        @{ Name = 'DicomPatient'; Get = { Find-DicomPatient $orthanc -PatientID P1 } }
        @{ Name = 'DicomSeries'; Get = { Find-DicomSeries $orthanc -StudyInstanceUID $study -MaxResults 1 } }
        @{ Name = 'DicomInstanceInfo'; Get = { Find-DicomInstance $orthanc -StudyInstanceUID $study -MaxResults 1 } }
        @{ Name = 'DicomWorklistItem'; Get = { Find-DicomWorklist $peers.Worklist -PatientID W1 } }
        @{ Name = 'DicomScheduledStep'; Get = { (Find-DicomWorklist $peers.Worklist -PatientID W1).ScheduledProcedureStepSequence } }
    ) {
        $lines = @((& $Get | Out-String -Width 80) -split "`r?`n" | Where-Object { $_ })
        $lines.Count | Should -Be 3
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines[0] | Should -Not -Match ':'
    }
}
