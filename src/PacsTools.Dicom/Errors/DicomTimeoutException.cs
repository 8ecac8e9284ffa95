namespace PacsTools.Dicom.Errors;

/// <summary>A bound of time passed without an answer. Told apart from cancellation. The association has been aborted.</summary>
public sealed class DicomTimeoutException : DicomException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="operation">What was waited for: <c>Connect</c>, <c>Tls</c>, <c>Association</c>, <c>Echo</c>, <c>Find</c>, <c>Move</c>, <c>Get</c>, <c>Store</c>, <c>Release</c>, <c>Idle</c>.</param>
    /// <param name="limit">The bound that passed.</param>
    /// <param name="message">Words naming the peer, the bound and whether it was a total or an inactivity limit.</param>
    public DicomTimeoutException(string operation, TimeSpan limit, string message)
        : base(message)
    {
        Operation = operation;
        Limit = limit;
    }

    /// <summary>What was waited for.</summary>
    public string Operation { get; }

    /// <summary>The bound that passed.</summary>
    public TimeSpan Limit { get; }
}
