# The archives and receivers the stress talks to, and what it knows of them.

function New-Certificate {
    param([string] $Name, $Authority)
    $key = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve+NamedCurves]::nistP256)
    $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=$Name", $key, 'SHA256')
    if (-not $Authority) {
        $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509BasicConstraintsExtension]::new($true, $false, 0, $true))
        return $request.CreateSelfSigned([datetime]::UtcNow.AddDays(-1), [datetime]::UtcNow.AddDays(2))
    }
    $names = [Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
    $names.AddIpAddress('127.0.0.1')
    $request.CertificateExtensions.Add($names.Build())
    $serial = [byte[]]::new(8); [Random]::Shared.NextBytes($serial); $serial[0] = 1
    $issued = $request.Create($Authority, [datetime]::UtcNow.AddHours(-1), [datetime]::UtcNow.AddDays(1), $serial)
    [Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::CopyWithPrivateKey($issued, $key)
}

# Everything that stays for a phase; what comes and goes under load, the workers start and stop themselves.
function New-StressFixture {
    param([Parameter(Mandatory)] [string] $Folder, [Parameter(Mandatory)] [string] $Module)
    $ca = Join-Path $Folder 'ca.pem'
    $authority = New-Certificate authority
    Set-Content -LiteralPath $ca $authority.ExportCertificatePem()
    $server = New-Certificate server $authority
    $files = @(New-DicomTestStudy (Join-Path $Folder 'files') -Series 2 -Instances 4 -Rows 32 -Columns 32 -Seed 7)
    $inbox = (New-Item -ItemType Directory (Join-Path $Folder 'inbox') -Force).FullName

    $plain = Start-PacsSimulator -TestData -AETitle PLAIN -DicomWeb
    $fixture = @{
        Module     = $Module
        Folder     = $Folder
        Ca         = $ca
        Files      = $files
        Plain      = $plain
        # An archive of its own for every other purpose: the pool holds five associations a node.
        Other      = Start-PacsSimulator -TestData -AETitle OTHER
        Secure     = Start-PacsSimulator -TestData -AETitle SECURE -TlsCertificate $server -DicomWeb
        Store      = Start-PacsSimulator -AETitle STORE -DicomWeb
        # Slow enough to be stopped in the middle.
        Slow       = Start-PacsSimulator -TestData -AETitle SLOW -Fault @{ DelayMilliseconds = 25 }
        Scp        = Start-StorageScp -AETitle RECV -Port 0 -BindAddress 127.0.0.1
        Inbox      = Start-StorageScp -AETitle INBOX -Port 0 -BindAddress 127.0.0.1 -Path $inbox -IfExists Overwrite
        SecureScp  = Start-StorageScp -AETitle SECURE_RECV -Port 0 -BindAddress 127.0.0.1 -TlsCertificate $server
    }
    $fixture.Studies = @(Find-DicomStudy $plain)
    $fixture.Series = @(Find-DicomSeries $plain -StudyInstanceUID $fixture.Studies[0].StudyInstanceUID)
    $fixture.Instances = @(Find-DicomInstance $plain -StudyInstanceUID $fixture.Studies[0].StudyInstanceUID -SeriesInstanceUID $fixture.Series[0].SeriesInstanceUID)
    $fixture.Patients = @(Find-DicomPatient $plain -QueryModel Patient).Count
    $fixture.Worklist = @(Find-DicomWorklist $plain).Count
    $fixture
}

Export-ModuleMember -Function New-StressFixture
