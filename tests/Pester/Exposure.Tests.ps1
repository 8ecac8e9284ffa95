# What docs/security.md claims of ports, files and words, seen from outside.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $null = Stop-StorageScp; $null = Stop-PacsSimulator

    # The addresses on which something of this machine listens at a port.
    function Get-Listening([int] $Port) {
        @([Net.NetworkInformation.IPGlobalProperties]::GetIPGlobalProperties().GetActiveTcpListeners() | Where-Object Port -EQ $Port | ForEach-Object { "$($_.Address)" })
    }

    # The sockets of a process that listen, by what Linux tells of them.
    $openPorts = @'
$inodes = @(Get-ChildItem "/proc/$PID/fd" -ErrorAction Ignore | ForEach-Object { "$($_.LinkTarget)" } | Where-Object { $_ -like 'socket:*' } | ForEach-Object { $_ -replace '\D' })
@(Get-Content /proc/self/net/tcp, /proc/self/net/tcp6 -ErrorAction Ignore | ForEach-Object { , ($_.Trim() -split '\s+') } | Where-Object { $_[3] -eq '0A' -and $_[9] -in $inodes }).Count
'@
}

AfterAll { $null = Stop-StorageScp; $null = Stop-PacsSimulator }

Describe 'What listens' {
    AfterEach { $null = Stop-StorageScp; $null = Stop-PacsSimulator }

    It 'opens no port by being imported, asked or used as a client' {
        Skip-TestUnless $IsLinux 'what a process listens on is read from /proc of Linux'
        $script = @"
Import-Module '$($peers.Module)'
`$null = Get-StorageScp; `$null = Test-PacsEcho '$($peers.Orthanc)'; `$null = Find-DicomStudy '$($peers.Orthanc)' -PatientID P1
`$null = Receive-DicomStudy '$($peers.Orthanc)' '$($peers.Small[0].StudyInstanceUID)' -Method CGet -Destination '$(New-TestFolder $peers)'
$openPorts
`$null = Start-StorageScp -Port 0 -BindAddress 127.0.0.1
$openPorts
"@
        # The second number shows that the first can be another than none.
        pwsh -NoProfile -NonInteractive -Command $script | Should -Be '0', '1'
    }

    It 'listens as a simulator on this machine alone, with DICOMweb too' {
        $pacs = Start-PacsSimulator -TestData -DicomWeb
        Get-Listening $pacs.Port | Should -Be '127.0.0.1'
        Get-Listening $pacs.DicomWebUri.Port | Should -Be '127.0.0.1'
    }

    It 'listens as a Storage SCP on every interface, or on the one it is told' {
        $open = Start-StorageScp -AETitle OPEN -Port 0
        Get-Listening $open.Port | Should -BeIn '::', '0.0.0.0'
        $narrow = Start-StorageScp -AETitle NARROW -Port 0 -BindAddress 127.0.0.1
        Get-Listening $narrow.Port | Should -Be '127.0.0.1'
    }

    It 'starts for a C-MOVE a receiver that takes only what is waited for' {
        (Receive-DicomStudy $peers.Orthanc $peers.Small[0].StudyInstanceUID -Method CMove -Destination (New-TestFolder $peers) -AsReport).Complete | Should -BeTrue
        $scp = Get-StorageScp
        $scp | Should -HaveCount 1
        $scp.Accept | Should -Be 'Pending'
        $scp.Path | Should -BeNullOrEmpty
        $file = New-DicomTestStudy (New-TestFolder $peers) -Rows 8 -Columns 8
        $file | Send-DicomFile "$($scp.AETitle)@127.0.0.1:$($scp.Port)" -Retry 0 -ErrorVariable errors -ErrorAction SilentlyContinue | ForEach-Object Outcome | Should -Be 'Failed'
        $errors[0].FullyQualifiedErrorId | Should -BeLike 'Dimse.0124,*'
        $scp.Refused | Should -Be 1
    }
}

Describe 'What is written' {
    AfterEach { $null = Stop-StorageScp; $null = Stop-PacsSimulator }

    It 'gives received files the permissions that other new files get' {
        Skip-TestUnless (-not $IsWindows) 'Windows has no umask'
        $folder = New-TestFolder $peers
        $usual = (New-Item (Join-Path $folder 'usual.txt')).UnixMode
        $usualFolder = (New-Item -ItemType Directory (Join-Path $folder 'usual')).UnixMode
        $pacs = Start-PacsSimulator -TestData
        foreach ($method in 'CMove', 'CGet') {
            $place = Join-Path $folder $method
            $null = Find-DicomStudy $pacs -MaxResults 1 | Receive-DicomStudy -Method $method -ScpPort $peers.ScpPort -Destination $place
            (Get-TestFiles $place).UnixMode | Select-Object -Unique | Should -Be $usual
            (Get-ChildItem -LiteralPath $place -Recurse -Directory).UnixMode | Select-Object -Unique | Should -Be $usualFolder
        }
    }
}

Describe 'What is written beside' {
    AfterAll { $null = Stop-StorageScp; $null = Stop-PacsSimulator }

    It 'writes nothing beside what it was asked to' {
        $home1 = New-TestFolder $peers
        $module = Split-Path $peers.Module
        $before = Get-ChildItem $module -Recurse | ForEach-Object { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks)" }
        # Another home, folder for configuration and temporary folder, so that whatever is written without being asked for would lie there.
        $script = @"
Import-Module '$($peers.Module)'
`$env:PACSTOOLS_NODES = `$null
`$pacs = Start-PacsSimulator -TestData -DicomWeb; `$other = Start-PacsSimulator -AETitle OTHER
`$null = Find-DicomStudy `$pacs; `$null = Test-PacsNode `$pacs; `$null = Get-PacsCapability `$pacs; `$null = Get-PacsNode; `$null = Get-PacsMetric
`$null = Find-DicomStudy `$pacs -MaxResults 2 | Receive-DicomStudy -Method CGet -Destination '$home1/asked' | Send-DicomFile `$pacs
`$null = Copy-DicomStudy `$pacs (Find-DicomStudy `$pacs -MaxResults 1).StudyInstanceUID -DestinationNode `$other.Node -Method CGet
Remove-Module PacsTools
"@
        $variables = @{ HOME = "$home1/home"; XDG_CONFIG_HOME = "$home1/config"; XDG_DATA_HOME = "$home1/data"; XDG_CACHE_HOME = "$home1/cache"; TMPDIR = "$home1/tmp"; TEMP = "$home1/tmp"; TMP = "$home1/tmp"; PACSTOOLS_STORAGE = $null }
        foreach ($folder in 'home', 'config', 'data', 'cache', 'tmp', 'asked') { $null = New-Item -ItemType Directory "$home1/$folder" }
        $saved = @{}
        foreach ($name in $variables.Keys) { $saved[$name] = [Environment]::GetEnvironmentVariable($name); [Environment]::SetEnvironmentVariable($name, $variables[$name]) }
        try { pwsh -NoProfile -NonInteractive -Command $script 2>&1 | Should -BeNullOrEmpty }
        finally { foreach ($name in $saved.Keys) { [Environment]::SetEnvironmentVariable($name, $saved[$name]) } }
        Get-TestFiles "$home1/asked" | Should -Not -BeNullOrEmpty
        # PowerShell itself keeps its own things there.
        @(Get-ChildItem $home1 -Recurse -File -Force | Where-Object FullName -NotMatch 'asked|powershell|clr-debug-pipe|dotnet-diagnostic|PSScriptAnalyzer|\.dotnet').FullName | Should -BeNullOrEmpty
        Get-ChildItem $module -Recurse | ForEach-Object { "$($_.FullName) $($_.LastWriteTimeUtc.Ticks)" } | Should -Be $before
    }
}

Describe 'What is told' {
    BeforeAll {
        # Seldom in anything that is not about the patient.
        $name = 'ZZQUXX^WILHELMINA'; $id = 'QX77341ZZ'; $birth = '19231107'
        $folder = New-TestFolder $peers
        $made = @(New-DicomTestStudy $folder -Instances 4 -Rows 8 -Columns 8 -PatientName $name -PatientID $id -PatientBirthDate 1923-11-07 -StudyDescription 'ZZSECRETSTUDY' -Seed 31)
        $secret = 'ZZQUXX|WILHELMINA|QX77341ZZ|19231107|1923-11-07|ZZSECRETSTUDY'
    }
    AfterAll { $null = Stop-StorageScp; $null = Stop-PacsSimulator }

    It 'tells of no patient in verbose, warnings, progress and errors' {
        $pacs = Start-PacsSimulator $folder -AETitle GOOD
        $bad = Start-PacsSimulator $folder -AETitle BAD -Fault @{ FailEvery = 2; PendingWarning = $true }
        $broken = Start-PacsSimulator $folder -AETitle BROKEN -Fault @{ Status = 'A700' }
        $powershell = [powershell]::Create()
        try {
            $null = $powershell.AddScript({
                    param($module, $pacs, $bad, $broken, $name, $id, $folder, $place, $port)
                    Import-Module $module
                    $VerbosePreference = 'Continue'
                    foreach ($node in $pacs, $bad, $broken) {
                        Find-DicomPatient $node -PatientName $name -PatientID $id -QueryModel Patient
                        Find-DicomStudy $node -PatientName $name -PatientID $id -PatientBirthDate 1923-11-07 -StudyDescription 'ZZSECRETSTUDY' -Retry 0
                        $study = Find-DicomStudy $pacs -PatientID $id
                        foreach ($method in 'CMove', 'CGet') { $study | Receive-DicomStudy -Node $node.Node -Method $method -ScpPort $port -Destination (Join-Path $place "$($node.AETitle)$method") -Retry 0 }
                        Get-ChildItem $folder -Filter *.dcm -Recurse | Send-DicomFile $node -Retry 0
                        Copy-DicomStudy $pacs $study.StudyInstanceUID -DestinationNode $node.Node -ScpPort $port -Retry 0
                    }
                    Get-ChildItem $folder -Filter *.dcm -Recurse | Get-DicomFile
                }).AddParameters(@{ module = $peers.Module; pacs = $pacs; bad = $bad; broken = $broken; name = $name; id = $id; folder = $folder; place = (New-TestFolder $peers); port = $peers.ScpPort })
            $results = @($powershell.Invoke())
            $said = @(
                $powershell.Streams.Verbose.Message
                $powershell.Streams.Warning.Message
                $powershell.Streams.Progress | ForEach-Object { "$($_.Activity) $($_.StatusDescription) $($_.CurrentOperation)" }
                $powershell.Streams.Error | ForEach-Object { "$_ $($_.ErrorDetails) $($_.FullyQualifiedErrorId) $($_.CategoryInfo.TargetName) $($_.Exception)" }
            )
            # There was something to tell, and errors and warnings were among it.
            $powershell.Streams.Verbose.Count | Should -BeGreaterThan 20
            $powershell.Streams.Error.Count | Should -BeGreaterThan 3
            "$($results.PatientID)" | Should -Match $id
            $said | Where-Object { $_ -match $secret } | Should -BeNullOrEmpty
        }
        finally { $powershell.Dispose() }
    }

    It 'shows no passcode in a transcript, with patient data or without' {
        $pacs = Start-PacsSimulator $folder -AETitle ASKS
        $user = [pscredential]::new('jane', (ConvertTo-SecureString 'pa55codeZZ' -AsPlainText -Force))
        foreach ($more in @{}, @{ TranscriptPatientData = $true }) {
            $path = Join-Path (New-TestFolder $peers) 'transcript.txt'
            # An echo opens an association of its own; a query may find one in the pool, whose beginning is not seen again.
            $null = Test-PacsEcho $pacs -Credential $user -AllowUnencryptedAuthentication -Transcript $path @more
            $text = Get-Content -LiteralPath $path -Raw
            $text | Should -Match 'user identity'
            $text | Should -Not -Match 'pa55codeZZ'
            $text | Should -Not -Match ([Convert]::ToHexString([Text.Encoding]::UTF8.GetBytes('pa55codeZZ')))
        }
    }
}
