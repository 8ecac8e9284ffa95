using System.Security.Cryptography.X509Certificates;

namespace PacsTools.Dicom.Network;

/// <summary>What makes a peer's certificate good enough.</summary>
public sealed record TlsTrust
{
    /// <summary>The system's authorities and nothing else.</summary>
    public static TlsTrust System { get; } = new();

    /// <summary>Private authorities. If there are any, they alone are trusted, and not those of the system.</summary>
    public IReadOnlyList<X509Certificate2> Authorities { get; init; } = [];

    /// <summary>
    /// Thumbprints in hexadecimal, SHA-256 or SHA-1, as <see cref="TlsPin.Normalize"/> gives them. If there are any, the peer's certificate must be one of
    /// them; who issued it and for which name then counts only if <see cref="Authorities"/> are given too.
    /// </summary>
    public IReadOnlyList<string> Pins { get; init; } = [];

    /// <summary>True to accept any certificate, except that a pin still counts.</summary>
    public bool SkipCertificateCheck { get; init; }
}
