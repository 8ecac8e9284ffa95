BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $null = Stop-StorageScp
    $sim = Start-PacsSimulator
    $made = @(New-DicomTestStudy -Path (New-TestFolder $peers) -Series 2 -Instances 3)
    $null = $made | Send-DicomFile $sim
    $one = $made[0]
}

AfterAll {
    $null = Stop-PacsSimulator
    $null = Stop-StorageScp
}

Describe 'Request-DicomStorageCommitment' {
    It 'asks about what <Name> emits' -ForEach @(
        @{ Name = 'Send-DicomFile'; Source = { $made | Send-DicomFile $sim } }
        @{ Name = 'New-DicomTestStudy'; Source = { $made } }
        @{ Name = 'Get-ChildItem'; Source = { $made | ForEach-Object { Get-Item -LiteralPath $_.Path } } }
        @{ Name = 'Receive-DicomStudy'; Source = { $one.StudyInstanceUID | Receive-DicomStudy $sim -Method CGet -Destination (New-TestFolder $peers) } }
        @{ Name = 'Import-Csv'; Source = { $made | Select-Object SOPInstanceUID, SOPClassUID | ConvertTo-Csv | ConvertFrom-Csv } }
        @{ Name = 'a job'; Source = { $made | Send-DicomFile $sim | ForEach-Object { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) } } }
    ) {
        $results = @(& $Source | Request-DicomStorageCommitment $sim)
        $results | Should -HaveCount $made.Count
        $results[0].GetType().Name | Should -Be 'DicomCommitmentResult'
        $results.Committed | Select-Object -Unique | Should -BeTrue
        $results.SOPInstanceUID | Sort-Object | Should -Be ($made.SOPInstanceUID | Sort-Object)
        $results.SOPClassUID | Select-Object -Unique | Should -Be $one.SOPClassUID
        $results.TransactionUID | Select-Object -Unique | Should -HaveCount 1
        "$($results[0].Node)" | Should -Be "$($sim.Node)"
    }

    It 'keeps the path of what has one and invents none' {
        ($one | Request-DicomStorageCommitment $sim).Path | Should -Be $one.Path
        ([pscustomobject]@{ SOPInstanceUID = $one.SOPInstanceUID; SOPClassUID = $one.SOPClassUID } | Request-DicomStorageCommitment $sim).Path | Should -BeNullOrEmpty
    }

    It 'takes UIDs, and folders' {
        (Request-DicomStorageCommitment $sim -SOPInstanceUID $one.SOPInstanceUID -SOPClassUID $one.SOPClassUID).Committed | Should -BeTrue
        @(Request-DicomStorageCommitment $sim (Split-Path $one.Path)) | Should -HaveCount 3
    }

    It 'takes several transactions for many instances' {
        $results = @($made | Request-DicomStorageCommitment $sim -BatchSize 2)
        $results.Committed | Select-Object -Unique | Should -BeTrue
        $results.TransactionUID | Select-Object -Unique | Should -HaveCount 3
    }

    It 'tells by result and error what is not committed' {
        $result = Request-DicomStorageCommitment $sim -SOPInstanceUID 1.2.3 -SOPClassUID $one.SOPClassUID -ErrorVariable errors -ErrorAction SilentlyContinue
        $result.Committed | Should -BeFalse
        $result.FailureReason | Should -Be 0x0112
        $result.Reason | Should -Match 'does not have'
        $errors | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Commitment.0112,*'
        $errors[0].TargetObject | Should -Be '1.2.3'
        ($result | Out-String) | Should -Match 'False\s+0112\s+1\.2\.3'
    }

    It 'wants an instance' {
        { Request-DicomStorageCommitment $sim } | Should -Throw -ErrorId 'InvalidArgument,*'
        Request-DicomStorageCommitment $sim -SOPInstanceUID 1.2.3 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Commitment.NoInstance,*'
    }

    It 'takes a path relative to where PowerShell is, beside a UID that is known' {
        Push-Location (Split-Path $one.Path)
        try {
            $path = "./$(Split-Path -Leaf $one.Path)"
            (Request-DicomStorageCommitment $sim -SOPInstanceUID $one.SOPInstanceUID -Path $path).Committed | Should -BeTrue
            (Request-DicomStorageCommitment $sim -SOPInstanceUID $one.SOPInstanceUID -SOPClassUID $one.SOPClassUID -Path $path).Path | Should -Be $one.Path
        }
        finally { Pop-Location }
    }

    It 'takes one choice of a Storage SCP, not two' {
        $scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1
        { $made | Request-DicomStorageCommitment $sim -StorageScp $scp -ScpPort 11 } | Should -Throw -ErrorId 'InvalidArgument,*'
        { $made | Send-DicomFile $sim -Commit -StorageScp $scp -ScpAETitle X } | Should -Throw -ErrorId 'InvalidArgument,*'
        $null = Stop-StorageScp
    }

    It 'does not take the node of what is piped' {
        { $made | Send-DicomFile $sim | Request-DicomStorageCommitment -ErrorAction Stop } | Should -Throw
    }

    It 'asks nothing with -WhatIf' {
        $made | Request-DicomStorageCommitment $sim -WhatIf | Should -BeNullOrEmpty
    }

    It 'stops at the first result' {
        ($made | Request-DicomStorageCommitment $sim -BatchSize 1 | Select-Object -First 1).Committed | Should -BeTrue
    }

    It 'works in parallel runspaces' {
        $results = @($made | ForEach-Object -ThrottleLimit 3 -Parallel { Import-Module ($using:peers).Module; $_ | Request-DicomStorageCommitment $using:sim.Node })
        $results.Committed | Should -Be @(, $true * $made.Count)
    }

    It 'takes a report that Orthanc brings on an association of its own' {
        $peers.Small[0].StudyInstanceUID | ForEach-Object {
            $files = Get-ChildItem (Join-Path $peers.Folder $_) -Filter *.dcm
            $results = @($files | Request-DicomStorageCommitment $peers.Orthanc -ScpPort $peers.ScpPort)
            $results | Should -HaveCount $files.Count
            $results.Committed | Select-Object -Unique | Should -BeTrue
            (Request-DicomStorageCommitment $peers.Orthanc -ScpPort $peers.ScpPort -SOPInstanceUID 1.2.3 -SOPClassUID $one.SOPClassUID -ErrorAction SilentlyContinue).Committed | Should -BeFalse
        }
    }

    It 'says which title and port a silent archive must call' {
        # Orthanc knows this title at another port.
        $null = Stop-StorageScp
        $scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1
        $result = Request-DicomStorageCommitment $peers.Orthanc -SOPInstanceUID 1.2.3 -SOPClassUID $one.SOPClassUID -StorageScp $scp -TimeoutSeconds 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $result.Committed | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Commitment.Timeout,*'
        "$($errors[0])" | Should -Match "AE RIS_CONNECTOR at port $($scp.Port)"
        $errors[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
        $null = Stop-StorageScp
    }

    It 'ends at once on Ctrl+C' {
        $scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1
        $stopped = Stop-TestScript -Peers $peers -Variables @{ peers = $peers; one = $one; scp = $scp; flag = ($flag = [System.Collections.Concurrent.ConcurrentDictionary[string, bool]]::new()) } -AfterCondition { $flag.ContainsKey('asked') } -Script {
            & { $flag['asked'] = $true; [pscustomobject]@{ SOPInstanceUID = '1.2.3'; SOPClassUID = $one.SOPClassUID } } | Request-DicomStorageCommitment $peers.Orthanc -StorageScp $scp
        }
        $stopped.Seconds | Should -BeLessThan 5
        $stopped.State | Should -Be 'Stopped'
        $null = Stop-StorageScp
    }
}

Describe 'Send-DicomFile -Commit' {
    It 'tells of each file whether it is committed' {
        $results = @($made | Send-DicomFile $sim -Commit)
        $results | Should -HaveCount $made.Count
        $results.Outcome | Select-Object -Unique | Should -Be 'Stored'
        $results.Committed | Select-Object -Unique | Should -BeTrue
        ($made | Send-DicomFile $sim).Committed | Select-Object -Unique | Should -BeNullOrEmpty
    }

    It 'has an error for what is stored and not committed' {
        $inbox = Start-StorageScp -AETitle INBOX -Port 0 -BindAddress 127.0.0.1 -Path (New-TestFolder $peers)
        # A receiver that stores and commits to nothing.
        $results = @($made | Send-DicomFile "INBOX@127.0.0.1:$($inbox.Port)" -Commit -ErrorVariable errors -ErrorAction SilentlyContinue)
        $results.Outcome | Select-Object -Unique | Should -Be 'Stored'
        $results.Committed | Select-Object -Unique | Should -BeNullOrEmpty
        $errors | Should -HaveCount $made.Count
        $errors.TargetObject | Sort-Object | Should -Be ($made.Path | Sort-Object)
        $null = Stop-StorageScp
    }

    It 'wants -Commit for the choice of a Storage SCP' {
        { $made | Send-DicomFile $sim -ScpPort 11113 } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'sends nothing if the Storage SCP it is to use cannot be had' {
        $before = $sim.Instances
        $taken = [System.Net.Sockets.TcpListener]::new([ipaddress]::IPv6Any, 0)
        $taken.Start()
        try {
            New-DicomTestStudy -Path (New-TestFolder $peers) -Instances 1 -Seed 99 | Send-DicomFile $sim -Commit -ScpPort $taken.LocalEndpoint.Port -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        }
        finally { $taken.Stop() }
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'StorageScp.PortInUse,*'
        $sim.Instances | Should -Be $before
    }
}
