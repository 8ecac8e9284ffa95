using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PacsTools.TestKit.Processes;

namespace PacsTools.TestKit.Security;

/// <summary>A private certificate authority in a folder of its own, and what it issues: good certificates and ones with a flaw.</summary>
public sealed class TestAuthority : IDisposable
{
    private const string ServerAuth = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuth = "1.3.6.1.5.5.7.3.2";
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly TemporaryFolder _folder = new("tls");

    public TestAuthority(string name = "PacsTools test authority")
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        Certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddYears(-3), DateTimeOffset.UtcNow.AddYears(3));
        Path = _folder["ca.pem"];
        File.WriteAllText(Path, Certificate.ExportCertificatePem());
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The authority's certificate, PEM.</summary>
    public string Path { get; }

    public string Folder => _folder.Path;

    /// <summary>A certificate for localhost and 127.0.0.1, good for both sides, now.</summary>
    public TestCertificate Issue(string name = "peer") => Issue(name, -1, 365);

    public TestCertificate Expired() => Issue("expired", -400, -1);

    public TestCertificate NotYetValid() => Issue("early", 10, 365);

    public TestCertificate OfAnotherName() => Issue("elsewhere", -1, 365, "pacs.example");

    /// <summary>A server's certificate that may not be used by clients, or the other way round.</summary>
    public TestCertificate OnlyFor(bool server) => Issue(server ? "only-server" : "only-client", -1, 365, usages: server ? [ServerAuth] : [ClientAuth]);

    private TestCertificate Issue(string name, int fromDays, int toDays, string? dnsName = null, params string[] usages)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        string[] purposes = usages.Length > 0 ? usages : [ServerAuth, ClientAuth];
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([.. purposes.Select(u => new Oid(u))], false));
        var names = new SubjectAlternativeNameBuilder();
        if (dnsName is not null)
        {
            names.AddDnsName(dnsName);
        }
        else
        {
            names.AddDnsName("localhost");
            names.AddIpAddress(IPAddress.Loopback);
        }

        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var serial = RandomNumberGenerator.GetBytes(12);
        serial[0] &= 0x7F;
        using var bare = request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), DateTimeOffset.UtcNow.AddDays(fromDays), DateTimeOffset.UtcNow.AddDays(toDays), serial);
        return new TestCertificate(bare.CopyWithPrivateKey(key), _folder.Path, name);
    }

    public void Dispose()
    {
        _folder.Dispose();
        _key.Dispose();
    }
}
