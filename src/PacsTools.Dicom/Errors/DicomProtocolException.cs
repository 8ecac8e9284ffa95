namespace PacsTools.Dicom.Errors;

/// <summary>The peer broke PS3.7 or PS3.8. The association has been aborted.</summary>
public sealed class DicomProtocolException : DicomException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="field">The field of the PDU, item or command set at fault.</param>
    /// <param name="offset">Its offset in bytes from the start of the PDU or command set, or -1.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public DicomProtocolException(string message, string field, long offset = -1, Exception? innerException = null)
        : base(message, innerException)
    {
        Field = field;
        Offset = offset;
    }

    /// <summary>The field of the PDU, item or command set at fault.</summary>
    public string Field { get; }

    /// <summary>Offset of the field in bytes, or -1 where it is not known.</summary>
    public long Offset { get; }

    /// <summary>True if a PDU is well-formed and does not belong where it came.</summary>
    internal bool IsUnexpectedPdu { get; init; }
}
