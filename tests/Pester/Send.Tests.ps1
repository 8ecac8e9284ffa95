BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $null = Stop-StorageScp
    # An archive of our own: what is sent here changes none of those that other tests query.
    $inbox = New-TestFolder $peers
    $scp = Start-StorageScp -AETitle INBOX -Port 0 -BindAddress 127.0.0.1 -Path $inbox -IfExists Overwrite
    $node = "INBOX@127.0.0.1:$($scp.Port)"
    $study = Join-Path $peers.Folder $peers.Small[0].StudyInstanceUID
    $files = @(Get-ChildItem $study -Filter *.dcm)
}

AfterAll { $null = Stop-StorageScp }

Describe 'Send-DicomFile' {
    It 'sends a folder, one object a file' {
        $results = @(Send-DicomFile $node $study)
        $results | Should -HaveCount $files.Count
        $results[0].GetType().Name | Should -Be 'DicomSendResult'
        $results.Outcome | Select-Object -Unique | Should -Be 'Stored'
        $results.Status | Select-Object -Unique | Should -Be 0
        $results.Path | Sort-Object | Should -Be ($files.FullName | Sort-Object)
        "$($results[0].Node)" | Should -Be $node
        $results.SOPInstanceUID | Sort-Object | Should -Be ($files.BaseName | Sort-Object)
    }

    It 'sends what <Name> emits' -ForEach @(
        @{ Name = 'Get-ChildItem'; Source = { Get-ChildItem $study -Filter *.dcm } }
        @{ Name = 'Get-ChildItem -Recurse with its folders'; Source = { Get-ChildItem $peers.Folder -Recurse | Where-Object { $_.FullName.StartsWith($study) } } }
        @{ Name = 'a list of paths'; Source = { $files.FullName } }
        @{ Name = 'Import-Csv'; Source = { $files | ForEach-Object { [pscustomobject]@{ Path = $_.FullName } } } }
        @{ Name = 'Receive-DicomStudy'; Source = { $peers.Small[0].StudyInstanceUID | Receive-DicomStudy $peers.Orthanc -Destination (New-TestFolder $peers) -ScpAETitle RIS_STORE_SCP -ScpPort $peers.ScpPort } }
    ) {
        $results = @(& $Source | Send-DicomFile -Node $node)
        $results | Should -HaveCount $files.Count
        $results.Outcome | Select-Object -Unique | Should -Be 'Stored'
    }

    It 'does not take the node of what is piped' {
        { [pscustomobject]@{ Node = $node; Path = $files[0].FullName } | Send-DicomFile -ErrorAction Stop } | Should -Throw
    }

    It 'takes wildcards, and the address in parts' {
        $results = @(Send-DicomFile -HostName 127.0.0.1 -Port $scp.Port -CalledAETitle INBOX -Path (Join-Path $study '*.dcm'))
        $results | Should -HaveCount $files.Count
    }

    It 'takes a literal path with brackets' {
        $odd = Join-Path (New-TestFolder $peers) 'a[1].dcm'
        Copy-Item -LiteralPath $files[0].FullName $odd
        (Send-DicomFile $node -LiteralPath $odd).Outcome | Should -Be 'Stored'
        ($odd | Send-DicomFile -Node $node).Outcome | Should -Be 'Stored'
        (Get-Item -LiteralPath $odd | Send-DicomFile -Node $node).Path | Should -Be $odd
    }

    It 'goes below folders with -Recurse only' {
        $top = New-TestFolder $peers
        $below = (New-Item -ItemType Directory (Join-Path $top 'below')).FullName
        Copy-Item $files[0].FullName $top
        Copy-Item $files[1].FullName $below
        @(Send-DicomFile $node $top) | Should -HaveCount 1
        @(Send-DicomFile $node $top -Recurse) | Should -HaveCount 2
        @(Get-ChildItem $top -Recurse | Send-DicomFile -Node $node -Recurse) | Should -HaveCount 2
    }

    It 'tells of files that are none and sends the rest' {
        $mixed = New-TestFolder $peers
        Copy-Item $files.FullName $mixed
        Set-Content (Join-Path $mixed 'readme.txt') ('no image ' * 100)
        $results = @(Send-DicomFile $node $mixed -ErrorVariable errors -ErrorAction SilentlyContinue)
        $results | Should -HaveCount $files.Count
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Send.NotDicom,*'
        $errors[0].TargetObject | Should -Be (Join-Path $mixed 'readme.txt')
        $errors[0].CategoryInfo.Category | Should -Be 'InvalidData'
    }

    It 'tells of <What>' -ForEach @(
        @{ What = 'a path that is not there'; Path = 'nowhere.dcm' }
        @{ What = 'a pattern nothing matches'; Path = 'nowhere*.dcm' }
        @{ What = 'a path of another provider'; Path = 'env:PATH' }
    ) {
        Send-DicomFile $node $Path -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Send.PathNotFound,*'
    }

    It 'tells by result and error what an archive refuses' {
        $closed = Start-StorageScp -AETitle CLOSED -Port 0 -BindAddress 127.0.0.1
        $results = @(Send-DicomFile "CLOSED@127.0.0.1:$($closed.Port)" $study -ErrorVariable errors -ErrorAction SilentlyContinue)
        $results.Outcome | Select-Object -Unique | Should -Be 'Failed'
        $results.Status | Select-Object -Unique | Should -Be 0x0124
        $errors | Should -HaveCount $files.Count
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Dimse.0124,*'
        $errors[0].TargetObject | Should -Be $results[0].Path
        $null = $closed | Stop-StorageScp
    }

    It 'tells of an archive that is not there, for each file' {
        $results = @(Send-DicomFile "NOBODY@127.0.0.1:$($peers.ClosedPort)" $study -Retry 0 -ErrorVariable errors -ErrorAction SilentlyContinue)
        $results | Should -HaveCount $files.Count
        $results.Outcome | Select-Object -Unique | Should -Be 'Failed'
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Network.ConnectionRefused,*'
    }

    It 'wants something to send' {
        { Send-DicomFile $node } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'sends nothing with -WhatIf' {
        $before = $scp.Received
        Send-DicomFile $node $study -WhatIf | Should -BeNullOrEmpty
        $scp.Received | Should -Be $before
    }

    It 'sends on several associations' {
        @(Send-DicomFile $node $study -ThrottleLimit 4).Outcome | Select-Object -Unique | Should -Be 'Stored'
    }

    It 'emits the first result while input still comes' {
        # The same file over and over is sent once; the input ends only because the result has come.
        $endless = { $until = [datetime]::UtcNow.AddSeconds(30); while ([datetime]::UtcNow -lt $until) { $files[0] }; throw 'No result while input came.' }
        $first = & $endless | Send-DicomFile -Node $node | Select-Object -First 1
        $first.Outcome | Should -Be 'Stored'
    }

    It 'shows outcome, status and path' {
        $text = Send-DicomFile $node $files[0].FullName | Out-String
        $text | Should -Match 'Stored\s+0000\s+\S'
    }

    It 'sends what New-DicomTestStudy makes, as it makes it' {
        $results = @(New-DicomTestStudy -Path (New-TestFolder $peers) -Modality US -Instances 3 | Send-DicomFile $node)
        $results.Outcome | Should -Be @(, 'Stored' * 3)
    }

    It 'passes over links that lead in circles, pipes and what cannot be read' {
        Skip-TestUnless $IsLinux 'it makes a pipe with mkfifo'
        $mixed = New-TestFolder $peers
        Copy-Item $files[0].FullName $mixed
        $below = (New-Item -ItemType Directory (Join-Path $mixed 'below')).FullName
        Copy-Item $files[1].FullName $below
        $null = New-Item -ItemType SymbolicLink -Path (Join-Path $below 'loop') -Target $mixed
        $null = New-Item -ItemType SymbolicLink -Path (Join-Path $mixed 'broken.dcm') -Target (Join-Path $mixed 'nothing')
        mkfifo (Join-Path $mixed 'pipe.dcm')
        $results = @(Send-DicomFile $node $mixed -Recurse -ErrorVariable errors -ErrorAction SilentlyContinue)
        $results | Should -HaveCount 2
        ($errors.FullyQualifiedErrorId -replace ',.*' | Sort-Object) | Should -Be 'Send.CannotRead', 'Send.NotDicom'
    }

    It 'tells of a file that is cut off and does not send it' {
        $cut = Join-Path (New-TestFolder $peers) 'cut.dcm'
        $bytes = [System.IO.File]::ReadAllBytes($files[0].FullName)
        [System.IO.File]::WriteAllBytes($cut, $bytes[0..($bytes.Length - 5)])
        $before = $scp.Received
        Send-DicomFile $node $cut -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Send.Damaged,*'
        $scp.Received | Should -Be $before
    }

    It 'tells of what was not received and sends the rest' {
        $received = @(
            [pscustomobject]@{ Path = $files[0].FullName; FullName = $files[0].FullName }
            [pscustomobject]@{ Path = $null; FullName = $null }
            [pscustomobject]@{ Path = $files[1].FullName; FullName = $files[1].FullName }
        )
        @($received | Send-DicomFile $node -ErrorVariable errors -ErrorAction SilentlyContinue).Outcome | Should -Be @(, 'Stored' * 2)
        $errors | Should -HaveCount 1
    }

    It 'keeps below the rate that is asked for' {
        $large = New-DicomTestStudy -Path (New-TestFolder $peers) -Instances 2 -Rows 256 -Columns 256
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        @($large | Send-DicomFile $node -MaxRate 200KB -ThrottleLimit 2).Outcome | Should -Be @(, 'Stored' * 2)
        # A quarter of a second's bytes may go at once.
        $watch.Elapsed.TotalSeconds | Should -BeGreaterThan (($large.Length | Measure-Object -Sum).Sum / 200KB - 0.3)
    }

    It 'ends at once on Ctrl+C' {
        $large = @(New-DicomTestStudy -Path (New-TestFolder $peers) -Instances 3 -Rows 256 -Columns 256)
        $before = $scp.TotalAssociations
        $stopped = Stop-TestScript -Peers $peers -Variables @{ large = $large; node = $node } -AfterCondition { $scp.TotalAssociations -gt $before } -Script '$large | Send-DicomFile $node -MaxRate 1KB'
        $stopped.Seconds | Should -BeLessThan 5
        $stopped.State | Should -Be 'Stopped'
        Get-TestFiles $inbox -Extension '.part' | Should -BeNullOrEmpty
    }

    It 'sends from parallel runspaces' {
        $results = @($files | ForEach-Object -ThrottleLimit 3 -Parallel { Import-Module ($using:peers).Module; $_ | Send-DicomFile $using:node })
        $results.Outcome | Should -Be @(, 'Stored' * $files.Count)
    }
}
