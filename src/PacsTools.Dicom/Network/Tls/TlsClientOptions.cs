using System.Security.Cryptography.X509Certificates;

namespace PacsTools.Dicom.Network;

/// <summary>TLS as requestor of a connection (PS3.15 B.12).</summary>
public sealed record TlsClientOptions
{
    /// <summary>The name to ask for (SNI) and to find in the peer's certificate; null for the host name of the connection.</summary>
    public string? TargetName { get; init; }

    /// <summary>What makes the peer's certificate good enough.</summary>
    public TlsTrust Trust { get; init; } = TlsTrust.System;

    /// <summary>Our own certificate with its private key, for peers that ask for one; null for none.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Certificates between ours and its authority, to be shown with it.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates { get; init; } = [];
}
