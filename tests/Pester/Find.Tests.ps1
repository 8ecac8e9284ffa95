BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $orthanc = $peers.Orthanc
    $dcmqrscp = $peers.Dcmqrscp
}

Describe 'Find-DicomStudy' {
    It 'emits typed studies' {
        $study = Find-DicomStudy $orthanc -PatientID P2
        $study.GetType().Name | Should -Be 'DicomStudy'
        $study.PatientName | Should -Be 'DOE^JOHN2'
        $study.StudyDate | Should -Be ([datetime] '2024-01-02')
        $study.StudyTime | Should -Be ([timespan] '10:15:00')
        $study.NumberOfStudyRelatedInstances | Should -Be 10
        $study.ModalitiesInStudy | Should -Be @($peers.Small[1].Modality)
        "$($study.Node)" | Should -Be $orthanc
        $study.Dataset | Should -Not -BeNullOrEmpty
    }

    It 'finds by <Key>' -ForEach @(
        @{ Key = 'PatientID'; Value = 'P3' }
        @{ Key = 'PatientName'; Value = 'DOE^JOHN3' }
        @{ Key = 'AccessionNumber'; Value = 'ACC3' }
        @{ Key = 'StudyDescription'; Value = 'Study 3' }
        @{ Key = 'StudyInstanceUID'; Value = { $peers.Small[2].StudyInstanceUID } }
        @{ Key = 'StudyInstanceID'; Value = { $peers.Small[2].StudyInstanceUID } }
        @{ Key = 'Filter'; Value = @{ PatientID = 'P3' } }
        @{ Key = 'Filter'; Value = @{ '0010,0020' = 'P3' } }
    ) {
        if ($Value -is [scriptblock]) { $Value = & $Value }
        $keys = @{ $Key = $Value }
        foreach ($node in $orthanc, $dcmqrscp) { @(Find-DicomStudy $node @keys).PatientID | Should -Be 'P3' }
    }

    It 'finds by the date <Form>' -ForEach @(
        @{ Form = '20240102'; Value = '20240102'; Found = 'P2' }
        @{ Form = 'bare digits'; Value = 20240102; Found = 'P2' }
        @{ Form = '2024-01-02'; Value = '2024-01-02'; Found = 'P2' }
        @{ Form = '20240102-20240104'; Value = '20240102-20240104'; Found = 'P2', 'P3', 'P4' }
        @{ Form = '-20240102'; Value = '-20240102'; Found = 'P1', 'P2' }
        @{ Form = '2024-01-05..2024-01-06'; Value = '2024-01-05..2024-01-06'; Found = 'P5', 'P6' }
        @{ Form = '2024-01-05..'; Value = '2024-01-05..'; Found = 'P5', 'P6' }
        @{ Form = 'a date'; Value = [datetime] '2024-01-02'; Found = 'P2' }
        @{ Form = 'two dates'; Value = [datetime] '2024-01-02', [datetime] '2024-01-03'; Found = 'P2', 'P3' }
        @{ Form = 'today'; Value = 'today'; Found = @() }
        @{ Form = 'yesterday'; Value = 'yesterday'; Found = @() }
        @{ Form = '-7d'; Value = '-7d'; Found = @() }
    ) {
        @(Find-DicomStudy $orthanc -PatientID 'P*' -StudyDate $Value).PatientID | Sort-Object | Should -Be $Found
    }

    It 'takes -7d without quotes' {
        @(Find-DicomStudy $orthanc -PatientID 'P*' -StudyDate -7d) | Should -BeNullOrEmpty
    }

    It 'takes -Since and -Until' {
        @(Find-DicomStudy $orthanc -PatientID 'P*' -Since 2024-01-02 -Until 20240103).PatientID | Sort-Object | Should -Be 'P2', 'P3'
        @(Find-DicomStudy $orthanc -PatientID 'P*' -Since ([datetime] '2024-01-06')).PatientID | Should -Be 'P6'
    }

    It 'asks for several modalities and merges' {
        $expected = @($peers.Small | Where-Object Modality -In 'CT', 'MR').PatientID | Sort-Object
        @(Find-DicomStudy $orthanc -PatientID 'P*' -Modality CT, MR).PatientID | Sort-Object | Should -Be $expected
    }

    It 'keeps the zeros of identifiers' {
        Find-DicomStudy $orthanc -PatientID 000123 -AccessionNumber 007 | Should -BeNullOrEmpty
        @(Find-DicomStudy $orthanc -PatientID P1 -StudyTime 080000-120000).Count | Should -Be 1
    }

    It 'shows extra return keys as properties' {
        $study = Find-DicomStudy $orthanc -PatientID P1 -Property '0008,0080', 'SOPClassesInStudy'
        $study.PSObject.Properties.Name | Should -Contain 'InstitutionName'
        $study.PSObject.Properties.Name | Should -Contain 'SOPClassesInStudy'
        $study.GetType().Name | Should -Be 'DicomStudy'
    }

    It 'stops at -MaxResults' {
        @(Find-DicomStudy $orthanc -MaxResults 3).Count | Should -Be 3
    }

    It 'gives the responses as they came with -Raw' {
        $raw = @(Find-DicomStudy $orthanc -PatientID P1 -Raw)
        $raw[0].GetType().Name | Should -Be 'DicomDataset'
        $raw[0].GetString('00100020') | Should -Be 'P1' -Because 'a data set can be read by tag'
    }

    It 'shows a raw response with keywords and values' {
        Find-DicomStudy $orthanc -PatientID P1 -Raw | Out-String -Width 200 | Should -Match '\(0010,0020\) LO PatientID\s+P1'
    }

    It 'emits every study of a large answer once' {
        @(Find-DicomStudy $orthanc -PatientName 'MANY*').StudyInstanceUID | Sort-Object -Unique | Should -HaveCount $peers.ManyCount
    }

    It 'warns once of a key the archive ignored' {
        $studies = @(Find-DicomStudy $dcmqrscp -Modality US -WarningVariable warnings -WarningAction SilentlyContinue)
        $studies.Count | Should -BeGreaterThan 0
        $warnings | Should -HaveCount 1
        "$warnings" | Should -Match 'ModalitiesInStudy'
        $studies[0].UnsupportedKeys | Should -Contain 'ModalitiesInStudy'
    }

    It 'says nothing about patients in verbose' {
        $verbose = Find-DicomStudy $orthanc -PatientID P1 -PatientName 'DOE^JOHN1' -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] }
        "$verbose" | Should -Not -Match 'DOE|P1'
    }

    It 'completes modalities and keywords' {
        (TabExpansion2 'Find-DicomStudy x -Modality M' -cursorColumn 29).CompletionMatches.CompletionText | Should -Be 'MG', 'MR'
        (TabExpansion2 'Find-DicomStudy x -Property BodyPartEx' -cursorColumn 38).CompletionMatches.CompletionText | Should -Contain 'BodyPartExamined'
    }
}

Describe 'Keys from the pipeline' {
    It 'binds those of the contract by name' {
        $rows = [pscustomobject] @{ PatientID = 'P1' }, [pscustomobject] @{ AccessionNumber = 'ACC2' }, [pscustomobject] @{ StudyInstanceUID = $peers.Small[2].StudyInstanceUID }
        @($rows | Find-DicomStudy $orthanc).PatientID | Should -Be 'P1', 'P2', 'P3'
    }

    It 'takes studies of one archive to ask another, whatever they leave empty' {
        @(Find-DicomStudy $orthanc -PatientID BIG | Find-DicomStudy -Node $dcmqrscp).StudyInstanceUID | Should -Be $peers.Big.StudyInstanceUID
    }

    It 'takes node and key of each row' {
        $rows = "Node,PatientID`n$orthanc,P1`n$dcmqrscp,P2" | ConvertFrom-Csv
        @($rows | Find-DicomStudy).PatientID | Should -Be 'P1', 'P2'
    }

    It 'refuses <What> and sends nothing' -ForEach @(
        @{ What = 'an empty PatientID'; Row = @{ PatientID = '' } }
        @{ What = 'a blank PatientID'; Row = @{ PatientID = '  ' } }
        @{ What = 'a PatientID that is null'; Row = @{ PatientID = $null } }
        @{ What = 'an empty AccessionNumber'; Row = @{ AccessionNumber = '' } }
        @{ What = 'an empty PatientID beside an accession number'; Row = @{ PatientID = ''; AccessionNumber = 'ACC1' } }
        @{ What = 'an empty StudyInstanceUID'; Row = @{ StudyInstanceUID = '' } }
        @{ What = 'a StudyInstanceUID that is null'; Row = @{ StudyInstanceUID = $null } }
        @{ What = 'an empty list of UIDs'; Row = @{ StudyInstanceUID = @() } }
        @{ What = 'an empty UID in a list'; Row = @{ StudyInstanceUID = '1.2.3', '' } }
    ) {
        # Nobody listens there: a query that was sent would fail with another error.
        $found = [pscustomobject] $Row | Find-DicomStudy "X@127.0.0.1:$($peers.ClosedPort)" -Retry 0 -ErrorVariable errors -ErrorAction SilentlyContinue
        $found | Should -BeNullOrEmpty
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Query.EmptyKey,*'
    }

    It 'refuses only the row that is empty' {
        $rows = [pscustomobject] @{ PatientID = 'P1' }, [pscustomobject] @{ PatientID = $null }, [pscustomobject] @{ PatientID = 'P2' }
        @($rows | Find-DicomStudy $orthanc -ErrorVariable errors -ErrorAction SilentlyContinue).PatientID | Should -Be 'P1', 'P2'
        $errors | Should -HaveCount 1
    }

    It 'takes an empty key typed by hand for everything' {
        @(Find-DicomStudy $orthanc -PatientID '' -MaxResults 2).Count | Should -Be 2
    }
}

Describe 'Ending early' {
    It 'ends the query when no more is wanted' {
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        @(Find-DicomStudy $orthanc | Select-Object -First 1).Count | Should -Be 1
        $watch.Elapsed.TotalSeconds | Should -BeLessThan 5
        Test-PacsEcho $orthanc -Quiet | Should -BeTrue
    }

    It 'ends the query when a command downstream fails' {
        { Find-DicomStudy $orthanc | ForEach-Object { throw 'downstream' } } | Should -Throw 'downstream'
        @(Find-DicomStudy $orthanc -PatientID P1).Count | Should -Be 1
    }

    It 'stops within a second: <Script>' -ForEach @(
        @{ Script = 'Find-DicomStudy $node | ForEach-Object { Start-Sleep -Milliseconds 50; $_ }' }
        @{ Script = 'Test-PacsEcho $node -Count 100000 -DelaySeconds 0.01' }
    ) {
        $stop = Stop-TestScript -Peers $peers -Script $Script -Variables @{ node = $orthanc } -AfterOutput 2
        $stop.State | Should -Be 'Stopped'
        $stop.Seconds | Should -BeLessThan 1
        $stop.Errors | Should -BeNullOrEmpty
    }
}
