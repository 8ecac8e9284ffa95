using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Nodes;

/// <summary>Reads certificates and keys from files: PFX (PKCS#12), PEM with or without its key, DER.</summary>
internal static class CertificateFile
{
    private static ReadOnlySpan<byte> PemMark => "-----BEGIN "u8;

    // No key is left on this machine's disk, where the platform can do without: SChannel cannot use one that is in memory alone, and
    // macOS knows none such; both remove it with the certificate.
    private static X509KeyStorageFlags Keys => OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? X509KeyStorageFlags.DefaultKeySet : X509KeyStorageFlags.EphemeralKeySet;

    /// <param name="path">The certificate, with its key or without.</param>
    /// <param name="keyPath">The key in PEM, if it is not in the same file.</param>
    /// <param name="password">Of the PFX, or of the encrypted key.</param>
    /// <exception cref="TlsException">There is no such file, it cannot be read, or the password is wrong.</exception>
    public static LoadedCertificate Read(string path, string? keyPath, PacsSecret? password)
    {
        var bytes = ReadBytes(path);
        try
        {
            return bytes.AsSpan().IndexOf(PemMark) >= 0 ? FromPem(path, bytes, keyPath, password?.Reveal()) : FromBinary(bytes, keyPath, password?.Reveal());
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            throw Unusable(path, keyPath, bytes, password is not null, e);
        }
    }

    /// <summary>Every certificate of a file, without keys: authorities.</summary>
    /// <exception cref="TlsException">There is no such file, or no certificate in it.</exception>
    public static IReadOnlyList<X509Certificate2> ReadAll(string path)
    {
        var bytes = ReadBytes(path);
        try
        {
            var all = new X509Certificate2Collection();
            if (bytes.AsSpan().IndexOf(PemMark) >= 0)
                all.ImportFromPem(System.Text.Encoding.UTF8.GetString(bytes));
            else
                all.Import(bytes);
            return all.Count > 0 ? [.. all] : throw new CryptographicException("there is no certificate in it");
        }
        catch (CryptographicException e)
        {
            throw new TlsException(TlsFailure.CertificateUnreadable, $"the certificate file '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static byte[] ReadBytes(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TlsException(TlsFailure.CertificateNotFound, $"there is no certificate file '{path}'", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TlsException(TlsFailure.CertificateUnreadable, $"the certificate file '{path}' cannot be read: {e.Message}", e);
        }
    }

    private static LoadedCertificate FromPem(string path, byte[] bytes, string? keyPath, string? password)
    {
        var text = System.Text.Encoding.UTF8.GetString(bytes);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(text);
        if (all.Count == 0)
            throw new CryptographicException("there is no certificate in it");
        var key = keyPath is null ? text : System.Text.Encoding.UTF8.GetString(ReadBytes(keyPath));
        var own = !key.Contains("PRIVATE KEY-----", StringComparison.Ordinal) ? all[0]
            : password is null ? X509Certificate2.CreateFromPem(text, key)
            : X509Certificate2.CreateFromEncryptedPem(text, key, password);
        return new LoadedCertificate(Usable(own), [.. all.Skip(1)]);
    }

    private static LoadedCertificate FromBinary(byte[] bytes, string? keyPath, string? password)
    {
        var all = new X509Certificate2Collection();
        all.Import(bytes, password, Keys);
        var own = all.FirstOrDefault(c => c.HasPrivateKey) ?? all.FirstOrDefault() ?? throw new CryptographicException("there is no certificate in it");
        var others = all.Where(c => c != own).ToArray();
        if (keyPath is null || own.HasPrivateKey)
            return new LoadedCertificate(own, others);
        var key = System.Text.Encoding.UTF8.GetString(ReadBytes(keyPath));
        var pem = own.ExportCertificatePem();
        return new LoadedCertificate(Usable(password is null ? X509Certificate2.CreateFromPem(pem, key) : X509Certificate2.CreateFromEncryptedPem(pem, key, password)), others);
    }

    // A key that came from PEM is in memory alone, which SChannel does not take.
    private static X509Certificate2 Usable(X509Certificate2 certificate) =>
        OperatingSystem.IsWindows() && certificate.HasPrivateKey ? new X509Certificate2(certificate.Export(X509ContentType.Pkcs12), (string?)null, Keys) : certificate;

    private static TlsException Unusable(string path, string? keyPath, byte[] bytes, bool hasPassword, Exception e)
    {
        var kind = X509ContentType.Unknown;
        try
        {
            kind = X509Certificate2.GetCertContentType(bytes);
        }
        catch (CryptographicException)
        {
            // Not even that can be told.
        }

        var encryptedKey = System.Text.Encoding.UTF8.GetString(keyPath is null ? bytes : ReadBytes(keyPath)).Contains("ENCRYPTED PRIVATE KEY-----", StringComparison.Ordinal);
        var needsPassword = kind == X509ContentType.Pfx || encryptedKey;
        return needsPassword
            ? new TlsException(TlsFailure.CertificatePassword, hasPassword ? $"the password does not open '{keyPath ?? path}'" : $"'{keyPath ?? path}' needs a password", e)
            : new TlsException(TlsFailure.CertificateUnreadable, $"the certificate file '{path}' cannot be read: {e.Message}", e);
    }
}
