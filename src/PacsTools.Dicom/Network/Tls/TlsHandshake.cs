using System.Net.Security;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>The beginning of TLS on a connection, from either side. Blocks; whoever bounds the time shuts the inner transport down.</summary>
internal static class TlsHandshake
{
    /// <summary>Options for the platform. The check keeps what it saw.</summary>
    public static SslClientAuthenticationOptions Build(TlsClientOptions options, string name, TlsPeerCheck check, Action noteRequest) => new()
    {
        TargetHost = name,
        EnabledSslProtocols = TlsProfile.Protocols,
        CipherSuitesPolicy = TlsProfile.Ciphers,
        EncryptionPolicy = EncryptionPolicy.RequireEncryption,
        AllowRenegotiation = false,

        // A resumed session would skip the peer's certificate and ours: every association proves itself anew.
        AllowTlsResume = false,
        CertificateChainPolicy = check.Policy(),
        RemoteCertificateValidationCallback = (_, certificate, chain, errors) => check.Judge(certificate, chain, errors),

        // Only a context shows the certificates between ours and its authority, and the platform takes either it or the callback.
        ClientCertificateContext = ShowsContext(options) ? SslStreamCertificateContext.Create(options.Certificate!, [.. options.Intermediates], offline: true) : null,
        LocalCertificateSelectionCallback = ShowsContext(options) ? null : (_, _, _, remote, _) =>
        {
            // It is asked once before the handshake, and again if the peer wants to see a certificate.
            if (remote is not null)
                noteRequest();
            return options.Certificate!;
        },
        ClientCertificates = options.Certificate is { } own && !ShowsContext(options) ? [own] : null,
    };

    private static bool ShowsContext(TlsClientOptions options) => options is { Certificate: not null, Intermediates.Count: > 0 };

    /// <exception cref="TlsException">The handshake failed.</exception>
    public static TlsTransport AsClient(ByteTransport plain, TlsClientOptions options, string hostName, string peer, bool onlyLook = false)
    {
        var name = options.TargetName ?? hostName;
        var check = new TlsPeerCheck(options.Trust, peer, name, required: true) { OnlyLook = onlyLook };
        var transport = new TlsTransport(plain, peer, isClient: true) { CertificateShown = options.Certificate is not null };
        return Run(transport, check, peer, stream => stream.AuthenticateAsClient(Build(options, name, check, transport.NoteRequest)));
    }

    /// <exception cref="TlsException">The handshake failed; no byte of DICOM has been read.</exception>
    public static TlsTransport AsServer(TlsTransport transport, TlsServerOptions options, SslStreamCertificateContext certificate)
    {
        var peer = $"{transport.RemoteEndPoint}";
        var asks = options.RequireClientCertificate;
        var check = new TlsPeerCheck(options.Trust, peer, expectedName: null, required: asks);
        transport.CertificateShown = true;
        return Run(transport, check, peer, stream => stream.AuthenticateAsServer(BuildServer(asks, certificate, check)));
    }

    /// <summary>Options for the platform as acceptor. The check keeps what it saw.</summary>
    public static SslServerAuthenticationOptions BuildServer(bool asks, SslStreamCertificateContext certificate, TlsPeerCheck check) => new()
    {
        ServerCertificateContext = certificate,
        ClientCertificateRequired = asks,
        EnabledSslProtocols = TlsProfile.Protocols,
        CipherSuitesPolicy = TlsProfile.Ciphers,
        EncryptionPolicy = EncryptionPolicy.RequireEncryption,
        AllowRenegotiation = false,
        AllowTlsResume = false,
        CertificateChainPolicy = asks ? check.Policy() : null,
        RemoteCertificateValidationCallback = (_, shown, chain, errors) => check.Judge(shown, chain, errors),
    };

    private static TlsTransport Run(TlsTransport transport, TlsPeerCheck check, string peer, Action<SslStream> authenticate)
    {
        try
        {
            authenticate(transport.Stream);
            transport.Complete(check);
            return transport;
        }
        catch (Exception e) when (TlsErrors.IsHandshake(e))
        {
            var reason = TlsErrors.Handshake(e, peer, check, transport.FirstBytes, transport.PeerAskedForCertificate, transport.CertificateShown);
            transport.Complete(check);
            transport.Dispose();
            throw reason;
        }
    }
}
