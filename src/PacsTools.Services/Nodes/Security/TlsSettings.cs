using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Nodes;

/// <summary>How a node is reached by TLS (PS3.15 B.12), and what is trusted there. Equal if everything in it is equal.</summary>
/// <remarks>Holds no secret in anything that is shown or serialised: certificates are told by their place.</remarks>
public sealed record TlsSettings
{
    private readonly string? _targetName;
    private readonly IReadOnlyList<string> _thumbprint = [];

    /// <summary>True if the DICOM services are spoken over TLS; false if the rest counts for an https DicomWebUri alone.</summary>
    public bool Enabled { get; init; } = true;

    /// <summary>Our own certificate, for peers that ask for one; null for none.</summary>
    public CertificateReference? Certificate { get; init; }

    /// <summary>Private authorities (files or in memory). If there are any, they alone are trusted.</summary>
    public IReadOnlyList<CertificateReference> CaCertificates { get; init; } = [];

    /// <summary>Pinned certificates, SHA-256 or SHA-1, in capital hexadecimal digits. The peer must show one of them; its issuer and name count only if <see cref="CaCertificates"/> are given too.</summary>
    /// <exception cref="FormatException">A value is no thumbprint.</exception>
    public IReadOnlyList<string> Thumbprint
    {
        get => _thumbprint;
        init => _thumbprint = [.. value.Select(TlsPin.Normalize)];
    }

    /// <summary>The name to expect in the peer's certificate; null for the host name.</summary>
    /// <exception cref="ArgumentException">The value is no host name.</exception>
    public string? TargetName
    {
        get => _targetName;
        init => _targetName = value is null ? null : HostText.Check(value);
    }

    /// <summary>True to accept any certificate: then nobody knows who is at the other end. A pin counts all the same.</summary>
    public bool SkipCertificateCheck { get; init; }

    /// <summary>For the engine: certificates are read here.</summary>
    /// <exception cref="TlsException">A certificate is missing or cannot be read.</exception>
    internal TlsClientOptions ToClient()
    {
        var own = Certificate?.Load(needsKey: true);
        return new TlsClientOptions
        {
            TargetName = TargetName,
            Certificate = own?.Certificate,
            Intermediates = own?.Others ?? [],
            Trust = ToTrust(),
        };
    }

    /// <summary>What makes the peer's certificate good enough.</summary>
    /// <exception cref="TlsException">An authority is missing or cannot be read.</exception>
    internal TlsTrust ToTrust() => new()
    {
        Authorities = [.. CaCertificates.SelectMany(c => c.Path is { } path ? CertificateFile.ReadAll(path) : [c.Load(needsKey: false).Certificate])],
        Pins = Thumbprint,
        SkipCertificateCheck = SkipCertificateCheck,
    };

    /// <inheritdoc/>
    public bool Equals(TlsSettings? other) => other is not null
        && Enabled == other.Enabled
        && Equals(Certificate, other.Certificate)
        && CaCertificates.SequenceEqual(other.CaCertificates)
        && Thumbprint.SequenceEqual(other.Thumbprint)
        && TargetName == other.TargetName
        && SkipCertificateCheck == other.SkipCertificateCheck;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Enabled, Certificate, CaCertificates.Count, Thumbprint.Count > 0 ? Thumbprint[0] : null, TargetName, SkipCertificateCheck);

    /// <summary>What is special about it, in words.</summary>
    public override string ToString() => string.Join(
        ", ",
        new[]
        {
            Enabled ? "TLS" : "https alone",
            Certificate is null ? null : $"own certificate {Certificate}",
            CaCertificates.Count == 0 ? null : $"authorities {string.Join(' ', CaCertificates)}",
            Thumbprint.Count == 0 ? null : "pinned",
            TargetName,
            SkipCertificateCheck ? "certificate not checked" : null,
        }.Where(word => word is not null));
}
