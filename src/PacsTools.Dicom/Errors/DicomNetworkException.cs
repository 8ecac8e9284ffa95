namespace PacsTools.Dicom.Errors;

/// <summary>The transport failed: name not resolved, connection refused, reset or closed. The association is gone.</summary>
public class DicomNetworkException : DicomException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What failed, naming host and port.</param>
    /// <param name="isTransient">True if the same attempt may succeed later.</param>
    /// <param name="innerException">The transport's own error.</param>
    public DicomNetworkException(string message, bool isTransient, Exception? innerException = null)
        : base(message, innerException) => IsTransient = isTransient;

    /// <summary>True if the same attempt may succeed later.</summary>
    public bool IsTransient { get; }

    /// <summary>What kind of transport failure it was.</summary>
    public NetworkFailure Failure { get; init; } = NetworkFailure.Other;
}
