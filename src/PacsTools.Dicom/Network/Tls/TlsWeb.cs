using System.Net.Security;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>The same TLS, with the same judgement, for HTTP (PS3.18 is secured by PS3.15 too).</summary>
public static class TlsWeb
{
    /// <summary>Options for the connections of an HTTP handler. The judgement of a certificate that will not do is thrown.</summary>
    /// <param name="options">What to trust and to show.</param>
    /// <param name="hostName">The host of the URI.</param>
    /// <param name="peer">The server in words, for messages.</param>
    public static SslClientAuthenticationOptions Build(TlsClientOptions options, string hostName, string peer)
    {
        ArgumentNullException.ThrowIfNull(options);
        var name = options.TargetName ?? hostName;
        var template = TlsHandshake.Build(options, name, new TlsPeerCheck(options.Trust, peer, name, required: true), static () => { });

        // One set of options serves many connections at a time: each has a judgement of its own.
        template.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
        {
            var check = new TlsPeerCheck(options.Trust, peer, name, required: true);
            return check.Judge(certificate, chain, errors) ? true : throw check.Flaw!;
        };
        return template;
    }

    /// <summary>The reason of ours inside what HTTP threw; null if it is another.</summary>
    public static TlsException? Find(Exception? error)
    {
        while (error is not null and not TlsException)
            error = error.InnerException;
        return error as TlsException;
    }
}
