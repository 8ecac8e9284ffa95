using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>What a TLS handshake came to.</summary>
public sealed record TlsSession
{
    /// <summary>The version agreed; null if the handshake did not get that far.</summary>
    public SslProtocols? Protocol { get; init; }

    /// <summary>The cipher suite agreed; null likewise.</summary>
    public TlsCipherSuite? CipherSuite { get; init; }

    /// <summary>The certificate the peer showed; null if it showed none.</summary>
    public X509Certificate2? PeerCertificate { get; init; }

    /// <summary>The peer's certificate, then those above it as far as they are known.</summary>
    public IReadOnlyList<X509Certificate2> Chain { get; init; } = [];

    /// <summary>True if the peer asked us for a certificate.</summary>
    public bool PeerAskedForCertificate { get; init; }

    /// <summary>True if we showed one.</summary>
    public bool CertificateShown { get; init; }

    /// <summary>What is wrong with the peer's certificate; null if nothing is, or if the check was skipped.</summary>
    public TlsException? Flaw { get; init; }

    /// <summary>The earliest end of validity in the chain; null without a chain.</summary>
    public DateTimeOffset? ExpiresAt => Chain.Count == 0 ? null : Chain.Min(c => new DateTimeOffset(c.NotAfter));
}
