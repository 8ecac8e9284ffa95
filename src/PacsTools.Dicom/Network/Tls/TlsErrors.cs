using System.Security.Authentication;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Dicom.Network;

/// <summary>Turns what the platform says of a failed TLS connection into one of our reasons.</summary>
internal static class TlsErrors
{
    /// <summary>True for what a handshake throws when it fails.</summary>
    public static bool IsHandshake(Exception e) =>
        e is AuthenticationException or InvalidOperationException or System.ComponentModel.Win32Exception || NetworkErrors.IsTransport(e);

    /// <param name="e">What the handshake threw.</param>
    /// <param name="peer">Host and port.</param>
    /// <param name="check">The judgement of the peer's certificate.</param>
    /// <param name="first">The first bytes the peer sent.</param>
    /// <param name="asked">True if the peer asked for our certificate.</param>
    /// <param name="shown">True if we have one to show.</param>
    public static TlsException Handshake(Exception e, string peer, TlsPeerCheck check, ReadOnlySpan<byte> first, bool asked, bool shown)
    {
        // An exception is thrown once: the flaw itself may be told several times.
        if (check.Flaw is { } flaw)
            return new TlsException(flaw.Kind, flaw.Message, e);
        if (NotTls(first) is { } words)
            return new TlsException(TlsFailure.NotSpoken, $"{peer} does not speak TLS on this port: {words}", e);
        if ((TlsAlert.FromFirstBytes(first) ?? TlsAlert.From(e)) is { } alert && alert != TlsAlert.CloseNotify)
            return Alert(alert, peer, asked, shown, e);
        return first.IsEmpty
            ? new TlsException(TlsFailure.NotSpoken, $"{peer} closed the connection instead of beginning TLS: it probably does not speak it on this port", e)
            : new TlsException(TlsFailure.HandshakeFailed, $"the TLS handshake with {peer} failed: {Innermost(e)}", e);
    }

    /// <summary>What the peer's alert means for whoever was turned away.</summary>
    public static TlsException Alert(int alert, string peer, bool asked, bool shown, Exception? e = null)
    {
        var said = TlsAlert.Describe(alert);
        return alert switch
        {
            TlsAlert.ProtocolVersion => new(TlsFailure.ProtocolVersion, $"{peer} has neither TLS 1.2 nor TLS 1.3 ({said})", e),
            TlsAlert.CertificateRequired => Required(peer, said, e),
            TlsAlert.HandshakeFailure or TlsAlert.BadCertificate or TlsAlert.CertificateUnknown when asked && !shown => Required(peer, said, e),
            TlsAlert.UnrecognizedName => new(TlsFailure.NameMismatch, $"{peer} does not know the server name it was asked for ({said})", e),
            TlsAlert.HandshakeFailure when asked && shown => Rejected(peer, said, e),
            TlsAlert.HandshakeFailure or TlsAlert.InsufficientSecurity => new(TlsFailure.NoCommonCipher, $"{peer} and this side have no cipher suite or signature in common ({said})", e),
            TlsAlert.BadCertificate or TlsAlert.UnsupportedCertificate or TlsAlert.CertificateRevoked or TlsAlert.CertificateExpired
                or TlsAlert.CertificateUnknown or TlsAlert.UnknownCA or TlsAlert.AccessDenied => Rejected(peer, said, e),
            _ => new(TlsFailure.HandshakeFailed, $"{peer} ended TLS ({said})", e),
        };
    }

    /// <summary>A client may believe to be through before the server has looked at its certificate (with TLS 1.3 always); some servers then close without a word.</summary>
    public static TlsException ClosedAfterHandshake(string peer, bool shown, Exception? e) => shown
        ? Rejected(peer, "it closed the connection right after the handshake in which it had asked for the certificate", e)
        : Required(peer, "it asked for one in the handshake and closed the connection right after it", e);

    private static TlsException Required(string peer, string said, Exception? e) =>
        new(TlsFailure.ClientCertificateRequired, $"{peer} demands a certificate of this side ({said})", e);

    private static TlsException Rejected(string peer, string said, Exception? e) =>
        new(TlsFailure.ClientCertificateRejected, $"{peer} does not accept the certificate of this side ({said})", e);

    private static string? NotTls(ReadOnlySpan<byte> first)
    {
        if (first.IsEmpty || (first[0] is >= 0x14 and <= 0x17 && (first.Length < 2 || first[1] == 3)))
            return null;
        return first[0] is >= 1 and <= 7 && (first.Length < 2 || first[1] == 0)
            ? "it answered with a plain DICOM PDU"
            : ForeignProtocol.Describe(first);
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is not null)
            e = e.InnerException;
        return e.Message;
    }
}
