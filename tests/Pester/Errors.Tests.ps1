BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $hostName, $port = ($peers.Orthanc -split '@')[1] -split ':'
    $closed = "X@127.0.0.1:$($peers.ClosedPort)"
    $uid = $peers.Small[0].StudyInstanceUID

    # The one error record that a script writes.
    function Get-Failure([scriptblock] $Script) {
        $errors = @(& $Script 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] })
        $errors | Should -HaveCount 1
        $errors[0]
    }
}

Describe 'An error record' {
    It 'tells <Id> from others: <What>' -ForEach @(
        @{ What = 'find, closed port'; Id = 'Network.ConnectionRefused'; Category = 'ConnectionError'; Script = { Find-DicomStudy $closed -Retry 0 }; Names = '127.0.0.1' }
        @{ What = 'find, name that does not exist'; Id = 'Network.NameNotResolved'; Category = 'ConnectionError'; Script = { Find-DicomStudy 'X@pacs.invalid:104' -Retry 0 }; Names = 'pacs.invalid' }
        @{ What = 'find, wrong AE title'; Id = 'AssociationRejected.CalledAENotRecognized'; Category = 'ObjectNotFound'; Script = { Find-DicomStudy "WRONG@${hostName}:$port" }; Names = 'WRONG@' }
        @{ What = 'receive, closed port'; Id = 'Network.ConnectionRefused'; Category = 'ConnectionError'; Script = { Receive-DicomStudy $closed $uid -Retry 0 -Destination (New-TestFolder $peers) }; Names = '127.0.0.1' }
        @{ What = 'receive, wrong AE title'; Id = 'AssociationRejected.CalledAENotRecognized'; Category = 'ObjectNotFound'; Script = { Receive-DicomStudy "WRONG@${hostName}:$port" $uid -Destination (New-TestFolder $peers) }; Names = 'WRONG@' }
    ) {
        $failure = Get-Failure $Script
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.CategoryInfo.Category | Should -Be $Category
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        "$failure" | Should -Match ([regex]::Escape($Names))
        $failure.TargetObject | Should -Not -BeNullOrEmpty
    }

    It 'tells of a date that is none' {
        $failure = Get-Failure { Find-DicomStudy $peers.Orthanc -StudyDate 'last week' }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Query.InvalidDate,*'
        $failure.CategoryInfo.Category | Should -Be 'InvalidArgument'
    }

    It 'tells of a move destination that the archive does not know' {
        $scp = Start-StorageScp -AETitle UNKNOWN_SCP -Port 0 -BindAddress 127.0.0.1
        try {
            foreach ($node in $peers.Orthanc, $peers.Dcmqrscp) {
                $failure = Get-Failure { Receive-DicomStudy $node $uid -StorageScp $scp -Method CMove -Destination (New-TestFolder $peers) -Retry 0 }
                $failure.FullyQualifiedErrorId | Should -Match '^Dimse\.(A801|C000),'
                "$failure $($failure.ErrorDetails.RecommendedAction)" | Should -Match 'UNKNOWN_SCP'
                "$failure" | Should -Match ([regex]::Escape($node))
            }
        }
        finally { $null = $scp | Stop-StorageScp }
    }

    It 'refuses an empty UID' {
        (Get-Failure { Receive-DicomStudy $peers.Orthanc '' -Destination (New-TestFolder $peers) }).FullyQualifiedErrorId | Should -BeLike 'Query.EmptyKey,*'
        (Get-Failure { [pscustomobject] @{ StudyInstanceUID = $null } | Receive-DicomStudy $peers.Orthanc -Destination (New-TestFolder $peers) }).FullyQualifiedErrorId | Should -BeLike 'Query.EmptyKey,*'
        (Get-Failure { [pscustomobject] @{ StudyInstanceUID = @() } | Receive-DicomStudy $peers.Orthanc -Destination (New-TestFolder $peers) }).FullyQualifiedErrorId | Should -BeLike 'Query.EmptyKey,*'
    }

    It 'refuses only the empty UID of a list' {
        @(Receive-DicomStudy $peers.Orthanc '', $uid -Destination (New-TestFolder $peers) -ErrorVariable errors -ErrorAction SilentlyContinue) | Should -HaveCount 10
        $errors | Should -HaveCount 1
    }

    It 'tells of a study that the archive does not hold, whatever status it answers' {
        foreach ($node in $peers.Orthanc, $peers.Dcmqrscp) {
            (Get-Failure { Receive-DicomStudy $node '1.2.3.4.5' -Destination (New-TestFolder $peers) -Retry 0 }).FullyQualifiedErrorId | Should -Match '^(Dimse\.|Retrieve\.NothingSent)'
        }
    }

    It 'tells of a destination that cannot be made' {
        $file = Join-Path (New-TestFolder $peers) 'file'
        Set-Content $file 'in the way'
        $failure = Get-Failure { Receive-DicomStudy $peers.Orthanc $uid -Destination (Join-Path $file 'below') }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Storage.CannotWrite,*'
        "$failure" | Should -Match ([regex]::Escape($file))
    }

    It 'is written after the result it is about' {
        $all = @(Receive-DicomStudy $closed $uid -Retry 0 -AsReport -Destination (New-TestFolder $peers) 2>&1)
        $all.Count | Should -Be 2
        $all[0].GetType().Name | Should -Be 'DicomRetrieveReport'
        $all[0].Complete | Should -BeFalse
        $all[1] | Should -BeOfType ([System.Management.Automation.ErrorRecord])
    }

    It 'ends the pipeline when told so' {
        { Find-DicomStudy $closed -Retry 0 -ErrorAction Stop } | Should -Throw -ErrorId 'Network.ConnectionRefused,*'
    }

    It 'does not end the work on other input' {
        $results = @($closed, $peers.Orthanc | Find-DicomStudy -PatientID P1 -Retry 0 -ErrorAction SilentlyContinue)
        $results.PatientID | Should -Be 'P1'
    }

    AfterAll { $null = Stop-StorageScp }
}
