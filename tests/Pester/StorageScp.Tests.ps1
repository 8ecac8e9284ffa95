BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $null = Stop-StorageScp
}

Describe 'Start-StorageScp' {
    AfterEach { $null = Stop-StorageScp }

    It 'answers an echo' {
        $scp = Start-StorageScp -AETitle MY_SCP -Port 0 -BindAddress 127.0.0.1
        $scp.GetType().Name | Should -Be 'StorageScp'
        $scp.State | Should -Be 'Running'
        $scp.Accept | Should -Be 'Pending'
        Test-PacsEcho "MY_SCP@127.0.0.1:$($scp.Port)" -Quiet | Should -BeTrue
    }

    It 'does not answer to another AE title unless told so' {
        $scp = Start-StorageScp -AETitle MY_SCP -Port 0 -BindAddress 127.0.0.1
        (Test-PacsEcho "OTHER@127.0.0.1:$($scp.Port)").Error.FullyQualifiedErrorId | Should -Be 'AssociationRejected.CalledAENotRecognized'
        $any = Start-StorageScp -AETitle ANY_SCP -Port 0 -BindAddress 127.0.0.1 -AcceptAnyCalledAETitle
        Test-PacsEcho "OTHER@127.0.0.1:$($any.Port)" -Quiet | Should -BeTrue
    }

    It 'keeps everything it is sent when it has a path' {
        $folder = New-TestFolder $peers
        $scp = Start-StorageScp -AETitle MY_SCP -Port 0 -BindAddress 127.0.0.1 -Path $folder -Layout '{PatientID}/{SOPInstanceUID}.dcm'
        $scp.Accept | Should -Be 'Any'
        $sent = Get-ChildItem (Join-Path $peers.Folder $peers.Small[0].StudyInstanceUID) -Filter *.dcm
        storescu -aec MY_SCP 127.0.0.1 $scp.Port $sent.FullName
        $LASTEXITCODE | Should -Be 0
        Get-TestFiles (Join-Path $folder 'P1') | Should -HaveCount $sent.Count
        (Get-StorageScp).Received | Should -Be $sent.Count
    }

    It 'refuses what nobody is waiting for' {
        $scp = Start-StorageScp -AETitle MY_SCP -Port 0 -BindAddress 127.0.0.1
        $sent = Get-ChildItem (Join-Path $peers.Folder $peers.Small[0].StudyInstanceUID) -Filter *.dcm | Select-Object -First 1
        storescu -aec MY_SCP 127.0.0.1 $scp.Port $sent.FullName 2>&1 | Out-Null
        $scp.Refused | Should -Be 1
        $scp.Received | Should -Be 0
    }

    It 'takes the next free port when its own is taken and no port was asked for' {
        $taken = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Any, $peers.ScpPort)
        $taken.ExclusiveAddressUse = $true
        $taken.Start()
        try {
            $scp = Start-StorageScp -WarningVariable warnings -WarningAction SilentlyContinue
            $scp.Port | Should -BeGreaterThan $peers.ScpPort
            "$warnings" | Should -Match "$($scp.Port)"
        }
        finally { $taken.Stop() }
    }

    It 'takes the next free port beside one of its own under another title' {
        $first = Start-StorageScp
        $second = Start-StorageScp -AETitle SECOND -WarningVariable warnings -WarningAction SilentlyContinue
        $second.Port | Should -BeGreaterThan $first.Port
        "$warnings" | Should -Match "$($second.Port)"
    }

    It 'takes an empty list of those allowed for a mistake, never for everybody: <What>' -ForEach @(
        @{ What = 'no title'; Arguments = @{ AllowedCallingAETitle = @() } }
        @{ What = 'an empty title'; Arguments = @{ AllowedCallingAETitle = '' } }
        @{ What = 'null for titles'; Arguments = @{ AllowedCallingAETitle = $null } }
        @{ What = 'no address'; Arguments = @{ AllowedAddress = @() } }
        @{ What = 'null for addresses'; Arguments = @{ AllowedAddress = $null } }
    ) {
        { Start-StorageScp -Port 0 -BindAddress 127.0.0.1 @Arguments } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
        Get-StorageScp | Should -BeNullOrEmpty
    }

    It 'fails when the port that was asked for is taken' {
        $taken = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Any, 0)
        $taken.ExclusiveAddressUse = $true
        $taken.Start()
        try {
            $port = $taken.LocalEndpoint.Port
            $scp = Start-StorageScp -Port $port -ErrorVariable errors -ErrorAction SilentlyContinue
            $scp | Should -BeNullOrEmpty
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'StorageScp.PortInUse,*'
            "$($errors[0])" | Should -Match "$port"
        }
        finally { $taken.Stop() }
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'open reception without a place'; Arguments = @{ Accept = 'Any' } }
        @{ What = 'a place for what it does not take'; Arguments = @{ Accept = 'Pending'; Path = 'x' } }
        @{ What = 'a long AE title'; Arguments = @{ AETitle = 'ABCDEFGHIJKLMNOPQ' } }
        @{ What = 'a layout that is none'; Arguments = @{ Path = 'x'; Layout = '{' } }
        @{ What = 'a layout without a place'; Arguments = @{ Layout = '{PatientID}' } }
        @{ What = 'a rule for files without a place'; Arguments = @{ IfExists = 'Skip' } }
        @{ What = 'a calling AE title nobody can have'; Arguments = @{ AllowedCallingAETitle = 'ABCDEFGHIJKLMNOPQ' } }
        @{ What = 'a network with host bits'; Arguments = @{ AllowedAddress = '10.1.0.1/16' } }
    ) {
        { Start-StorageScp -Port 0 @Arguments } | Should -Throw -ErrorId 'InvalidArgument,*'
        Get-StorageScp | Should -BeNullOrEmpty
    }

    It 'only tells with -WhatIf' {
        Start-StorageScp -Port 0 -WhatIf | Should -BeNullOrEmpty
        Get-StorageScp | Should -BeNullOrEmpty
    }
}

Describe 'Get-StorageScp and Stop-StorageScp' {
    AfterEach { $null = Stop-StorageScp }

    It 'see what another runspace started' {
        $started = 1 | ForEach-Object -Parallel { Import-Module $using:peers.Module; Start-StorageScp -Port 0 -BindAddress 127.0.0.1 }
        (Get-StorageScp).Port | Should -Be $started.Port
        (Get-StorageScp -Port $started.Port).State | Should -Be 'Running'
    }

    It 'stops the one that is piped' {
        $one = Start-StorageScp -AETitle ONE -Port 0 -BindAddress 127.0.0.1
        $two = Start-StorageScp -AETitle TWO -Port 0 -BindAddress 127.0.0.1
        ($one | Stop-StorageScp).State | Should -Be 'Stopped'
        (Get-StorageScp).Port | Should -Be $two.Port
        (Test-PacsEcho "ONE@127.0.0.1:$($one.Port)").Error.FullyQualifiedErrorId | Should -Be 'Network.ConnectionRefused'
    }

    It 'stops all without a port' {
        1..3 | ForEach-Object { $null = Start-StorageScp -AETitle "SCP$_" -Port 0 -BindAddress 127.0.0.1 }
        @(Stop-StorageScp) | Should -HaveCount 3
        Get-StorageScp | Should -BeNullOrEmpty
    }

    It '<Name> tells of a port on which none runs' -ForEach @(@{ Name = 'Get-StorageScp' }, @{ Name = 'Stop-StorageScp' }) {
        $null = & $Name -Port $peers.ClosedPort -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'StorageScp.NotFound,*'
        $errors[0].CategoryInfo.Category | Should -Be 'ObjectNotFound'
    }

    It 'stops nothing with -WhatIf' {
        $scp = Start-StorageScp -Port 0 -BindAddress 127.0.0.1
        $null = Stop-StorageScp -WhatIf
        $scp.State | Should -Be 'Running'
    }
}

Describe 'The choice of a Storage SCP' {
    AfterEach { $null = Stop-StorageScp }

    It 'is an error when several run and none is named' {
        $null = Start-StorageScp -AETitle ONE -Port 0 -BindAddress 127.0.0.1
        $null = Start-StorageScp -AETitle TWO -Port 0 -BindAddress 127.0.0.1
        $null = Receive-DicomStudy $peers.Orthanc $peers.Small[0].StudyInstanceUID -Destination (New-TestFolder $peers) -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'StorageScp.Ambiguous,*'
    }

    It 'can be made by <How>' -ForEach @(
        @{ How = 'object'; Choice = { @{ StorageScp = $wanted } } }
        @{ How = 'AE title'; Choice = { @{ ScpAETitle = 'RIS_STORE_SCP' } } }
        @{ How = 'port'; Choice = { @{ ScpPort = $peers.ScpPort } } }
    ) {
        $null = Start-StorageScp -AETitle ONE -Port 0 -BindAddress 127.0.0.1
        $wanted = Start-StorageScp -AETitle RIS_STORE_SCP -Port $peers.ScpPort
        $choice = & $Choice
        @(Receive-DicomStudy $peers.Orthanc $peers.Small[0].StudyInstanceUID -Destination (New-TestFolder $peers) @choice) | Should -HaveCount 10
        $wanted.Received | Should -Be 10
    }

    It 'ends in StorageScp.PortInUse when the port is another''s and the road is C-MOVE' {
        $taken = [System.Net.Sockets.TcpListener]::new([System.Net.IPAddress]::Any, $peers.ScpPort)
        $taken.ExclusiveAddressUse = $true
        $taken.Start()
        try {
            $null = Receive-DicomStudy $peers.Orthanc $peers.Small[0].StudyInstanceUID -Method CMove -Destination (New-TestFolder $peers) -ErrorVariable errors -ErrorAction SilentlyContinue
            $errors[0].FullyQualifiedErrorId | Should -BeLike 'StorageScp.PortInUse,*'
        }
        finally { $taken.Stop() }
    }
}
