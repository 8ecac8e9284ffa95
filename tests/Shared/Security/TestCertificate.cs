using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PacsTools.TestKit.Security;

/// <summary>A certificate with its key, in memory and in the forms people have it in.</summary>
public sealed class TestCertificate
{
    public const string Password = "päss wörd";

    internal TestCertificate(X509Certificate2 certificate, string folder, string name)
    {
        Certificate = certificate;
        using var key = certificate.GetECDsaPrivateKey()!;
        CertificatePath = Write("pem", certificate.ExportCertificatePem());
        KeyPath = Write("key", key.ExportPkcs8PrivateKeyPem());
        BothPath = Write("both.pem", certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        EncryptedPath = Write("encrypted.pem", certificate.ExportCertificatePem() + "\n" + key.ExportEncryptedPkcs8PrivateKeyPem(Password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 2000)));
        PfxPath = Path.Combine(folder, $"{name}.pfx");
        File.WriteAllBytes(PfxPath, certificate.Export(X509ContentType.Pkcs12, Password));

        string Write(string extension, string text)
        {
            var path = Path.Combine(folder, $"{name}.{extension}");
            File.WriteAllText(path, text);
            return path;
        }
    }

    public X509Certificate2 Certificate { get; }

    /// <summary>The certificate alone, PEM.</summary>
    public string CertificatePath { get; }

    /// <summary>The key alone, PEM without a password.</summary>
    public string KeyPath { get; }

    /// <summary>Both in one PEM.</summary>
    public string BothPath { get; }

    /// <summary>Both in one PEM, the key under <see cref="Password"/>.</summary>
    public string EncryptedPath { get; }

    /// <summary>PKCS#12 under <see cref="Password"/>.</summary>
    public string PfxPath { get; }

    public string Sha256 => Certificate.GetCertHashString(HashAlgorithmName.SHA256);

    public string Sha1 => Certificate.GetCertHashString(HashAlgorithmName.SHA1);
}
