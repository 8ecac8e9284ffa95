using System.ComponentModel;
using System.Security.Cryptography;

namespace PacsTools.Dicom.Network;

/// <summary>The reason a peer gives for ending a handshake (RFC 8446 6.2), dug out of what the platform makes of it.</summary>
internal static class TlsAlert
{
    public const int CloseNotify = 0;
    public const int HandshakeFailure = 40;
    public const int BadCertificate = 42;
    public const int UnsupportedCertificate = 43;
    public const int CertificateRevoked = 44;
    public const int CertificateExpired = 45;
    public const int CertificateUnknown = 46;
    public const int UnknownCA = 48;
    public const int AccessDenied = 49;
    public const int ProtocolVersion = 70;
    public const int InsufficientSecurity = 71;
    public const int UnrecognizedName = 112;
    public const int CertificateRequired = 116;

    private const byte AlertRecord = 0x15;

    // OpenSSL counts the alerts it gets from a thousand on; its own findings are below. Both versions keep them in the low bits.
    private const int OpenSslReasonMask = 0xFFF;
    private const int OpenSslAlertBase = 1000;
    private const int OpenSslUnsupportedProtocol = 258;
    private const int OpenSslNoProtocols = 191;
    private const int OpenSslNoSharedCipher = 193;

    /// <summary>The alert among the first bytes of a connection, while they are still in the clear; null if they are no alert.</summary>
    public static int? FromFirstBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 7 && bytes[0] == AlertRecord && bytes[1] == 3 && bytes[3] == 0 && bytes[4] == 2 ? bytes[6] : null;

    /// <summary>The alert an exception of the platform tells of, or the one this side would have sent for the same reason; null if none is known.</summary>
    public static int? From(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            var alert = error switch
            {
                CryptographicException e => OpenSsl(e.HResult & OpenSslReasonMask),
                Win32Exception e => Windows(e.NativeErrorCode),
                _ => null,
            };
            if (alert is not null)
                return alert;
        }

        return null;
    }

    /// <summary>The alert in words.</summary>
    public static string Describe(int alert) => alert switch
    {
        HandshakeFailure => "handshake failure",
        BadCertificate => "bad certificate",
        UnsupportedCertificate => "unsupported certificate",
        CertificateRevoked => "certificate revoked",
        CertificateExpired => "certificate expired",
        CertificateUnknown => "certificate not acceptable",
        UnknownCA => "certificate of an unknown authority",
        AccessDenied => "access denied",
        ProtocolVersion => "protocol version",
        InsufficientSecurity => "insufficient security",
        UnrecognizedName => "unrecognized name",
        CertificateRequired => "certificate required",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"alert {alert}"),
    };

    private static int? OpenSsl(int reason) => reason switch
    {
        OpenSslUnsupportedProtocol or OpenSslNoProtocols => ProtocolVersion,
        OpenSslNoSharedCipher => HandshakeFailure,
        > OpenSslAlertBase and < OpenSslAlertBase + 256 => reason - OpenSslAlertBase,
        _ => null,
    };

    private static int? Windows(int code) => unchecked((uint)code) switch
    {
        0x80090302 => ProtocolVersion, // SEC_E_UNSUPPORTED_FUNCTION
        0x80090331 => HandshakeFailure, // SEC_E_ALGORITHM_MISMATCH
        0x80090325 => UnknownCA, // SEC_E_UNTRUSTED_ROOT
        0x80090327 => CertificateUnknown, // SEC_E_CERT_UNKNOWN
        0x80090328 => CertificateExpired, // SEC_E_CERT_EXPIRED
        _ => null,
    };
}
