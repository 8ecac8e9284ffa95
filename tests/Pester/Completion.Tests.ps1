# What the Tab key offers.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $null = Register-PacsNode main MAIN@pacs.example:104 -SkipTest
    $null = Register-PacsNode backup BACKUP@pacs.example:104 -SkipTest
    $simulator = Start-PacsSimulator -AETitle TABPACS

    function Complete([string] $Line, [int] $Cursor = $Line.Length) { @((TabExpansion2 -inputScript $Line -cursorColumn $Cursor).CompletionMatches) }
}

AfterAll { $null = Stop-PacsSimulator }

Describe 'Nodes' {
    It 'every -Node offers names and simulators' {
        $commands = Get-Command -Module PacsTools | Where-Object { $_.Parameters.ContainsKey('Node') }
        $commands.Count | Should -BeGreaterThan 15
        foreach ($command in $commands) {
            "$($command.Name): $((Complete "$command -Node ma").CompletionText)" | Should -Be "$($command.Name): main"
            (Complete "$command -Node TABP").CompletionText | Should -Be "'$($simulator.Node.Address)'"
        }
    }

    It 'so does the first position, and -DestinationNode' {
        (Complete 'Find-DicomStudy ba').CompletionText | Should -Be 'backup'
        (Complete 'Copy-DicomStudy main 1.2.3 -DestinationNode ba').CompletionText | Should -Be 'backup'
    }

    It '-Name of <_> offers registered names alone' -ForEach 'Get-PacsNode', 'Unregister-PacsNode', 'Register-PacsNode' {
        (Complete "$_ -Name ").CompletionText | Should -Contain 'main'
        (Complete "$_ -Name TABP").CompletionText | Should -Not -Match 'TABPACS'
    }
}

Describe 'Modalities' {
    It '<_>' -ForEach 'Find-DicomStudy', 'Find-DicomSeries', 'Find-DicomWorklist' {
        $offered = Complete "$_ main -Modality M"
        $offered.CompletionText | Should -Contain 'MR'
        $offered.CompletionText | Should -Contain 'MG'
        $offered.CompletionText | Should -Not -Contain 'CT'
        ($offered | Where-Object CompletionText -EQ MR).ToolTip | Should -Be 'Magnetic Resonance'
        (Complete "$_ main -Modality CT, M").CompletionText | Should -Contain 'MR'
    }

    It 'New-DicomTestStudy' {
        (Complete 'New-DicomTestStudy -Modality C').CompletionText | Should -Be 'CR', 'CT'
    }
}

Describe 'Keywords' {
    It '-Property of <_>' -ForEach 'Find-DicomPatient', 'Find-DicomStudy', 'Find-DicomSeries', 'Find-DicomInstance', 'Find-DicomWorklist' {
        $offered = Complete "$_ main -Property StationN"
        $offered.CompletionText | Should -Be 'StationName'
        $offered.ToolTip | Should -Match '0008,1010'
        (Complete "$_ main -Property ScheduledProcedureStepSequence.Modal").CompletionText | Should -Contain 'ScheduledProcedureStepSequence.Modality'
    }

    It '-Tag of Get-DicomTag, several too' {
        (Complete 'Get-DicomTag a.dcm -Tag ImagerPixelSp').CompletionText | Should -Be 'ImagerPixelSpacing'
        (Complete 'Get-DicomTag a.dcm -Tag Rows, ImagerPixelSp').CompletionText | Should -Be 'ImagerPixelSpacing'
        (Complete "Get-DicomTag a.dcm -Tag 'ImagerPixelSp").CompletionText | Should -Match 'PixelSpacing'
    }

    It 'keys inside -Filter @{ } of <_>' -ForEach 'Find-DicomPatient', 'Find-DicomStudy', 'Find-DicomSeries', 'Find-DicomInstance', 'Find-DicomWorklist' {
        (Complete "$_ main -Filter @{ StationN").CompletionText | Should -Be 'StationName'
        (Complete "$_ main -Filter @{ StationName = 'CT1'; PatientSe").CompletionText | Should -Be 'PatientSex'
        (Complete "$_ main -Filter @{ ").CompletionText | Should -Contain 'AccessionNumber'
        $line = "$_ main -Filter @{ InstitutionN }"
        (Complete $line ($line.Length - 2)).CompletionText | Should -Be 'InstitutionName'
    }

    It 'keys that a filter offers are keywords of the dictionary' {
        $keys = (Get-TypeData PacsTools.Binding.DicomFilter).Members.Keys
        $keys.Count | Should -BeGreaterThan 50
        $entry = $null
        foreach ($key in $keys) { "$key $([PacsTools.Dicom.Data.DicomDictionary]::Default.TryGet([string] $key, [ref] $entry))" | Should -Be "$key True" }
    }

    It 'a filter is still any hashtable, in any form' {
        $pacs = Start-PacsSimulator -TestData
        $all = @(Find-DicomStudy $pacs)
        $one = $all | Where-Object PatientSex | Select-Object -First 1
        $sex = $one.PatientSex
        $expected = @($all | Where-Object PatientSex -CEQ $sex).Count
        @(Find-DicomStudy $pacs -Filter @{ PatientSex = $sex }).Count | Should -Be $expected
        @(Find-DicomStudy $pacs -Filter ([ordered] @{ patientsex = $sex; '0008,0050' = '' })).Count | Should -Be $expected
        $splat = @{ Node = $pacs; Filter = @{ PatientSex = $sex } }
        @(Find-DicomStudy @splat).Count | Should -Be $expected
        { Find-DicomStudy $pacs -Filter 'PatientSex=F' -ErrorAction Stop } | Should -Throw -ErrorId 'CannotConvertArgument*'
    }
}

Describe 'Ports' {
    It '-Port of <_> offers those of the simulators that run' -ForEach 'Get-PacsSimulator', 'Stop-PacsSimulator' {
        $offered = Complete "$_ -Port "
        $offered.CompletionText | Sort-Object | Should -Be ((Get-PacsSimulator).Port | ForEach-Object { "$_" } | Sort-Object)
        ($offered | Where-Object CompletionText -EQ "$($simulator.Port)").ToolTip | Should -Match 'TABPACS'
    }

    It '<_> offers those of the Storage SCPs that run' -ForEach 'Get-StorageScp -Port', 'Stop-StorageScp -Port', 'Watch-StorageScp -Port', 'Receive-DicomStudy main 1.2 -ScpPort', 'Copy-DicomStudy main 1.2 -ScpPort', 'Test-PacsNode main -ScpPort', 'Send-DicomFile main -ScpPort' {
        $scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1
        (Complete "$_ ").CompletionText | Should -Be "$($scp.Port)"
        $null = Stop-StorageScp
    }
}

Describe 'Values of a known set' {
    It '-PatientSex of <_>' -ForEach 'Find-DicomPatient', 'Find-DicomStudy' {
        $offered = Complete "$_ main -PatientSex "
        $offered.CompletionText | Should -Be 'M', 'F', 'O'
        $offered[1].ToolTip | Should -Be 'female'
    }

    It 'keys inside -Fault @{ } are all the faults there are' {
        (Complete 'Start-PacsSimulator -Fault @{ Fail').CompletionText | Should -Be 'FailEvery'
        (Complete 'Start-PacsSimulator -Fault @{ FailEvery = 3; Tim').CompletionText | Should -Be 'Times'
        $caught = { Start-PacsSimulator -Fault @{ Nothing = 1 } } | Should -Throw -PassThru
        $known = "$caught" -replace '.*: ' -replace '\.$' -split ', '
        (Get-TypeData PacsTools.Binding.SimulatorFaultTable).Members.Keys | Sort-Object | Should -Be ($known | Sort-Object)
    }

    It 'a fault is still any hashtable, in any form' {
        foreach ($fault in @{ RejectAssociation = $true }, [ordered] @{ rejectassociation = $true }) {
            $splat = @{ Fault = $fault }
            $pacs = Start-PacsSimulator @splat
            Test-PacsEcho $pacs -Quiet | Should -BeFalse
        }
        { Start-PacsSimulator -Fault 'FailEvery=3' } | Should -Throw -ErrorId 'CannotConvertArgument*'
    }
}

Describe 'SOP classes by name' {
    It 'Get-PacsCapability, categories first' {
        (Complete 'Get-PacsCapability main -SopClass CTIm').CompletionText | Should -Be 'CTImageStorage'
        (Complete 'Get-PacsCapability main -SopClass Stor').CompletionText[0] | Should -Be 'Storage'
    }

    It 'Start-StorageScp -AcceptSopClass takes the keyword, and accepts it' {
        (Complete 'Start-StorageScp -AcceptSopClass HangingProtocolSt').CompletionText | Should -Be 'HangingProtocolStorage'
        $scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1 -AcceptSopClass HangingProtocolStorage
        (Get-PacsCapability "$($scp.AETitle)@127.0.0.1:$($scp.Port)" -SopClass HangingProtocolStorage).Accepted | Should -BeTrue
        $null = Stop-StorageScp
    }

    It 'Request-DicomStorageCommitment -SOPClassUID shows the name and inserts the UID' {
        $offered = Complete 'Request-DicomStorageCommitment main -SOPClassUID CTIm'
        $offered.ListItemText | Should -Be 'CTImageStorage'
        $offered.CompletionText | Should -Be '1.2.840.10008.5.1.4.1.1.2'
    }
}

Describe 'Transfer syntaxes by name' {
    It 'Start-StorageScp -PreferredTransferSyntax' {
        (Complete 'Start-StorageScp -PreferredTransferSyntax JPEG2000L').CompletionText | Should -Be 'JPEG2000Lossless'
        (Complete 'Start-StorageScp -PreferredTransferSyntax JPEG2000Lossless, Expl').CompletionText | Should -Contain 'ExplicitVRLittleEndian'
    }

    It 'New-DicomTestStudy -TransferSyntax' {
        (Complete 'New-DicomTestStudy -TransferSyntax Defl').CompletionText | Should -Be 'DeflatedExplicitVRLittleEndian'
    }
}

Describe 'Layouts' {
    It '<_> offers whole layouts, quoted' -ForEach 'Receive-DicomStudy main 1.2.3', 'Receive-DicomSeries main 1.2.3', 'Receive-DicomInstance main 1.2.3', 'Start-StorageScp -Path in' {
        $offered = (Complete "$_ -Layout ").CompletionText
        $offered | Should -Contain "'{StudyInstanceUID}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm'"
        $offered | Should -Contain "'{SOPInstanceUID}.dcm'"
    }

    It 'offers attributes behind a brace' {
        (Complete "Receive-DicomStudy main 1.2.3 -Layout '{PatientI").CompletionText | Should -Contain "'{PatientID}'"
        (Complete "Receive-DicomStudy main 1.2.3 -Layout '{PatientID}/{StudyDa").CompletionText | Should -Contain "'{PatientID}/{StudyDate}'"
    }

    It 'offers only what is a layout' {
        foreach ($layout in (Complete 'Start-StorageScp -Path in -Layout ').CompletionText) {
            $folder = New-TestFolder $peers
            $scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1 -Path $folder -Layout $layout.Trim("'")
            $scp.State | Should -Be Running
            $null = Stop-StorageScp
        }
    }
}
