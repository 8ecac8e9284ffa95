BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $hostName, $port = ($peers.Orthanc -split '@')[1] -split ':'
}

Describe '-Node' {
    It 'takes <What>' -ForEach @(
        @{ What = 'AE@host:port'; Make = { $peers.Orthanc } }
        @{ What = 'a node'; Make = { (Test-PacsEcho $peers.Orthanc).Node } }
        @{ What = 'a hashtable'; Make = { @{ HostName = $hostName; Port = $port; CalledAETitle = 'ORTHANC' } } }
        @{ What = 'a hashtable with the names of the parameters'; Make = { @{ ComputerName = $hostName; Port = [int] $port; AETitle = 'ORTHANC' } } }
        @{ What = 'an object'; Make = { [pscustomobject] @{ HostName = $hostName; Port = [int] $port; CalledAETitle = 'ORTHANC' } } }
        @{ What = 'an object with a Node'; Make = { [pscustomobject] @{ Node = $peers.Orthanc } } }
        @{ What = 'a hashtable with a Node'; Make = { @{ Node = @{ HostName = $hostName; Port = $port; CalledAETitle = 'ORTHANC' } } } }
        @{ What = 'the result of an echo'; Make = { Test-PacsEcho $peers.Orthanc } }
        @{ What = 'a study'; Make = { Find-DicomStudy $peers.Orthanc -PatientID P1 } }
    ) {
        $value = & $Make
        Test-PacsEcho -Node $value -Quiet | Should -BeTrue
        $value | Test-PacsEcho -Quiet | Should -BeTrue
    }

    It 'takes the rows of a CSV file' {
        $rows = "HostName,Port,CalledAETitle`n$hostName,$port,ORTHANC`n$hostName,$($peers.ClosedPort),ORTHANC" | ConvertFrom-Csv
        $rows | Test-PacsEcho -Quiet | Should -Be @($true, $false)
    }

    It 'takes what came back from a job' {
        $study = Start-Job { param($Module, $Node) Import-Module $Module; Find-DicomStudy $Node -PatientID P2 } -ArgumentList $peers.Module, $peers.Orthanc |
            Receive-Job -Wait -AutoRemoveJob
        $study.PSTypeNames[0] | Should -BeLike 'Deserialized.*'
        ($study | Test-PacsEcho).Success | Should -BeTrue
        ($study | Find-DicomStudy).StudyInstanceUID | Should -Be $peers.Small[1].StudyInstanceUID
    }

    It 'takes what was exported to CLIXML, and no data set goes with it' {
        $path = Join-Path $peers.Folder 'study.xml'
        Find-DicomStudy $peers.Orthanc -PatientID P3 -CallingAETitle OTHER_AE | Export-Clixml $path
        $study = Import-Clixml $path
        $study.Node.CallingAETitle | Should -Be 'OTHER_AE'
        $study.PSObject.Properties.Name | Should -Not -Contain 'Dataset'
        ($study | Find-DicomStudy).PatientID | Should -Be 'P3'
    }

    It 'carries our AE title and the timeout to the next cmdlet' {
        $node = (Find-DicomStudy $peers.Orthanc -PatientID P1 -CallingAETitle OTHER_AE -TimeoutSeconds 33).Node
        $node.CallingAETitle | Should -Be 'OTHER_AE'
        $node.Timeout.TotalSeconds | Should -Be 33
    }

    It 'refuses <What> and says what to write' -ForEach @(
        @{ What = 'a bare word'; Value = 'main' }
        @{ What = 'a file'; Value = { Get-Item . } }
        @{ What = 'several'; Value = 'A@a:1', 'B@b:1' }
        @{ What = 'null'; Value = $null }
    ) {
        if ($Value -is [scriptblock]) { $Value = & $Value }
        { Test-PacsEcho -Node $Value } | Should -Throw -ExceptionType ([System.Management.Automation.ParameterBindingException])
    }

    It 'says of a port that is none what a port is, and nothing of our code' {
        $caught = { Test-PacsEcho @{ HostName = 'h'; Port = 99999 } } | Should -Throw -PassThru
        "$caught" | Should -Match 'Port 99999 is not in 1 to 65535\.$'
        $caught = { New-DicomTestStudy (New-TestFolder $peers) -StudyInstanceUID abc } | Should -Throw -PassThru
        "$caught" | Should -Be "'abc' is no UID."
    }

    It 'takes seconds for the timeout of a table, as -Timeout does' {
        (Test-PacsEcho @{ HostName = $hostName; Port = $port; CalledAETitle = 'ORTHANC'; Timeout = 30 }).Node.Timeout | Should -Be ([timespan] '00:00:30')
    }

    It 'cannot stand beside -HostName' {
        { Test-PacsEcho -Node $peers.Orthanc -HostName $hostName } | Should -Throw -ErrorId 'AmbiguousParameterSet*'
    }
}

Describe 'The address' {
    It 'is spelled out with <Name>' -ForEach @(
        @{ Name = 'HostName'; Title = 'CalledAETitle' }
        @{ Name = 'IPAddress'; Title = 'RemoteAETitle' }
        @{ Name = 'ComputerName'; Title = 'AETitle' }
    ) {
        $address = @{ $Name = $hostName; Port = $port; $Title = 'ORTHANC'; LocalAETitle = 'ME'; Timeout = 5 }
        $result = Test-PacsEcho @address
        $result.Success | Should -BeTrue
        $result.Node.CallingAETitle | Should -Be 'ME'
    }

    It 'calls ANY-SCP unless told otherwise' {
        (Test-PacsEcho -HostName $hostName -Port $port).CalledAETitle | Should -Be 'ANY-SCP'
    }
}

Describe 'Test-PacsEcho' {
    It 'tells what answered' {
        $result = Test-PacsEcho $peers.Orthanc
        $result.Success | Should -BeTrue
        $result.Status | Should -Be 0
        $result.RoundtripTime | Should -BeGreaterThan 0
        $result.AssociationTime | Should -BeGreaterThan 0
        $result.ImplementationClassUID | Should -Not -BeNullOrEmpty
        $result.MaxPduLength | Should -BeGreaterThan 0
        $result.Error | Should -BeNullOrEmpty
    }

    It 'sends as many as asked' {
        (Test-PacsEcho $peers.Orthanc -Count 3).Success | Should -Be @($true, $true, $true)
    }

    It 'writes no error record when it fails, but has one in its result' {
        $result = Test-PacsEcho "X@127.0.0.1:$($peers.ClosedPort)" -ErrorAction Stop
        $result.Success | Should -BeFalse
        $result.Error.FullyQualifiedErrorId | Should -Be 'Network.ConnectionRefused'
        $result.Error.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'does not mistake a rejection for an answer' {
        $result = Test-PacsEcho "WRONG@${hostName}:$port"
        $result.Success | Should -BeFalse
        $result.Error.FullyQualifiedErrorId | Should -Be 'AssociationRejected.CalledAENotRecognized'
        "$($result.Error)" | Should -Match "WRONG@${hostName}:$port"
    }
}
