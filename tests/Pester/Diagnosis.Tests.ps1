BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
}

AfterAll {
    $null = Stop-PacsSimulator
    $null = Stop-StorageScp
}

Describe 'Test-PacsNode' {
    It 'climbs every rung of a node that works' {
        $rungs = @(Test-PacsNode $peers.Orthanc)
        "$($rungs.Stage)" | Should -Be 'Resolve Connect Associate Echo Find'
        $rungs.Success | Should -Not -Contain $false
        $rungs[2].Detail | Should -Match 'DCMTK'
        $rungs[0].Duration | Should -BeOfType timespan
    }

    It 'stops where it was asked to' {
        "$((Test-PacsNode $peers.Orthanc -Stage Echo).Stage)" | Should -Be 'Resolve Connect Associate Echo'
        "$((Test-PacsNode $peers.Orthanc -Stage Resolve, Connect).Stage)" | Should -Be 'Resolve Connect'
    }

    It 'moves an instance here when asked to, and keeps nothing' {
        $study = Find-DicomStudy $peers.Orthanc -PatientID P1
        $rungs = $study | Test-PacsNode -Stage Move -StudyInstanceUID $study.StudyInstanceUID -ScpPort $peers.ScpPort
        $rungs[-1].Stage | Should -Be 'Move'
        $rungs[-1].Success | Should -BeTrue -Because $rungs[-1].Detail
        Get-StorageScp | Should -BeNullOrEmpty
    }

    It 'puts a failure into the object, with advice' {
        $rungs = @(Test-PacsNode "X@127.0.0.1:$($peers.ClosedPort)" -ErrorAction Stop)
        $rungs[-1].Success | Should -BeFalse
        $rungs[-1].Stage | Should -Be 'Connect'
        $rungs[-1].Error.FullyQualifiedErrorId | Should -Be 'Network.ConnectionRefused'
        $rungs[-1].Advice | Should -Match "port $($peers.ClosedPort)"
        # Where lines break depends on the language of the session.
        ($rungs | Out-String -Width 80) -replace '\s' | Should -Match 'nothinglistens'
    }

    It 'names a caller that is not known' {
        $pacs = Start-PacsSimulator -Fault @{ RejectAssociation = 'CallingAENotRecognized' }
        $rung = ($pacs | Test-PacsNode -CallingAETitle STRANGER)[-1]
        $rung.Advice | Should -Be 'The archive does not know the calling AE STRANGER (rejected permanent, source user, reason 3): ask for it to be added, or use one that it knows (-CallingAETitle).'
        $rung.Error.FullyQualifiedErrorId | Should -Be 'AssociationRejected.CallingAENotRecognized'
    }

    It 'refuses a stage that is none' {
        { Test-PacsNode $peers.Orthanc -Stage Stored } | Should -Throw
    }
}

Describe 'Test-PacsMoveDestination' {
    BeforeAll {
        $pacs = Start-PacsSimulator -TestData -MoveDestination @{ ELSEWHERE = "127.0.0.1:$($peers.ClosedPort)" }
        $study = @($pacs | Find-DicomStudy -MaxResults 1)[0]
    }

    It 'tells that an instance came' {
        $rungs = @($study | Test-PacsMoveDestination -ScpPort $peers.ScpPort)
        "$($rungs.Stage)" | Should -Be 'Find Listen Accepted Connected Stored'
        $rungs.Success | Should -Not -Contain $false
    }

    It 'tells an unknown title from a port that cannot be reached' {
        # The simulator knows every Storage SCP of its process, so another archive is asked about an unknown one.
        $known = Find-DicomStudy $peers.Dcmqrscp -PatientID P1
        (Test-PacsMoveDestination $peers.Dcmqrscp $known.StudyInstanceUID -ScpAETitle NOBODY -ScpPort $peers.ScpPort)[-1].Error.FullyQualifiedErrorId | Should -Be 'Diagnosis.UnknownMoveDestination'
        (Test-PacsMoveDestination $pacs $study.StudyInstanceUID -ScpAETitle ELSEWHERE -ScpPort $peers.ScpPort)[-1].Error.FullyQualifiedErrorId | Should -Be 'Diagnosis.NeverConnected'
    }

    It 'writes an error for a UID that is none' {
        Test-PacsMoveDestination $pacs '1.2*' -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }
}
