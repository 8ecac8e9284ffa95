# The session the examples of the help are written for: nodes `main` and `archive`, files in ./in, tables and lists beside it.

$state = @{}

# Starts the archives and prepares what every example finds in its folder.
function Start-ExampleSession {
    param([Parameter(Mandatory)] $Peers)
    $state.Peers = $Peers
    $state.Template = New-TestFolder $Peers
    $state.Nodes = "$env:PACSTOOLS_NODES.examples"
    $state.Stop = [System.Threading.ManualResetEventSlim]::new($false)
    $state.Main = Start-PacsSimulator -TestData -AETitle MAIN -DicomWeb
    $state.Archive = Start-PacsSimulator -AETitle ARCHIVE

    foreach ($node in @{ main = $state.Main; archive = $state.Archive; 'old-ct' = $state.Archive }.GetEnumerator()) { $null = Register-PacsNode $node.Key $node.Value -Force }
    Copy-Item -LiteralPath $env:PACSTOOLS_NODES -Destination $state.Nodes

    Push-Location $state.Template
    try {
        $null = New-Item -ItemType Directory in, in/more, inbox
        $made = @(New-DicomTestStudy ./made -Seed 7 -Instances 4 -Rows 64 -Columns 64)
        $made | Select-Object -First 3 | ForEach-Object { Copy-Item -LiteralPath $_.Path -Destination ./in }
        $made | Select-Object -Last 1 | ForEach-Object { Copy-Item -LiteralPath $_.Path -Destination ./in/more }
        Remove-Item ./made -Recurse
        $studies = @(Find-DicomStudy main -PatientID SYN000001 | Where-Object ModalitiesInStudy -NE CT)
        $studies.StudyInstanceUID | Set-Content ./uids.txt
        $studies | Select-Object AccessionNumber | Export-Csv ./orders.csv
        [pscustomobject]@{ Name = 'pacs2'; HostName = '127.0.0.1'; Port = $state.Main.Port; CalledAETitle = 'MAIN' } | Export-Csv ./archives.csv
        New-ExampleCertificate ./scp.pfx
    }
    finally { Pop-Location }
    Start-ExampleSender
}

function Stop-ExampleSession {
    $state.Stop.Set()
    $null = $state.Sender.EndInvoke($state.Sending)
    $state.Sender.Dispose()
    $null = Stop-StorageScp
    $null = Stop-PacsSimulator
}

# Runs an example in a folder of its own, and tells what it wrote.
function Invoke-Example {
    param([Parameter(Mandatory)] [string] $Code)
    $folder = New-TestFolder $state.Peers
    Copy-Item -Path (Join-Path $state.Template '*') -Destination $folder -Recurse
    Restore-ExampleSession
    # What an example asks of the person at the prompt.
    function Read-Host { ConvertTo-SecureString 'secret' -AsPlainText -Force }
    $ProgressPreference = 'SilentlyContinue'
    $errors = [System.Collections.Generic.List[object]]::new()
    $output = [System.Collections.Generic.List[object]]::new()
    Push-Location $folder
    try {
        . ([scriptblock]::Create((Edit-Example $Code))) 2>&1 | ForEach-Object {
            if ($_ -is [System.Management.Automation.ErrorRecord]) { $errors.Add($_) } else { $output.Add($_) }
        }
    }
    catch { $errors.Add($_) }
    finally { Pop-Location }
    [pscustomobject]@{ Errors = $errors; Output = $output; Text = ($output | Out-String) }
}

# Addresses of nobody become those of the simulators, and patience becomes impatience: everything else runs as it is written.
function Edit-Example {
    param([string] $Code)
    $Code -replace 'pacs\.example', '127.0.0.1' -replace '\b11112\b', $state.Main.Port -replace '0\.0\.0\.0', '127.0.0.1' -replace 'TimeoutSeconds 60\b', 'TimeoutSeconds 0.5' -replace 'StudyQuietSeconds 30\b', 'StudyQuietSeconds 0.3'
}

# As if no example had run before.
function Restore-ExampleSession {
    $null = Stop-StorageScp
    $ours = $state.Main.Port, $state.Archive.Port
    Get-PacsSimulator | Where-Object Port -NotIn $ours | Stop-PacsSimulator | Out-Null
    if (-not $state.Main.IsRunning) { $state.Main = Start-PacsSimulator -TestData -AETitle MAIN -Port $state.Main.Port -DicomWebPort $state.Main.DicomWebUri.Port }
    if (-not $state.Archive.IsRunning) { $state.Archive = Start-PacsSimulator -AETitle ARCHIVE -Port $state.Archive.Port }
    Copy-Item -LiteralPath $state.Nodes -Destination $env:PACSTOOLS_NODES -Force
}

# Sends small studies to whatever is watched, from a runspace of its own, until the session ends.
function Start-ExampleSender {
    $state.Sender = [powershell]::Create()
    $null = $state.Sender.AddScript({
            param($Module, $Stop, $Folder)
            Import-Module $Module
            $ProgressPreference = 'SilentlyContinue'
            $seed = 1000
            while (-not $Stop.Wait(50)) {
                foreach ($scp in Get-StorageScp | Where-Object Watchers -GT 0) {
                    $study = New-DicomTestStudy $Folder -Seed (++$seed) -Instances 3 -Rows 8 -Columns 8
                    $study | Send-DicomFile -HostName 127.0.0.1 -Port $scp.Port -CalledAETitle $scp.AETitle -CallingAETitle CT1 -Retry 0 -ErrorAction Ignore | Out-Null
                }
            }
        }).AddParameter('Module', $state.Peers.Module).AddParameter('Stop', $state.Stop).AddParameter('Folder', (New-TestFolder $state.Peers))
    $state.Sending = $state.Sender.BeginInvoke()
}

function New-ExampleCertificate {
    param([string] $Path)
    $key = [System.Security.Cryptography.RSA]::Create(2048)
    try {
        $request = [System.Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=localhost', $key, 'SHA256', [System.Security.Cryptography.RSASignaturePadding]::Pkcs1)
        $certificate = $request.CreateSelfSigned([datetimeoffset]::Now.AddDays(-1), [datetimeoffset]::Now.AddDays(30))
        [System.IO.File]::WriteAllBytes((Join-Path $PWD $Path), $certificate.Export('Pfx', 'secret'))
    }
    finally { $key.Dispose() }
}

Export-ModuleMember -Function Start-ExampleSession, Stop-ExampleSession, Invoke-Example
