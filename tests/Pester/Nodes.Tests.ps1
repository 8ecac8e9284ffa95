BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    function Complete-Line([string] $Line) { (TabExpansion2 $Line $Line.Length).CompletionMatches.CompletionText }
}

AfterAll {
    $null = Stop-PacsSimulator
    Remove-Item -LiteralPath "$env:PACSTOOLS_NODES*" -ErrorAction SilentlyContinue
}

Describe 'The registry of nodes' {
    BeforeEach { Remove-Item "$env:PACSTOOLS_NODES*" -ErrorAction SilentlyContinue }
    AfterEach { $null = Stop-PacsSimulator }

    It 'tests a node, learns what it can do and gives it a name that binds wherever a node does' {
        $node = Register-PacsNode main $peers.Orthanc
        $node.Name | Should -Be 'main'
        $node.Capabilities.ImplementationVersionName | Should -Match 'DCMTK'
        $node.Capabilities.MaxPduLength | Should -Be 16384
        ($node.Capabilities.SopClasses | Where-Object UID -EQ 1.2.840.10008.5.1.4.1.2.2.2).Accepted | Should -BeTrue
        Test-PacsEcho MAIN -Quiet | Should -BeTrue
        @{ Node = 'main' } | Test-PacsEcho -Quiet | Should -BeTrue
        (Find-DicomStudy main -PatientID P1).Node.Name | Should -Be 'main'
        pwsh -NoProfile -NonInteractive -Command "Import-Module '$($peers.Module)'; (Get-PacsNode m*).Address" | Should -Be $peers.Orthanc
    }

    It 'does not register what does not answer, unless told to' {
        $address = "X@127.0.0.1:$($peers.ClosedPort)"
        Register-PacsNode gone $address -Retry 0 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Network.ConnectionRefused,*'
        Get-PacsNode | Should -BeNullOrEmpty
        (Register-PacsNode gone $address -SkipTest).Capabilities | Should -BeNullOrEmpty
        (Register-PacsNode gone2 $address -Force -WarningVariable warnings -WarningAction SilentlyContinue).Address | Should -Be $address
        $warnings | Should -HaveCount 1
    }

    It 'replaces a node only with -Force' {
        $null = Register-PacsNode main A@a.example:1 -SkipTest
        Register-PacsNode Main B@b.example:2 -SkipTest -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Node.AlreadyRegistered,*'
        $null = Register-PacsNode main B@b.example:2 -SkipTest -Force -CallingAETitle ME -ScpAETitle MINE -ScpPort 11200 -QueryModel Patient -TimeoutSeconds 7 -DicomWebUri https://b.example/dicom-web
        $node = Get-PacsNode main
        $node.Address, $node.CallingAETitle, $node.ScpAETitle, $node.ScpPort, "$($node.QueryModel)", $node.Timeout.TotalSeconds, "$($node.DicomWebUri)" |
            Should -Be 'B@b.example:2', 'ME', 'MINE', 11200, 'Patient', 7, 'https://b.example/dicom-web'
    }

    It 'takes many from a table and finds and removes them by wildcards' {
        "Name,HostName,Port,CalledAETitle`nct1,h1,104,CT1`nct2,h2,105,CT2`nmr1,h3,106,MR1" | ConvertFrom-Csv | Register-PacsNode -SkipTest | Should -HaveCount 3
        (Get-PacsNode).Name | Should -Be 'ct1', 'ct2', 'mr1'
        (Get-PacsNode ct*).Port | Should -Be 104, 105
        Get-PacsNode zz* | Should -BeNullOrEmpty
        Get-PacsNode ct3 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Node.NotFound,*'
        "$($errors[0])" | Should -Match 'ct1 or ct2'
        Unregister-PacsNode ct* -WhatIf
        Get-PacsNode | Should -HaveCount 3
        Get-PacsNode ct* | Unregister-PacsNode
        (Get-PacsNode).Name | Should -Be 'mr1'
        Unregister-PacsNode nobody -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Node.NotFound,*'
    }

    It 'does nothing when asked what if' {
        Register-PacsNode main $peers.Orthanc -WhatIf
        Get-PacsNode | Should -BeNullOrEmpty
    }

    It 'refuses the name <_>' -ForEach 'a@b', 'a:1', 'a b', 'a*', '-x' {
        Register-PacsNode -Name $_ -Node A@a:1 -SkipTest -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Node.InvalidName,*'
    }

    It 'names what may have been meant' {
        $null = Register-PacsNode archive A@a:1 -SkipTest
        $caught = { Test-PacsEcho archvie } | Should -Throw -PassThru
        "$caught" | Should -Match 'Did you mean archive'
    }

    It 'completes names everywhere, without a network' {
        $null = Register-PacsNode archive A@unreachable.invalid:1 -SkipTest
        $pacs = Start-PacsSimulator -AETitle SIM
        foreach ($cmdlet in Get-Command -Module PacsTools | Where-Object { $_.Parameters.ContainsKey('Node') }) {
            Complete-Line "$cmdlet -Node arc" | Should -Be 'archive' -Because "$cmdlet -Node"
        }
        foreach ($cmdlet in 'Get-PacsNode', 'Unregister-PacsNode', 'Register-PacsNode') { Complete-Line "$cmdlet arc" | Should -Be 'archive' }
        Complete-Line 'Test-PacsEcho SIM' | Should -Be "'$($pacs.Node.Address)'"
    }

    It 'tells of a damaged store, keeps it, and completes nothing from it' {
        Set-Content -LiteralPath $env:PACSTOOLS_NODES -Value '{ "nodes": { "main": ' -NoNewline
        Get-PacsNode -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'NodeStore.Damaged,*'
        { Test-PacsEcho main } | Should -Throw '*damaged*'
        @(Complete-Line 'Get-PacsNode mai') -eq 'main' | Should -BeNullOrEmpty
        $null = Register-PacsNode new A@a:1 -SkipTest -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -Match 'put aside'
        Get-Content -LiteralPath "$env:PACSTOOLS_NODES.damaged-1" -Raw | Should -Be '{ "nodes": { "main": '
        (Get-PacsNode).Name | Should -Be 'new'
    }

    It 'keeps no secret' {
        $secret = ConvertTo-SecureString 'hunter2-secret' -AsPlainText -Force
        $null = Register-PacsNode main A@a:1 -SkipTest -DicomWebUri https://a/web -DicomWebCredential ([pscredential]::new('reader', $secret))
        Get-Content -LiteralPath $env:PACSTOOLS_NODES -Raw | Should -Not -Match 'hunter2'
        if (-not $IsWindows) { (Get-Item -LiteralPath $env:PACSTOOLS_NODES).UnixMode | Should -Be '-rw-------' }
    }
}

Describe 'Get-PacsCapability' {
    AfterAll { $null = Stop-PacsSimulator }

    It 'tells of every class, in the same order each time' {
        $first = Get-PacsCapability $peers.Orthanc
        $first[0].UID | Should -Be '1.2.840.10008.1.1'
        $first[0].Accepted | Should -BeTrue
        ($first | Where-Object Category -EQ Storage).Count | Should -BeGreaterThan 150
        Compare-Object $first (Get-PacsCapability $peers.Orthanc) -SyncWindow 0 | Should -BeNullOrEmpty
    }

    It 'shows a difference in one line, to a saved result too' {
        $path = Join-Path $peers.Folder 'before.xml'
        Start-PacsSimulator | Get-PacsCapability | Export-Clixml $path
        $after = Start-PacsSimulator -Fault @{ RefuseContext = 'CTImageStorage' } | Get-PacsCapability
        $difference = Compare-Object (Import-Clixml $path) $after -Property UID, Accepted, TransferSyntaxes, ScpRole, Reason
        $difference.UID | Should -Be '1.2.840.10008.5.1.4.1.1.2', '1.2.840.10008.5.1.4.1.1.2'
        ($difference | Where-Object SideIndicator -EQ '=>').Reason | Should -Be 'abstract syntax not supported'
    }

    It 'asks for <What>' -ForEach @(
        @{ What = 'a category'; SopClass = 'Verification'; Count = 1 }
        @{ What = 'a keyword'; SopClass = 'CTImageStorage'; Count = 1 }
        @{ What = 'a name with wildcards'; SopClass = '*Mammography*Presentation*', 'Worklist'; Count = 4 }
        @{ What = 'a UID'; SopClass = '1.2.840.10008.5.1.4.1.2.2.1'; Count = 1 }
        @{ What = 'a private UID'; SopClass = '1.2.276.0.99.1'; Count = 1 }
    ) {
        @(Get-PacsCapability $peers.Orthanc -SopClass $SopClass).Count | Should -BeGreaterOrEqual $Count
    }

    It 'refuses what is no SOP class' {
        $caught = { Get-PacsCapability $peers.Orthanc -SopClass nonsense } | Should -Throw -PassThru
        $caught.FullyQualifiedErrorId | Should -BeLike 'InvalidArgument,*'
    }

    It 'writes an error for a node that does not answer' {
        Get-PacsCapability "X@127.0.0.1:$($peers.ClosedPort)" -Retry 0 -ErrorVariable errors -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Network.ConnectionRefused,*'
    }
}
