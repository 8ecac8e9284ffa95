BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Peers.psm1') -Force
    $peers = Get-TestPeers
    Import-Module $peers.Module -ErrorAction Stop
    $folder = New-TestFolder $peers
    $null = Stop-StorageScp; $null = Stop-PacsSimulator

    # A private authority, and what it issues.
    $rsa = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve+NamedCurves]::nistP256)
    $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new('CN=authority', $rsa, 'SHA256')
    $request.CertificateExtensions.Add([Security.Cryptography.X509Certificates.X509BasicConstraintsExtension]::new($true, $false, 0, $true))
    $authority = $request.CreateSelfSigned([datetime]::UtcNow.AddDays(-500), [datetime]::UtcNow.AddDays(500))
    $ca = Join-Path $folder 'ca.pem'
    Set-Content $ca $authority.ExportCertificatePem()
    function New-TestCertificate([string] $Name, [int] $From = -1, [int] $To = 400) {
        $key = [Security.Cryptography.ECDsa]::Create([Security.Cryptography.ECCurve+NamedCurves]::nistP256)
        $request = [Security.Cryptography.X509Certificates.CertificateRequest]::new("CN=$Name", $key, 'SHA256')
        $names = [Security.Cryptography.X509Certificates.SubjectAlternativeNameBuilder]::new()
        $names.AddIpAddress('127.0.0.1')
        $request.CertificateExtensions.Add($names.Build())
        $serial = [byte[]]::new(8); [Random]::Shared.NextBytes($serial); $serial[0] = 1
        $issued = $request.Create($authority, [datetime]::UtcNow.AddDays($From), [datetime]::UtcNow.AddDays($To), $serial)
        [Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::CopyWithPrivateKey($issued, $key)
    }
    $server = New-TestCertificate server
    $client = New-TestCertificate client
    $password = ConvertTo-SecureString 'geheim' -AsPlainText
    $pfx = Join-Path $folder 'client.pfx'
    [IO.File]::WriteAllBytes($pfx, $client.Export('Pkcs12', 'geheim'))
    $pem = Join-Path $folder 'client.pem'
    Set-Content $pem ($client.ExportCertificatePem())
    $keyFile = Join-Path $folder 'client.key'
    Set-Content $keyFile ([Security.Cryptography.X509Certificates.ECDsaCertificateExtensions]::GetECDsaPrivateKey($client).ExportPkcs8PrivateKeyPem())
    $pacs = Start-PacsSimulator -TestData -TlsCertificate $server -RequireClientCertificate -TlsCaCertificate $ca
    $address = "SIM_PACS@127.0.0.1:$($pacs.Port)"
    $tls = @{ TlsCertificate = $pfx; TlsCertificatePassword = $password; TlsCaCertificate = $ca }
    $jane = [pscredential]::new('jane', $password)
    $nameOnly = [pscredential]::new('jane', [securestring]::new())
    function Get-Id($Result) { ($Result.Error.FullyQualifiedErrorId -split ',')[0] }
}

AfterAll { $null = Stop-StorageScp; $null = Stop-PacsSimulator }

Describe 'TLS' {
    It 'shows a client certificate given as <Name>' -ForEach @(
        @{ Name = 'PFX'; With = { @{ TlsCertificate = $pfx; TlsCertificatePassword = $password } } }
        @{ Name = 'PEM and key'; With = { @{ TlsCertificate = $pem; TlsCertificateKey = $keyFile } } }
        @{ Name = 'object'; With = { @{ TlsCertificate = $client } } }
    ) {
        $with = & $With
        $result = Test-PacsEcho $address -TlsCaCertificate $ca @with
        $result.Success | Should -BeTrue -Because "$($result.Error)"
    }

    It 'tells <Id>' -ForEach @(
        @{ Id = 'Tls.ClientCertificateRequired'; With = { @{ TlsCaCertificate = $ca } } }
        @{ Id = 'Tls.UnknownAuthority'; With = { @{ UseTls = $true } } }
        @{ Id = 'Tls.PinMismatch'; With = { @{ TlsThumbprint = $client.Thumbprint } } }
        @{ Id = 'Tls.NameMismatch'; With = { @{ TlsCaCertificate = $ca; TlsTargetName = 'pacs.example' } } }
        @{ Id = 'Tls.ClientCertificateRejected'; With = { @{ TlsCaCertificate = $ca; TlsCertificate = (New-TestCertificate old -400 -1) } } }
    ) {
        $with = & $With
        $result = Test-PacsEcho $address @with
        Get-Id $result | Should -Be $Id
        $result.Error.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
    }

    It 'tells of files before anything is connected' {
        { Test-PacsEcho $address -TlsCertificate (Join-Path $folder 'none.pfx') -ErrorAction Stop } | Should -Throw -ErrorId 'Tls.CertificateNotFound,*'
        { Test-PacsEcho $address -TlsCertificate $pfx -ErrorAction Stop } | Should -Throw -ErrorId 'Tls.CertificatePassword,*'
        { Test-PacsEcho $address -TlsCertificate $pem -ErrorAction Stop } | Should -Throw -ErrorId 'Tls.NoPrivateKey,*'
        { Test-PacsEcho $address -TlsThumbprint 12 -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'pipes through query, retrieve by C-MOVE to a TLS receiver, and send' {
        $scp = Start-StorageScp TLS_SCP 0 -BindAddress 127.0.0.1 -TlsCertificate $server -RequireClientCertificate -TlsCaCertificate $ca
        $scp.UseTls | Should -BeTrue
        $study = Find-DicomStudy $address @tls -MaxResults 1
        $study.Node.Tls.Enabled | Should -BeTrue
        $report = $study | Receive-DicomStudy -Destination (New-TestFolder $peers) -StorageScp $scp -Method CMove -AsReport
        $report.Complete | Should -BeTrue
        (Send-DicomFile $address @tls -Path $report.Path -Recurse).Outcome | Select-Object -Unique | Should -Be 'Stored'
        $scp | Stop-StorageScp
    }

    It 'keeps TLS and its certificate, but no key or password, in what is saved' {
        $node = (Test-PacsEcho $address @tls -Credential $jane).Node
        $file = Join-Path $folder 'node.xml'
        $node | Export-Clixml $file
        $text = (Get-Content $file -Raw) + ($node | ConvertTo-Json -Depth 8) + ($node | Format-List * | Out-String)
        $text | Should -Not -Match 'geheim|PRIVATE|RawData'
        $back = Import-Clixml $file
        # The password has to be given again; the rest is there.
        Get-Id (Test-PacsEcho $back) | Should -Be 'Tls.CertificatePassword'
        (Test-PacsEcho $back @tls).Success | Should -BeTrue
    }

    It 'takes TLS of a node from a table' {
        Get-Id (Test-PacsEcho @{ HostName = '127.0.0.1'; Port = $pacs.Port; TlsCaCertificate = $ca }) | Should -Be 'Tls.ClientCertificateRequired'
        (Test-PacsEcho @{ HostName = '127.0.0.1'; Port = $pacs.Port; TlsThumbprint = $server.Thumbprint; TlsCertificate = $client }).Success | Should -BeTrue
    }

    It 'takes certificates of a table by the names of the parameters, relative to where PowerShell is' {
        Push-Location $folder
        try {
            $table = @{ HostName = '127.0.0.1'; Port = $pacs.Port; TlsCaCertificate = './ca.pem' }
            (Test-PacsEcho ($table + @{ TlsCertificate = './client.pem'; TlsCertificateKey = './client.key' })).Success | Should -BeTrue
            (Test-PacsEcho ($table + @{ TlsCertificate = './client.pfx'; TlsCertificatePassword = $password })).Success | Should -BeTrue
        }
        finally { Pop-Location }
    }

    It 'checks again what a node says not to check, when told to' {
        $node = (Test-PacsEcho $address -TlsCertificate $client -SkipCertificateCheck).Node
        (Test-PacsEcho $node).Success | Should -BeTrue
        Get-Id (Test-PacsEcho $node -SkipCertificateCheck:$false) | Should -Be 'Tls.UnknownAuthority'
    }

    It 'needs a certificate to listen with' {
        { Start-StorageScp -Port 0 -RequireClientCertificate -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }
}

Describe 'User identity' {
    BeforeAll {
        $plain = Start-PacsSimulator -Credential $jane, ([pscredential]::new('joe', [securestring]::new()))
        $secure = Start-PacsSimulator -TlsCertificate $server -UserIdentityToken 'header.payload.signature' -UserIdentityType Jwt
    }

    It 'sends no passcode in the clear unless told to' {
        Get-Id (Test-PacsEcho $plain -Credential $jane) | Should -Be 'UserIdentity.PlainText'
        $result = Test-PacsEcho $plain -Credential $jane -AllowUnencryptedAuthentication -ConfirmUserIdentity
        $result.Success | Should -BeTrue -Because "$($result.Error)"
    }

    It 'sends none in the clear any more when told not to' {
        $node = (Test-PacsEcho $plain -Credential $jane -AllowUnencryptedAuthentication).Node
        (Test-PacsEcho $node).Success | Should -BeTrue
        Get-Id (Test-PacsEcho $node -AllowUnencryptedAuthentication:$false) | Should -Be 'UserIdentity.PlainText'
    }

    It 'sends a name alone, and is rejected if it is another' {
        (Test-PacsEcho $plain -Credential ([pscredential]::new('joe', [securestring]::new()))).Success | Should -BeTrue
        Get-Id (Test-PacsEcho $plain -Credential $nameOnly) | Should -BeLike 'AssociationRejected.*'
        Get-Id (Test-PacsEcho $plain) | Should -BeLike 'AssociationRejected.*'
    }

    It 'sends a token by TLS' {
        $token = ConvertTo-SecureString 'header.payload.signature' -AsPlainText
        (Test-PacsEcho $secure -UserIdentityToken $token -UserIdentityType Jwt -ConfirmUserIdentity).Success | Should -BeTrue
        Get-Id (Test-PacsEcho $secure -UserIdentityToken ([byte[]](1, 2)) -UserIdentityType Kerberos) | Should -BeLike 'AssociationRejected.*'
        { Test-PacsEcho $secure -UserIdentityToken 'no base64!' -UserIdentityType Kerberos } | Should -Throw '*Kerberos*base64*' -ErrorId 'InvalidArgument,*'
        { Test-PacsEcho $secure -UserIdentityToken $token -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
    }

    It 'tells that nobody confirmed' {
        Get-Id (Test-PacsEcho $peers.Orthanc -Credential $nameOnly -ConfirmUserIdentity) | Should -Be 'UserIdentity.NotConfirmed'
    }
}
