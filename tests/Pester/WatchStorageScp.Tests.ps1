BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $null = Stop-StorageScp

    # Sends files from a thread of its own as soon as so many watch.
    function Start-Sender {
        param([Parameter(Mandatory)] $Scp, [Parameter(Mandatory)] [string[]] $File, [int] $Watchers = 1, [scriptblock] $Then)
        Start-ThreadJob -ArgumentList $peers.Module, $Scp, $File, $Watchers, "$Then" {
            param($Module, $Scp, $File, $Watchers, $Then)
            Import-Module $Module
            $limit = [datetime]::UtcNow.AddSeconds(30)
            while ($Scp.Watchers -lt $Watchers -and [datetime]::UtcNow -lt $limit) { [System.Threading.Thread]::Sleep(5) }
            Send-DicomFile "$($Scp.AETitle)@127.0.0.1:$($Scp.Port)" -LiteralPath $File
            if ($Then) { & ([scriptblock]::Create($Then)) }
        }
    }
    $files = (New-DicomTestStudy -Path (New-TestFolder $peers) -Series 2 -Instances 3 -Modality SC).Path
}

Describe 'Watch-StorageScp' {
    BeforeEach { $scp = Start-StorageScp -AETitle WATCHED -Port 0 -BindAddress 127.0.0.1 -Path (New-TestFolder $peers) }
    AfterEach {
        $null = Stop-StorageScp
        Get-Job | Remove-Job -Force
    }

    It 'shows instances as they arrive and ends after -Count' {
        $null = Start-Sender $scp $files
        $seen = @($scp | Watch-StorageScp -Count 6 -TimeoutSeconds 30)
        $seen | Should -HaveCount 6
        $seen[0].GetType().Name | Should -Be 'DicomInstanceFile'
        $seen | ForEach-Object { $_.Path | Should -Exist }
        $seen[0].SendingAETitle | Should -Be 'RIS_CONNECTOR'
        $seen[0].SendingAddress | Should -Be '127.0.0.1'
        $scp.Watchers | Should -Be 0
    }

    It 'shows a study that fell silent, which pipes on as its files' {
        $null = Start-Sender $scp $files
        $study = Watch-StorageScp -Port $scp.Port -StudyQuietSeconds 0.5 -Count 1 -TimeoutSeconds 30
        $study.GetType().Name | Should -Be 'DicomStudyArrival'
        $study.Received | Should -Be 6
        $study.NumberOfSeries | Should -Be 2
        $study.Path | Should -HaveCount 6
        $archive = Start-PacsSimulator
        try { @($study | Send-DicomFile $archive | Where-Object Outcome -EQ Stored) | Should -HaveCount 6 }
        finally { $null = Stop-PacsSimulator }
    }

    It 'shows everything to several watchers' {
        $other = Start-ThreadJob -ArgumentList $peers.Module, $scp { param($Module, $Scp) Import-Module $Module; Watch-StorageScp -Port $Scp.Port -Count 6 -TimeoutSeconds 30 }
        $null = Start-Sender $scp $files -Watchers 2
        @(Watch-StorageScp -Count 6 -TimeoutSeconds 30) | Should -HaveCount 6
        @($other | Receive-Job -Wait) | Should -HaveCount 6
    }

    It 'ends with an error when the time is over before -Count' {
        $null = Start-Sender $scp $files[0]
        $seen = @(Watch-StorageScp -Count 2 -TimeoutSeconds 2 -ErrorVariable errors -ErrorAction SilentlyContinue)
        $seen | Should -HaveCount 1
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'StorageScp.WatchTimeout,*'
        $errors[0].CategoryInfo.Category | Should -Be 'OperationTimeout'
    }

    It 'ends quietly when the time is over without -Count' {
        $null = Watch-StorageScp -TimeoutSeconds 0.2 -ErrorVariable errors
        $errors | Should -BeNullOrEmpty
    }

    It 'ends when the Storage SCP is stopped' {
        $null = Start-Sender $scp $files -Then { Stop-StorageScp }
        @(Watch-StorageScp -ErrorVariable errors) | Should -HaveCount 6
        $errors | Should -BeNullOrEmpty
    }

    It 'stops with Select-Object -First and leaves nothing behind' {
        $null = Start-Sender $scp $files
        @(Watch-StorageScp | Select-Object -First 2) | Should -HaveCount 2
        $scp.Watchers | Should -Be 0
    }

    It 'stops with Ctrl+C' {
        $stopped = Stop-TestScript 'Watch-StorageScp' $peers -AfterCondition { $scp.Watchers -eq 1 }
        $stopped.State | Should -Be 'Stopped'
        $stopped.Seconds | Should -BeLessThan 2
        $scp.Watchers | Should -Be 0
    }

    It 'does not hold up senders however slow the pipeline is' {
        $sender = Start-Sender $scp $files
        $seen = Watch-StorageScp -Count 6 -TimeoutSeconds 30 | ForEach-Object { $null = $sender | Wait-Job -Timeout 30; $_ }
        @($seen) | Should -HaveCount 6
        @($sender | Receive-Job | Where-Object Outcome -EQ Stored) | Should -HaveCount 6
    }

    It 'is an error where none runs' {
        $null = Stop-StorageScp
        $null = Watch-StorageScp -TimeoutSeconds 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'StorageScp.NotFound,*'
        $null = Watch-StorageScp -Port $peers.ClosedPort -TimeoutSeconds 1 -ErrorVariable errors -ErrorAction SilentlyContinue
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'StorageScp.NotFound,*'
        Get-StorageScp | Watch-StorageScp -TimeoutSeconds 1 | Should -BeNullOrEmpty
    }
}

Describe 'The limits of Start-StorageScp' {
    AfterEach { $null = Stop-StorageScp }

    It 'takes private SOP classes on request: <Arguments>' -ForEach @(
        @{ Arguments = @{}; Accepted = 0 }
        @{ Arguments = @{ AcceptSopClass = '1.3.12.2.1107.5.9.1' }; Accepted = 1 }
        @{ Arguments = @{ AcceptAnySopClass = $true }; Accepted = 1 }
    ) {
        $folder = New-TestFolder $peers
        $scp = Start-StorageScp -AETitle MY_SCP -Port 0 -BindAddress 127.0.0.1 -Path $folder @Arguments
        $source = (New-DicomTestStudy -Path (New-TestFolder $peers) -Modality SC).Path
        dcmodify -nb -m '0008,0016=1.3.12.2.1107.5.9.1' $source 2>&1 | Out-Null
        $result = Send-DicomFile "MY_SCP@127.0.0.1:$($scp.Port)" -LiteralPath $source -ErrorAction SilentlyContinue
        @($result | Where-Object Outcome -EQ Stored) | Should -HaveCount $Accepted
    }

    It 'keeps -MinimumFreeSpace free' {
        $scp = Start-StorageScp -AETitle MY_SCP -Port 0 -BindAddress 127.0.0.1 -Path (New-TestFolder $peers) -MinimumFreeSpace ([long]::MaxValue)
        $result = Send-DicomFile "MY_SCP@127.0.0.1:$($scp.Port)" -LiteralPath $files[0] -Retry 0 -ErrorVariable errors -ErrorAction SilentlyContinue
        $result.Status | Should -Be 0xA700
        $scp.Failed | Should -Be 1
        Get-ChildItem $scp.Path | Should -BeNullOrEmpty
    }

    It 'names files by a hash or a part of a date' {
        $scp = Start-StorageScp -AETitle MY_SCP -Port 0 -BindAddress 127.0.0.1 -Path (New-TestFolder $peers) -Layout '{PatientID:hash8}/{StudyDate:yyyy}/{0008,0018}.dcm'
        $null = Send-DicomFile "MY_SCP@127.0.0.1:$($scp.Port)" -LiteralPath $files[0]
        [IO.Path]::GetRelativePath($scp.Path, (Get-TestFiles $scp.Path)[0].FullName) | Should -Match '^[0-9a-f]{8}.\d{4}.[\d.]+\.dcm$'
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a reserve without a disk'; Arguments = @{ MinimumFreeSpace = 1GB } }
        @{ What = 'a PDU too short for anything'; Arguments = @{ MaxPduLength = 8 } }
        @{ What = 'a SOP class that is none'; Arguments = @{ AcceptSopClass = 'CT' } }
        @{ What = 'a transfer syntax that is none'; Arguments = @{ PreferredTransferSyntax = 'jpeg' } }
        @{ What = 'a layout, with the place of the error'; Arguments = @{ Layout = 'a/{PatientID:hash99}' }; Words = 'position 3' }
    ) {
        { Start-StorageScp -Port 0 @Arguments } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage "*$Words*"
        Get-StorageScp | Should -BeNullOrEmpty
    }

    It 'takes: <Arguments>' -ForEach @(
        @{ Arguments = @{ MaxPduLength = 0; PreferredTransferSyntax = 'ExplicitVRLittleEndian', 'JPEG2000Lossless'; AcceptSopClass = '1.2.3' } }
        @{ Arguments = @{ MaxPduLength = 129; MaxAssociationsPerPeer = 3; IdleTimeoutSeconds = 20; ArtimTimeoutSeconds = 5 } }
    ) {
        $scp = Start-StorageScp -AETitle MY_SCP -Port 0 -BindAddress 127.0.0.1 -Path (New-TestFolder $peers) @Arguments
        @(Send-DicomFile "MY_SCP@127.0.0.1:$($scp.Port)" -LiteralPath $files | Where-Object Outcome -EQ Stored) | Should -HaveCount 6
    }
}
