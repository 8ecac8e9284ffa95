using System.Management.Automation;
using PacsTools.Dicom.Errors;

namespace PacsTools.Pipeline;

/// <summary>What an administrator can do when TLS does not come about.</summary>
internal static class TlsAdvice
{
    public static string For(TlsException error) => error.Kind switch
    {
        TlsFailure.NotSpoken => "Check the port: many archives have one for TLS and one without; for plain TCP leave -UseTls and every -Tls parameter out (or -UseTls:$false).",
        TlsFailure.ProtocolVersion => "Let the archive offer TLS 1.2 or 1.3; older versions are not secure and are never used (PS3.15 B.12).",
        TlsFailure.NoCommonCipher => "Let the archive offer the cipher suites of PS3.15 B.12 (ECDHE with AES-GCM), and a certificate that fits them.",
        TlsFailure.CertificateMissing => "The other side has to show a certificate; give it one.",
        TlsFailure.CertificateExpired => "Have the certificate renewed; until then -TlsThumbprint together with -SkipCertificateCheck trusts exactly this one.",
        TlsFailure.CertificateNotYetValid => "Check the clocks of both machines.",
        TlsFailure.NameMismatch => "Use the host name that is in the certificate, or say which to expect (-TlsTargetName).",
        TlsFailure.UnknownAuthority => "Give the authority that issued it (-TlsCaCertificate), or trust exactly this certificate by its thumbprint (-TlsThumbprint).",
        TlsFailure.CertificateInvalid => "Have a certificate issued that may be used for this side of a TLS connection.",
        TlsFailure.PinMismatch => "Find out why the certificate is another: renewed, or not the machine you mean. If it is the right one, pin its thumbprint.",
        TlsFailure.ClientCertificateRequired => "Give our certificate with its key (-TlsCertificate), one that the archive trusts.",
        TlsFailure.ClientCertificateRejected => "Let the archive trust our certificate or its authority, and check that it is valid and may be used by clients; the archive's log may say more.",
        TlsFailure.CertificateNotFound => "Check the path or the thumbprint of the certificate; one that was in memory has to be given again.",
        TlsFailure.CertificateUnreadable => "Give a PFX, PEM or DER file that you may read, and the key that belongs to it (-TlsCertificateKey).",
        TlsFailure.CertificatePassword => "Give the password (-TlsCertificatePassword).",
        TlsFailure.NoPrivateKey => "Give a PFX, a PEM with its key, or the file of the key (-TlsCertificateKey).",
        _ => "Check the certificates, versions and cipher suites of both sides.",
    };

    public static ErrorCategory Category(TlsException error) => error.Kind switch
    {
        TlsFailure.CertificateNotFound => ErrorCategory.ObjectNotFound,
        TlsFailure.CertificateUnreadable or TlsFailure.CertificatePassword or TlsFailure.NoPrivateKey => ErrorCategory.InvalidArgument,
        TlsFailure.NotSpoken or TlsFailure.HandshakeFailed or TlsFailure.ProtocolVersion or TlsFailure.NoCommonCipher => ErrorCategory.ConnectionError,
        _ => ErrorCategory.SecurityError,
    };
}
