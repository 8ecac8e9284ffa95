using System.ComponentModel;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>The same TLS, with the same judgement, for HTTP (PS3.18 is secured by PS3.15 too).</summary>
public static class TlsWeb
{
    /// <summary>Options for the connections of an HTTP handler. The judgement of a certificate that will not do is thrown.</summary>
    /// <param name="options">What to trust and to show.</param>
    /// <param name="hostName">The host of the URI.</param>
    /// <param name="peer">The server in words, for messages.</param>
    /// <param name="onCertificateRequest">Told when a server asks for our certificate; on any thread, once a handshake.</param>
    public static SslClientAuthenticationOptions Build(TlsClientOptions options, string hostName, string peer, Action? onCertificateRequest = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        var name = options.TargetName ?? hostName;
        var template = TlsHandshake.Build(options, name, new TlsPeerCheck(options.Trust, peer, name, required: true), onCertificateRequest ?? (static () => { }));

        // One set of options serves many connections at a time: each has a judgement of its own.
        template.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            var check = new TlsPeerCheck(options.Trust, peer, name, required: true);
            return check.Judge(certificate, chain, errors) ? true : throw check.Flaw!;
        };
        return template;
    }

    /// <summary>Options for one connection as acceptor.</summary>
    /// <param name="options">What to show and to trust.</param>
    /// <param name="peer">The client in words, for messages.</param>
    public static SslServerAuthenticationOptions BuildServer(TlsServerOptions options, string peer)
    {
        ArgumentNullException.ThrowIfNull(options);
        var certificate = SslStreamCertificateContext.Create(options.Certificate, [.. options.Intermediates], offline: true);
        return TlsHandshake.BuildServer(options.RequireClientCertificate, certificate, new TlsPeerCheck(options.Trust, peer, expectedName: null, options.RequireClientCertificate));
    }

    /// <summary>What it means for TLS that an HTTP request failed so; null if TLS has nothing to do with it.</summary>
    /// <param name="error">What the HTTP stack threw.</param>
    /// <param name="peer">The server in words, for the message.</param>
    /// <param name="contact">How far the two sides had come.</param>
    public static TlsException? Explain(Exception error, string peer, TlsWebContact contact)
    {
        ArgumentNullException.ThrowIfNull(error);
        if (Find<TlsException>(error) is { } flaw)
            return new TlsException(flaw.Kind, flaw.Message, error);
        if (TlsAlert.From(error) is { } alert && alert != TlsAlert.CloseNotify)
            return TlsErrors.Alert(alert, peer, contact.Asked, contact.Shown, error);
        if (contact.IsConnected)
            return contact is { WasClosed: true, WasAnswered: false, Asked: true } ? TlsErrors.ClosedAfterHandshake(peer, contact.Shown, error) : null;
        // Where the platform has found no fault in what came, what came was no TLS, or nothing at all.
        var innermost = error.GetBaseException().Message.TrimEnd('.');
        return Find<CryptographicException>(error) is null && Find<Win32Exception>(error) is null or SocketException
            ? new TlsException(TlsFailure.NotSpoken, $"{peer} does not speak TLS on this port ({innermost})", error)
            : new TlsException(TlsFailure.HandshakeFailed, $"the TLS handshake with {peer} failed: {innermost}", error);
    }

    private static T? Find<T>(Exception? error)
        where T : Exception
    {
        while (error is not null and not T)
            error = error.InnerException;
        return error as T;
    }
}
