using System.Security.Cryptography.X509Certificates;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Nodes;

/// <summary>
/// A certificate by where it is: a file, a thumbprint in a certificate store of this machine, or in memory. What is shown and serialised of it is
/// the place alone; private key and password travel in memory only.
/// </summary>
public sealed record CertificateReference
{
    private readonly X509Certificate2? _inMemory;
    private readonly object _gate = new();
    private LoadedCertificate? _loaded;

    private CertificateReference(string? path, string? keyPath, string? thumbprint, X509Certificate2? inMemory, PacsSecret? password)
    {
        Path = path;
        KeyPath = keyPath;
        Thumbprint = thumbprint;
        _inMemory = inMemory;
        Password = password;
    }

    /// <summary>The file (PFX, PEM or DER), or null if it is in no file.</summary>
    public string? Path { get; }

    /// <summary>The file of the private key (PEM), or null if it is with the certificate.</summary>
    public string? KeyPath { get; }

    /// <summary>SHA-256 or SHA-1 thumbprint of one that is in memory or in a store; null for a file.</summary>
    public string? Thumbprint { get; }

    internal PacsSecret? Password { get; }

    /// <summary>One in a file. It is read when it is first used.</summary>
    internal static CertificateReference FromFile(string path, string? keyPath = null, PacsSecret? password = null) =>
        new(System.IO.Path.GetFullPath(path), keyPath is null ? null : System.IO.Path.GetFullPath(keyPath), null, null, password);

    /// <summary>One in a certificate store (My) of the user or the machine. It is looked up when it is first used.</summary>
    /// <exception cref="FormatException">It is no thumbprint.</exception>
    internal static CertificateReference FromStore(string thumbprint) => new(null, null, TlsPin.Normalize(thumbprint), null, null);

    /// <summary>One in memory, which the caller keeps alive.</summary>
    internal static CertificateReference FromMemory(X509Certificate2 certificate) => new(null, null, TlsPin.Of(certificate), certificate, null);

    /// <summary>The certificate itself; read once.</summary>
    /// <exception cref="TlsException">It is not there, cannot be read, or has no private key where one is needed.</exception>
    internal LoadedCertificate Load(bool needsKey)
    {
        lock (_gate)
        {
            _loaded ??= _inMemory is not null ? new LoadedCertificate(_inMemory, [])
                : Path is not null ? CertificateFile.Read(Path, KeyPath, Password)
                : CertificateStore.Find(Thumbprint!);
        }

        return !needsKey || _loaded.Certificate.HasPrivateKey
            ? _loaded
            : throw new TlsException(TlsFailure.NoPrivateKey, $"the certificate {this} came without its private key");
    }

    /// <inheritdoc/>
    public bool Equals(CertificateReference? other) => other is not null
        && Path == other.Path && KeyPath == other.KeyPath && Thumbprint == other.Thumbprint && Equals(Password, other.Password)
        && (_inMemory is null) == (other._inMemory is null);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Path, KeyPath, Thumbprint);

    /// <summary>Where it is.</summary>
    public override string ToString() => Path ?? Thumbprint!;
}
