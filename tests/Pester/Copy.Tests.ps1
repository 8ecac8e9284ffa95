BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $small = $peers.Small[0]

    # An archive that keeps what it is sent, and whose files can be looked at.
    function Start-Destination {
        param([string] $AETitle = 'DEST', [hashtable] $Fault = @{})
        $script:kept = New-TestFolder $peers
        Start-PacsSimulator -Path $script:kept -Writable -AETitle $AETitle -Fault $Fault
    }

    # What copies leave in temporary storage: nothing.
    function Get-Spooled {
        @(Get-ChildItem (Join-Path $env:PACSTOOLS_STORAGE "$PID-*") -Recurse -File -Force -ErrorAction Ignore)
    }
    $env:PACSTOOLS_STORAGE = New-TestFolder $peers
}

AfterAll {
    $env:PACSTOOLS_STORAGE = $null
    $null = Stop-StorageScp
}

Describe 'Copy-DicomStudy' {
    AfterEach { $null = Stop-PacsSimulator }

    It 'copies what was found by way of us, from <Name> by <Method>' -ForEach @(
        @{ Name = 'Orthanc'; Method = 'CMove' }, @{ Name = 'Orthanc'; Method = 'CGet' }, @{ Name = 'Dcmqrscp'; Method = 'CMove' }, @{ Name = 'Dcmqrscp'; Method = 'CGet' }
    ) {
        $destination = Start-Destination
        $report = Find-DicomStudy $peers.$Name -PatientID $small.PatientID | Copy-DicomStudy -DestinationNode $destination.Node -Method $Method
        $report | Should -HaveCount 1
        $report.Complete | Should -BeTrue
        $report.Expected | Should -Be 10
        $report.Stored | Should -Be 10
        $report.Method | Should -Be $Method
        $report.Destination | Should -Be "$($destination.Node)"
        $report.Instances.Outcome | Sort-Object -Unique | Should -Be 'Stored'
        $report.Path | Should -BeNullOrEmpty
        Get-TestFiles $kept | Should -HaveCount 10
        Get-Spooled | Should -BeNullOrEmpty
    }

    It 'copies from one archive to the other, in both directions' {
        foreach ($way in @(@{ from = $peers.Orthanc; to = $peers.Dcmqrscp }, @{ from = $peers.Dcmqrscp; to = $peers.Orthanc })) {
            $report = Copy-DicomStudy $way.from $peers.Small[1].StudyInstanceUID -DestinationNode $way.to
            $report.Complete | Should -BeTrue
            $report.Stored | Should -Be 10
        }
    }

    It 'takes UIDs from the pipeline and copies several studies at a time' {
        $destination = Start-Destination
        $reports = @($peers.Small.StudyInstanceUID | Copy-DicomStudy $peers.Orthanc -DestinationNode $destination -ThrottleLimit 3)
        $reports | Should -HaveCount 6
        $reports.Complete | Sort-Object -Unique | Should -Be $true
        $reports.StudyInstanceUID | Sort-Object | Should -Be ($peers.Small.StudyInstanceUID | Sort-Object)
        Get-TestFiles $kept | Should -HaveCount 60
        foreach ($report in $reports) { $report.Instances.StudyInstanceUID | Sort-Object -Unique | Should -Be $report.StudyInstanceUID }
    }

    It 'takes the address of the source in parts' {
        $destination = Start-Destination
        $null = $peers.Orthanc -match '^(.+)@(.+):(\d+)$'
        (Copy-DicomStudy -HostName $Matches[2] -Port $Matches[3] -CalledAETitle $Matches[1] -StudyInstanceUID $small.StudyInstanceUID -DestinationNode $destination.Node).Stored | Should -Be 10
    }

    It 'never takes the destination from the pipeline' {
        $parameter = (Get-Command Copy-DicomStudy).Parameters
        foreach ($name in 'DestinationNode', 'DestinationAETitle') {
            $parameter[$name].Attributes.Where({ $_ -is [System.Management.Automation.ParameterAttribute] }).ForEach({ $_.ValueFromPipeline -or $_.ValueFromPipelineByPropertyName }) | Should -Not -Contain $true
        }
    }

    It 'lets an archive send to another by itself and tells its counters' {
        $destination = Start-Destination
        $folder = New-TestFolder $peers
        $null = New-DicomTestStudy -Path $folder -Series 2 -Instances 5 -Rows 16 -Columns 16
        $source = Start-PacsSimulator -Path $folder -AETitle SOURCE -MoveDestination @{ DEST = "127.0.0.1:$($destination.Port)" }
        $report = Find-DicomStudy $source | Copy-DicomStudy -DestinationAETitle DEST
        $report.Complete | Should -BeTrue
        $report.Stored | Should -Be 10
        $report.Destination | Should -Be 'DEST'
        $report.Attempts[0].Completed | Should -Be 10
        Get-TestFiles $kept | Should -HaveCount 10
    }

    It 'does not invent counts an archive does not give' {
        $destination = Start-Destination
        $folder = New-TestFolder $peers
        $null = New-DicomTestStudy -Path $folder -Series 1 -Instances 3 -Rows 16 -Columns 16
        $source = Start-PacsSimulator -Path $folder -AETitle SOURCE -MoveDestination @{ DEST = "127.0.0.1:$($destination.Port)" } -Fault @{ OmitCounters = $true }
        $report = Find-DicomStudy $source | Copy-DicomStudy -DestinationAETitle DEST -ErrorVariable errors -ErrorAction SilentlyContinue
        $report.Complete | Should -BeFalse
        $report.Stored | Should -Be $null
        $report.Expected | Should -Be 3
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Copy.Unproven,*'
        (Find-DicomStudy $source | Copy-DicomStudy -DestinationAETitle DEST -NoVerify).Complete | Should -BeTrue
    }

    It 'asks with -WhatIf and does nothing' {
        $destination = Start-Destination
        Copy-DicomStudy $peers.Orthanc $small.StudyInstanceUID -DestinationNode $destination -WhatIf | Should -BeNullOrEmpty
        Copy-DicomStudy $peers.Orthanc $small.StudyInstanceUID -DestinationAETitle NOBODY -WhatIf | Should -BeNullOrEmpty
        Get-TestFiles $kept | Should -BeNullOrEmpty
    }

    It 'writes the report before its error, and the error with a stable id: <Id>' -ForEach @(
        @{ Id = 'Copy.DestinationUnreachable'; Category = 'ConnectionError'; Arguments = { @{ DestinationNode = "X@127.0.0.1:$($peers.ClosedPort)" } } }
        @{ Id = 'Copy.Incomplete'; Category = 'InvalidResult'; Arguments = { @{ DestinationNode = (Start-Destination -Fault @{ FailEvery = 4; Status = '0110' }).Node } } }
        @{ Id = 'Dimse.A801'; Category = 'ObjectNotFound'; Arguments = { @{ DestinationAETitle = 'NOBODY' } }; Node = 'Dcmqrscp' }
        @{ Id = 'Dimse.C000'; Category = 'InvalidResult'; Arguments = { @{ DestinationAETitle = 'NOBODY' } } }
    ) {
        $arguments = & $Arguments
        $output = @(Copy-DicomStudy $peers.($Node ?? 'Orthanc') $small.StudyInstanceUID -Retry 0 @arguments 2>&1)
        $output | Should -HaveCount 2
        $output[0] | Should -BeOfType ([PacsTools.Services.Retrieve.DicomRetrieveReport])
        $output[0].Complete | Should -BeFalse
        $output[1].FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $output[1].CategoryInfo.Category | Should -Be $Category
        $output[1].TargetObject | Should -Be $small.StudyInstanceUID
        $output[1].ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        Get-Spooled | Should -BeNullOrEmpty
    }

    It 'refuses <What> before anything is sent' -ForEach @(
        @{ What = 'no destination'; Arguments = @{} }
        @{ What = 'two destinations'; Arguments = @{ DestinationNode = 'A@h:1'; DestinationAETitle = 'B' } }
        @{ What = 'a destination that is no AE title'; Arguments = @{ DestinationAETitle = 'A\B' } }
        @{ What = 'a rate for what does not come here'; Arguments = @{ DestinationAETitle = 'B'; MaxRate = 1MB } }
        @{ What = 'a road for what does not come here'; Arguments = @{ DestinationAETitle = 'B'; Method = 'CGet' } }
    ) {
        { Copy-DicomStudy "X@127.0.0.1:$($peers.ClosedPort)" 1.2.3 @Arguments -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'refuses an empty UID and an archive as its own destination' {
        $null = '' | Copy-DicomStudy $peers.Orthanc -DestinationNode A@h:1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Query.EmptyKey,*'
        $null = Copy-DicomStudy $peers.Orthanc $small.StudyInstanceUID -DestinationNode $peers.Orthanc -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Copy.SameNode,*'
        $null = Copy-DicomStudy $peers.Orthanc $small.StudyInstanceUID -DestinationAETitle ($peers.Orthanc -split '@')[0] -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Copy.SameNode,*'
    }

    It 'continues with -Resume where a part is' {
        $folder = New-TestFolder $peers
        $null = New-DicomTestStudy -Path $folder -Series 1 -Instances 6 -Rows 16 -Columns 16
        $source = Start-PacsSimulator -Path $folder -AETitle SOURCE
        $destination = Start-Destination
        $null = Find-DicomStudy $source | Copy-DicomStudy -DestinationNode $destination -Method CGet
        $null = $destination | Stop-PacsSimulator
        Get-TestFiles $kept | Select-Object -First 2 | Remove-Item
        $destination = Start-PacsSimulator -Path $kept -Writable -AETitle DEST
        $report = Find-DicomStudy $source | Copy-DicomStudy -DestinationNode $destination -Method CGet -Resume
        $report.Complete | Should -BeTrue
        $report.Stored | Should -Be 2
        $report.Duplicate | Should -Be 4
        Get-TestFiles $kept | Should -HaveCount 6
    }

    It 'says nothing of patients in verbose' {
        $destination = Start-Destination
        $text = Copy-DicomStudy $peers.Orthanc $small.StudyInstanceUID -DestinationNode $destination -Verbose 4>&1 | Out-String
        $text | Should -Not -Match 'DOE'
        $text | Should -Not -Match "\b$($small.PatientID)\b"
    }

    It 'shows the progress of the copy and ends it' {
        $destination = Start-Destination
        $powershell = [powershell]::Create()
        try {
            $null = $powershell.AddScript('param($m, $n, $u, $d) Import-Module $m; Copy-DicomStudy $n $u -DestinationNode $d | Out-Null').AddArgument($peers.Module).AddArgument($peers.Orthanc).AddArgument($peers.Big.StudyInstanceUID).AddArgument("$($destination.Node)")
            $null = $powershell.Invoke()
            $progress = @($powershell.Streams.Progress | Where-Object Activity -Like '*ing *')
            $progress.Activity | Sort-Object -Unique | Should -BeLike 'Copying from * to *'
            $progress[-1].RecordType | Should -Be 'Completed'
        }
        finally { $powershell.Dispose() }
    }
}

Describe 'Ending a copy early' {
    AfterEach { $null = Stop-PacsSimulator }

    It 'stops when no more is wanted' {
        $destination = Start-Destination
        $first = $peers.Small.StudyInstanceUID | Copy-DicomStudy $peers.Orthanc -DestinationNode $destination.Node -ThrottleLimit 1 | Select-Object -First 1
        $first | Should -HaveCount 1
        Get-TestFiles $kept | ForEach-Object Count | Measure-Object -Sum | ForEach-Object Sum | Should -BeLessThan 60
        Get-Spooled | Should -BeNullOrEmpty
    }

    It 'stops within two seconds, leaves no file here and no association there' {
        $destination = Start-Destination -Fault @{ DelayMilliseconds = 50 }
        $kept = $script:kept
        $stop = Stop-TestScript -Peers $peers -Script 'Copy-DicomStudy $node $uid -DestinationNode $to' `
            -Variables @{ node = $peers.Orthanc; uid = $peers.Big.StudyInstanceUID; to = "$($destination.Node)" } -AfterCondition { (Get-TestFiles $kept).Count -gt 3 }
        $stop.State | Should -Be 'Stopped'
        $stop.Seconds | Should -BeLessThan 2
        $stop.Errors | Should -BeNullOrEmpty
        Get-Spooled | Should -BeNullOrEmpty
        (Get-StorageScp).Associations | Should -Be 0
        (Get-TestFiles $kept).Count | Should -BeLessThan 200
    }
}
