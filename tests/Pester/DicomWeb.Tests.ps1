BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $closed = "NIX@127.0.0.1:$($peers.ClosedPort)"
}

Describe 'DICOMweb' {
    BeforeEach { Skip-TestUnless ([bool] $peers.DicomWeb) 'the DICOMweb plugin of Orthanc is not installed' -Requirement orthanc-dicomweb }

    It 'goes down the pipeline with what a query found' {
        $folder = New-TestFolder $peers
        $report = Find-DicomStudy $peers.Orthanc -PatientID P1 -DicomWebUri $peers.DicomWeb | Receive-DicomStudy -Method DicomWeb -Destination $folder -AsReport
        $report.Complete | Should -BeTrue
        $report.Method | Should -Be 'DicomWeb'
        $report.Stored | Should -Be $peers.Small[0].Instances
        (Get-TestFiles $folder).Count | Should -Be $peers.Small[0].Instances
    }

    It 'receives series and instances' {
        $series = Find-DicomSeries $peers.Orthanc -StudyInstanceUID $peers.Small[0].StudyInstanceUID -DicomWebUri $peers.DicomWeb | Select-Object -First 1
        ($series | Receive-DicomSeries -Method DicomWeb -AsReport).Complete | Should -BeTrue
        ($series | Find-DicomInstance | Select-Object -First 1 | Receive-DicomInstance -Method DicomWeb).Outcome | Should -Be 'Stored'
    }

    It 'receives by its own UID alone, and says where that is not enough' {
        $first = Find-DicomInstance $peers.Orthanc -StudyInstanceUID $peers.Small[0].StudyInstanceUID | Select-Object -First 1
        (Receive-DicomSeries $closed $first.SeriesInstanceUID -DicomWebUri $peers.DicomWeb -AsReport).Complete | Should -BeTrue
        $file = $first.SOPInstanceUID | Receive-DicomInstance $closed -DicomWebUri $peers.DicomWeb -Method DicomWeb
        ($file.Outcome, $file.StudyInstanceUID) | Should -Be @('Stored', $peers.Small[0].StudyInstanceUID)
        Receive-DicomInstance $closed 1.2.3 -DicomWebUri $peers.DicomWeb -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'DicomWeb.NotFound,*'
        Receive-DicomSeries $peers.Orthanc $first.SeriesInstanceUID -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'Query.MissingKey,*'
        { Receive-DicomInstance $closed 1.2.3 -StudyInstanceUID '' -DicomWebUri $peers.DicomWeb -ErrorAction Stop } | Should -Throw '*empty*'
    }

    It 'delivers where no association can be had, and says so' {
        $report = Receive-DicomStudy $closed $peers.Small[1].StudyInstanceUID -DicomWebUri $peers.DicomWeb -Retry 0 -AsReport
        $report.Complete | Should -BeTrue
        $report.Attempts.Method | Should -Be @('CMove', 'DicomWeb')
    }

    It 'ends at once with Select-Object -First and with Ctrl+C' {
        $folder = New-TestFolder $peers
        @(Receive-DicomStudy $closed $peers.Big.StudyInstanceUID -DicomWebUri $peers.DicomWeb -Method DicomWeb -Destination $folder | Select-Object -First 1).Count | Should -Be 1
        Get-TestFiles $folder .part | Should -BeNullOrEmpty
        $stopped = Stop-TestScript 'Receive-DicomStudy $node $study -DicomWebUri $web -Method DicomWeb -Destination $folder' $peers -AfterOutput 3 -Variables @{
            node = $closed; study = $peers.Big.StudyInstanceUID; web = $peers.DicomWeb; folder = $folder
        }
        $stopped.Seconds | Should -BeLessThan 2
        Get-TestFiles $folder .part | Should -BeNullOrEmpty
    }

    It 'says what is wrong with <What>' -ForEach @(
        @{ What = 'a study that is not there'; Id = 'DicomWeb.NotFound'; Study = '1.2.3.4'; Uri = { $peers.DicomWeb } }
        @{ What = 'another path'; Id = 'DicomWeb.NotFound'; Study = '1.2.3'; Uri = { [uri]::new([uri] $peers.DicomWeb, '/nothing') } }
        @{ What = 'a closed port'; Id = 'Network.ConnectionRefused'; Study = '1.2.3'; Uri = { "http://127.0.0.1:$($peers.ClosedPort)/web" } }
    ) {
        Receive-DicomStudy $closed $Study -DicomWebUri (& $Uri) -Method DicomWeb -Retry 0 -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike "$Id,*"
    }

    It 'sends files by STOW-RS' {
        $sent = New-TestFolder $peers
        $files = New-DicomTestStudy -Path $sent -Series 1 -Instances 2 -PatientID STOWED
        $results = Send-DicomFile $closed $sent -Recurse -Method DicomWeb -DicomWebUri $peers.DicomWeb
        $results.Outcome | Should -Be @('Stored', 'Stored')
        (Find-DicomStudy $peers.Orthanc -PatientID STOWED).StudyInstanceUID | Should -Be $files[0].StudyInstanceUID
    }

    It 'sends by STOW-RS of itself where no association can be had, and says so' {
        $files = New-DicomTestStudy -Path (New-TestFolder $peers) -Series 1 -Instances 2 -PatientID WEBONLY
        $results = $files | Send-DicomFile -Node $closed -DicomWebUri $peers.DicomWeb -Retry 0 -Verbose 4>&1
        $told, $results = $results.Where({ $_ -is [System.Management.Automation.VerboseRecord] }, 'Split')
        $results.Outcome | Should -Be @('Stored', 'Stored')
        $results.Method | Should -Be @('DicomWeb', 'DicomWeb')
        $results[0].Reason | Should -BeLike '*STOW-RS*refused*'
        "$told" | Should -BeLike '*STOW-RS*'
        (Find-DicomInstance $peers.Orthanc -StudyInstanceUID $files[0].StudyInstanceUID) | Should -HaveCount 2
        Send-DicomFile $closed $files[0].Path -DicomWebUri $peers.DicomWeb -Retry 0 -Method CStore -ErrorAction SilentlyContinue -ErrorVariable problems | ForEach-Object Outcome | Should -Be 'Failed'
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'Network.*'
    }
}

Describe 'Arguments of DICOMweb' {
    It 'refuses <Uri>' -ForEach @(@{ Uri = 'pacs/dicom-web' }, @{ Uri = 'ftp://pacs/dicom-web' }, @{ Uri = 'https://user:word@pacs/x' }) {
        { Receive-DicomStudy $closed 1.2.3 -DicomWebUri $Uri -ErrorAction Stop } | Should -Throw
    }

    It 'needs an address' {
        Receive-DicomStudy $closed 1.2.3 -Method DicomWeb -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'DicomWeb.NoUri,*'
    }

    It 'keeps password and token out of everything that is shown or exported' {
        $secret = ConvertTo-SecureString 'open-sesame' -AsPlainText -Force
        $nodes = @(
            (Test-PacsEcho $closed -Retry 0 -DicomWebUri https://pacs/web -DicomWebToken $secret -ErrorAction SilentlyContinue).Node
            (Test-PacsEcho $closed -Retry 0 -DicomWebUri https://pacs/web -DicomWebCredential ([pscredential]::new('me', $secret)) -ErrorAction SilentlyContinue).Node
        )
        $path = Join-Path (New-TestFolder $peers) 'nodes.xml'
        $nodes | Export-Clixml $path
        $shown = ($nodes | Format-List * | Out-String) + ($nodes | ConvertTo-Json -Depth 5) + (Get-Content $path -Raw)
        $shown | Should -Not -Match 'sesame'
        $nodes[1].DicomWebCredential.UserName | Should -Be 'me'
        $nodes[0].DicomWebUri | Should -Be 'https://pacs/web'
    }

    It 'does not send a password in the clear to another host' {
        $credential = [pscredential]::new('me', (ConvertTo-SecureString 'x' -AsPlainText -Force))
        Receive-DicomStudy $closed 1.2.3 -Method DicomWeb -DicomWebUri http://192.0.2.1/web -DicomWebCredential $credential -ErrorVariable problems -ErrorAction SilentlyContinue
        $problems[0].FullyQualifiedErrorId | Should -BeLike 'DicomWeb.Unencrypted,*'
    }
}
