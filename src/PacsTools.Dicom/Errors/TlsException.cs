namespace PacsTools.Dicom.Errors;

/// <summary>There is no TLS connection with the peer, or it was ended for want of trust. No byte of DICOM has been handled; the association never was or is gone.</summary>
public sealed class TlsException : DicomNetworkException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="kind">Why.</param>
    /// <param name="message">What failed, naming host and port.</param>
    /// <param name="innerException">The platform's own error.</param>
    public TlsException(TlsFailure kind, string message, Exception? innerException = null)
        : base(message, isTransient: false, innerException)
    {
        Kind = kind;
        Failure = NetworkFailure.Tls;
    }

    /// <summary>Why.</summary>
    public TlsFailure Kind { get; }
}
