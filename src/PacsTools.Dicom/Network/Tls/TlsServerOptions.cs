using System.Security.Cryptography.X509Certificates;

namespace PacsTools.Dicom.Network;

/// <summary>TLS as acceptor of connections (PS3.15 B.12).</summary>
public sealed record TlsServerOptions
{
    /// <summary>Our certificate with its private key.</summary>
    public required X509Certificate2 Certificate { get; init; }

    /// <summary>Certificates between ours and its authority, to be shown with it.</summary>
    public IReadOnlyList<X509Certificate2> Intermediates { get; init; } = [];

    /// <summary>True to turn away whoever shows no certificate, before any byte of DICOM is handled.</summary>
    public bool RequireClientCertificate { get; init; }

    /// <summary>What makes a client's certificate good enough. Its name is not compared with anything: a client has no host name to be called by.</summary>
    public TlsTrust Trust { get; init; } = TlsTrust.System;
}
