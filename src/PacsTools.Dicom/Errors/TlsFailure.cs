namespace PacsTools.Dicom.Errors;

/// <summary>Why there is no TLS connection; each calls for something else to be done.</summary>
public enum TlsFailure
{
    /// <summary>None of the others; the message has the words of the platform.</summary>
    HandshakeFailed,

    /// <summary>The peer does not speak TLS on this port: plain DICOM, HTTP, or a close without a word.</summary>
    NotSpoken,

    /// <summary>No common version: the peer has neither TLS 1.2 nor TLS 1.3.</summary>
    ProtocolVersion,

    /// <summary>No common cipher suite.</summary>
    NoCommonCipher,

    /// <summary>The peer showed no certificate although one was demanded.</summary>
    CertificateMissing,

    /// <summary>The peer's certificate, or one above it, is no longer valid.</summary>
    CertificateExpired,

    /// <summary>The peer's certificate, or one above it, is not valid yet.</summary>
    CertificateNotYetValid,

    /// <summary>The peer's certificate is for another name than the one asked for.</summary>
    NameMismatch,

    /// <summary>The peer's certificate comes from no authority that is trusted here.</summary>
    UnknownAuthority,

    /// <summary>The peer's certificate is flawed in itself: wrong purpose, bad signature, weak algorithm, revoked.</summary>
    CertificateInvalid,

    /// <summary>The peer's certificate is not the pinned one.</summary>
    PinMismatch,

    /// <summary>The peer demands a certificate and was given none.</summary>
    ClientCertificateRequired,

    /// <summary>The peer does not accept our certificate.</summary>
    ClientCertificateRejected,

    /// <summary>Our own certificate is not where it should be.</summary>
    CertificateNotFound,

    /// <summary>The file of our own certificate or authority is none, or damaged.</summary>
    CertificateUnreadable,

    /// <summary>The file of our own certificate needs a password, or another one.</summary>
    CertificatePassword,

    /// <summary>Our own certificate came without its private key.</summary>
    NoPrivateKey,
}
