BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
}

AfterAll {
    $null = Stop-PacsSimulator
    $null = Stop-StorageScp
}

Describe 'Start-PacsSimulator' {
    AfterEach { $null = Stop-PacsSimulator }

    It 'tells the whole story in one pipe' {
        $pacs = Start-PacsSimulator -TestData
        $pacs.Studies | Should -Be 12
        $pacs.Instances | Should -Be 54
        $pacs | Test-PacsEcho -Quiet | Should -BeTrue
        $folder = New-TestFolder $peers
        $reports = @($pacs | Find-DicomStudy -PatientName 'doe^jane' -PatientID SYN000001 | Receive-DicomStudy -Destination $folder -ScpPort $peers.ScpPort -AsReport)
        $reports | Should -HaveCount 3
        $reports.Complete | Should -Not -Contain $false
        Get-TestFiles $folder | Should -HaveCount 23
    }

    It 'serves a folder and only reads it' {
        $folder = New-TestFolder $peers
        $made = @(New-DicomTestStudy $folder -Instances 3 -Rows 8 -Columns 8 -PatientName 'Müller^Jürgen' -Seed 5)
        $pacs = Start-PacsSimulator $folder -AETitle FOLDER
        $pacs.AETitle | Should -Be 'FOLDER'
        $pacs.Instances | Should -Be 3
        (Find-DicomStudy $pacs -PatientName 'müller*').StudyInstanceUID | Should -Be $made[0].StudyInstanceUID
        $sent = @(New-DicomTestStudy (New-TestFolder $peers) -Rows 8 -Columns 8 -Seed 6)
        storescu -aec FOLDER 127.0.0.1 $pacs.Port $sent[0].Path
        $LASTEXITCODE | Should -Be 0
        $pacs.Studies | Should -Be 2
        Get-TestFiles $folder | Should -HaveCount 3
    }

    It 'writes into the folder when it may' {
        $folder = New-TestFolder $peers
        $pacs = Start-PacsSimulator $folder -Writable
        $sent = @(New-DicomTestStudy (New-TestFolder $peers) -Rows 8 -Columns 8 -Seed 6)
        storescu -aec $pacs.AETitle 127.0.0.1 $pacs.Port $sent[0].Path
        (Get-TestFiles $folder).Name | Should -Be "$($sent[0].SOPInstanceUID).dcm"
    }

    It 'serves DICOMweb when asked to' {
        $pacs = Start-PacsSimulator -TestData -DicomWeb
        $pacs.DicomWebUri | Should -Be $pacs.Node.DicomWebUri
        $found = @(Invoke-RestMethod "$($pacs.DicomWebUri)/studies?PatientName=doe*&PatientID=SYN000001" | ForEach-Object { $_ })
        $found | Should -HaveCount 3
        $found[0].'00100010'.Value[0].Alphabetic | Should -Be 'DOE^JANE'
        $uid = $found[0].'0020000D'.Value[0]
        $folder = New-TestFolder $peers
        $report = $pacs | Receive-DicomStudy -StudyInstanceUID $uid -Method DicomWeb -Destination $folder -AsReport
        $report.Complete | Should -BeTrue
        $report.Stored | Should -Be $found[0].'00201208'.Value[0]
        (Start-PacsSimulator).DicomWebUri | Should -BeNullOrEmpty
    }

    It 'asks for a user or a token, which its node carries' {
        $token = ConvertTo-SecureString 't0ken' -AsPlainText -Force
        $user = [pscredential]::new('me', (ConvertTo-SecureString 'pass' -AsPlainText -Force))
        $pacs = Start-PacsSimulator -TestData -DicomWebCredential $user -DicomWebToken $token
        $uri = "$($pacs.DicomWebUri)/studies?limit=1"
        { Invoke-RestMethod $uri } | Should -Throw '*401*'
        Invoke-RestMethod $uri -Headers @{ Authorization = 'Bearer t0ken' } | Should -HaveCount 1
        Invoke-RestMethod $uri -Authentication Basic -Credential $user -AllowUnencryptedAuthentication | Should -HaveCount 1
        $uid = ($pacs | Find-DicomStudy -MaxResults 1).StudyInstanceUID
        ($pacs | Receive-DicomStudy -StudyInstanceUID $uid -Method DicomWeb -Destination (New-TestFolder $peers) -AsReport).Complete | Should -BeTrue
        $pacs | Format-List * | Out-String | Should -Not -Match 't0ken|pass'
        ConvertTo-Json $pacs -Depth 5 -WarningAction Ignore | Should -Not -Match 't0ken|pass'
    }

    It 'does to DICOMweb what its faults say' {
        $pacs = Start-PacsSimulator -TestData -DicomWebPort 0 -Fault @{ Status = 'A700'; Only = 'Qido' }
        { Invoke-RestMethod "$($pacs.DicomWebUri)/studies" } | Should -Throw '*503*'
        $pacs | Test-PacsEcho -Quiet | Should -BeTrue
    }

    It 'is found and stopped by its port, which is free at once' {
        $one = Start-PacsSimulator
        $two = Start-PacsSimulator -AETitle TWO
        (Get-PacsSimulator).Port | Should -Be $one.Port, $two.Port
        (Get-PacsSimulator $two.Port).AETitle | Should -Be 'TWO'
        ($two | Stop-PacsSimulator).IsRunning | Should -BeFalse
        (Get-PacsSimulator).Port | Should -Be $one.Port
        (Start-PacsSimulator -Port $two.Port).Port | Should -Be $two.Port
        Get-PacsSimulator 1 -ErrorVariable missing -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $missing[0].FullyQualifiedErrorId | Should -BeLike 'Simulator.NotFound,*'
    }

    It 'takes worklist items as tables' {
        $pacs = Start-PacsSimulator -Worklist @(
            @{ PatientName = 'DOE^JANE'; PatientID = '0815'; Modality = 'CT'; ScheduledStationAETitle = 'CT1'; ScheduledProcedureStepStartDate = (Get-Date) }
            @{ PatientName = 'ROE^RICHARD'; ScheduledProcedureStepSequence = @{ Modality = 'MR'; ScheduledProcedureStepStartDate = '2024-01-15' } }
        )
        $found = Find-DicomWorklist $pacs -Modality CT -ScheduledDate today
        $found.PatientName | Should -Be 'DOE^JANE'
        $found.PatientID | Should -Be '0815'
        $found.ScheduledStationAETitle | Should -Be 'CT1'
        (Find-DicomWorklist $pacs -ScheduledDate 20240115).PatientName | Should -Be 'ROE^RICHARD'
        @(Find-DicomWorklist $pacs) | Should -HaveCount 2
        # What was found is a worklist again.
        (Find-DicomWorklist (Start-PacsSimulator -Worklist $found)).PatientName | Should -Be 'DOE^JANE'
    }

    It 'moves to the destinations it is told and to Storage SCPs of the session, and nowhere else' {
        $inbox = New-TestFolder $peers
        $scp = Start-StorageScp -AETitle HERE -Port 0 -BindAddress 127.0.0.1 -Path $inbox
        try {
            $pacs = Start-PacsSimulator -TestData -MoveDestination @{ THERE = "127.0.0.1:$($scp.Port)" }
            $study = $pacs | Find-DicomStudy -PatientID SYN000001 -Modality SR
            movescu -S -aec X -aem HERE 127.0.0.1 $pacs.Port -k QueryRetrieveLevel=STUDY -k "StudyInstanceUID=$($study.StudyInstanceUID)"
            Get-TestFiles $inbox | Should -HaveCount 1
            (movescu -d -S -aec X -aem NOWHERE 127.0.0.1 $pacs.Port -k QueryRetrieveLevel=STUDY -k "StudyInstanceUID=$($study.StudyInstanceUID)" 2>&1) -match '0xa801' | Should -Not -BeNullOrEmpty
        }
        finally { $null = $scp | Stop-StorageScp }
    }

    It 'misbehaves on request' {
        $pacs = Start-PacsSimulator -TestData -Fault @{ FailEvery = 5; Delaymilliseconds = 1 }
        $report = $pacs | Find-DicomStudy -PatientID SYN000001 -Modality CT |
            Receive-DicomStudy -Destination (New-TestFolder $peers) -ScpPort $peers.ScpPort -Method CMove -Retry 0 -AsReport -ErrorVariable errors -ErrorAction SilentlyContinue
        $report.Complete | Should -BeFalse
        $report.Failed | Should -Be 4
        $errors | Should -Not -BeNullOrEmpty
        $rejecting = Start-PacsSimulator -Fault @{ RejectAssociation = 'CalledAENotRecognized' }
        ($rejecting | Test-PacsEcho).Error.FullyQualifiedErrorId | Should -Be 'AssociationRejected.CalledAENotRecognized'
    }

    It 'ends with an error for <Name>' -ForEach @(
        @{ Name = 'an unknown fault'; Arguments = @{ Fault = @{ FialEvery = 3 } }; Id = 'InvalidArgument'; Words = 'FialEvery' }
        @{ Name = 'a fault that makes no sense'; Arguments = @{ Fault = @{ FailEvery = 'often' } }; Id = 'InvalidArgument'; Words = 'FailEvery' }
        @{ Name = 'a folder that is not there'; Arguments = @{ Path = 'nowhere/at/all' }; Id = 'Simulator.PathNotFound'; Words = 'nowhere' }
        @{ Name = '-Writable without a folder'; Arguments = @{ Writable = $true }; Id = 'InvalidArgument'; Words = '-Path' }
        @{ Name = 'a destination without an address'; Arguments = @{ MoveDestination = @{ A = 'nonsense' } }; Id = 'InvalidArgument'; Words = 'destination A' }
        @{ Name = 'a worklist item of an unknown keyword'; Arguments = @{ Worklist = @{ PatientNam = 'X' } }; Id = 'InvalidArgument'; Words = 'PatientNam' }
        @{ Name = 'an AE title that is too long'; Arguments = @{ AETitle = 'SEVENTEEN_LETTERS' }; Id = 'InvalidArgument'; Words = 'SEVENTEEN' }
    ) {
        $caught = { Start-PacsSimulator @Arguments -ErrorAction Stop } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        "$caught" | Should -Match $Words
        Get-PacsSimulator | Should -BeNullOrEmpty
    }

    It 'ends with an error for a port that is taken' {
        $first = Start-PacsSimulator
        $caught = { Start-PacsSimulator -Port $first.Port } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'Simulator.PortInUse,*'
        $caught.ErrorDetails.RecommendedAction | Should -Match '-Port'
    }

    It 'ends with an error for an address that is not of this machine' {
        # 192.0.2.0/24 is for documentation (RFC 5737) and nobody's.
        $caught = { Start-PacsSimulator -BindAddress 192.0.2.1 } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'Simulator.Other,*'
        $caught.ErrorDetails.RecommendedAction | Should -Match '-BindAddress'
    }

    It 'does nothing when asked what if' {
        Start-PacsSimulator -TestData -WhatIf
        Get-PacsSimulator | Should -BeNullOrEmpty
    }

    It 'goes to a job and comes back as a node' {
        $pacs = Start-PacsSimulator
        $back = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($pacs))
        Test-PacsEcho $back -Quiet | Should -BeTrue
    }

    It 'leaves nothing behind when the module is removed or the process ends' {
        $folder = New-TestFolder $peers
        $script = @"
`$env:PACSTOOLS_STORAGE = '$folder'
Import-Module '$($peers.Module)'
`$pacs = Start-PacsSimulator -TestData
"`$(@(Get-ChildItem '$folder').Count)"
"@
        pwsh -NoProfile -NonInteractive -Command $script | Should -Be '1'
        Get-ChildItem $folder | Should -BeNullOrEmpty
        pwsh -NoProfile -NonInteractive -Command "$script; Remove-Module PacsTools; `"`$(`$pacs.IsRunning)`"" | Select-Object -Last 1 | Should -Be 'False'
        Get-ChildItem $folder | Should -BeNullOrEmpty
    }

    It 'shows itself in 80 columns' {
        $lines = @((Start-PacsSimulator -TestData | Out-String -Width 80) -split "`r?`n" | Where-Object { $_ })
        $lines | Should -HaveCount 3
        $lines[0] | Should -Match 'AETitle\s+Port\s+Studies\s+Instances'
        $lines[2] | Should -Match 'SIM_PACS\s+\d+\s+12\s+54\s+True'
    }
}

Describe 'The demonstration' {
    It 'runs to its end and proves that everything came' {
        $demo = Join-Path $PSScriptRoot '../../samples/Demo.ps1'
        $text = pwsh -NoProfile -NonInteractive -File $demo -Module $peers.Module -Destination (New-TestFolder $peers)
        $LASTEXITCODE | Should -Be 0
        @($text -match '^True\s').Count | Should -BeGreaterThan 2
    }
}

Describe 'New-DicomTestStudy' {
    It 'writes what it is told' {
        $folder = New-TestFolder $peers
        $files = @(New-DicomTestStudy $folder -Modality MR -Series 2 -Instances 3 -Rows 16 -Columns 12 -PatientName 'DOE^JANE' -PatientID '007' -PatientBirthDate 1970-01-31 -PatientSex F -AccessionNumber A1 -StudyDate 2024-05-06 -StudyTime 10:15 -StudyDescription KNEE -Seed 1)
        $files | Should -HaveCount 6
        $files[0].GetType().Name | Should -Be 'DicomFileInfo'
        $files.PatientID | Select-Object -Unique | Should -Be '007'
        $files.Modality | Select-Object -Unique | Should -Be 'MR'
        $files[0].StudyDate | Should -Be ([datetime] '2024-05-06')
        $files[0].StudyTime | Should -Be ([timespan] '10:15')
        $files.SeriesInstanceUID | Select-Object -Unique | Should -HaveCount 2
        $files[0].Length | Should -Be (Get-Item $files[0].Path).Length
        Get-TestFiles $folder | Should -HaveCount 6
        $dump = dcmdump +P 0028,0010 +P 0028,0011 $files[5].Path
        "$dump" | Should -Match 'US 16\s'
        "$dump" | Should -Match 'US 12\s'
    }

    It 'gives the same bytes for the same seed and others without one' {
        $hashes = 1, 1 | ForEach-Object { (New-DicomTestStudy (New-TestFolder $peers) -Rows 16 -Columns 16 -Seed $_ | Get-FileHash).Hash }
        $hashes[0] | Should -Be $hashes[1]
        $uids = 1..2 | ForEach-Object { (New-DicomTestStudy (New-TestFolder $peers) -Rows 16 -Columns 16).SOPInstanceUID }
        $uids[0] | Should -Not -Be $uids[1]
    }

    It 'refuses what cannot be' {
        { New-DicomTestStudy (New-TestFolder $peers) -StudyInstanceUID 'abc' } | Should -Throw '*UID*'
        { New-DicomTestStudy (New-TestFolder $peers) -PatientName '山田^太郎' -CharacterSet Latin1 } | Should -Throw
        { New-DicomTestStudy (New-TestFolder $peers) -Rows 0 } | Should -Throw
    }

    It 'writes nothing when asked what if' {
        $folder = New-TestFolder $peers
        New-DicomTestStudy $folder -WhatIf
        Get-TestFiles $folder | Should -HaveCount 0
    }

    It 'makes valid <Modality> in <Syntax>' -ForEach @(
        @{ Modality = 'CT'; Syntax = 'ExplicitVRLittleEndian' }
        @{ Modality = 'US'; Syntax = 'ImplicitVRLittleEndian' }
        @{ Modality = 'SR'; Syntax = 'ExplicitVRBigEndian' }
        @{ Modality = 'SC'; Syntax = 'ExplicitVRLittleEndian' }
    ) {
        $file = New-DicomTestStudy (New-TestFolder $peers) -Modality $Modality -TransferSyntax $Syntax -Rows 16 -Columns 16 -CharacterSet Utf8
        dcmftest $file.Path | Should -Match '^yes'
    }

    It 'makes <_> that dciodvfy finds no error in' -ForEach 'CT', 'MR', 'CR', 'US', 'SR', 'SC' {
        Skip-TestUnless ([bool] (Get-Command dciodvfy -ErrorAction Ignore)) 'dciodvfy of dicom3tools is not installed' -Requirement dicom3tools
        $file = New-DicomTestStudy (New-TestFolder $peers) -Modality $_ -Rows 16 -Columns 16 -CharacterSet Utf8
        dciodvfy $file.Path 2>&1 | Where-Object { $_ -match '^Error' } | Should -BeNullOrEmpty
    }
}
