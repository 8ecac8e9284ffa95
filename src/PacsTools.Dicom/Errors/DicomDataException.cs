namespace PacsTools.Dicom.Errors;

/// <summary>A data set, file or text value is not what PS3.5 or PS3.10 allow. The association survives.</summary>
public sealed class DicomDataException : DicomException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What is wrong, naming element and offset where known.</param>
    /// <param name="offset">Offset in bytes from the start of the data set or file, or -1.</param>
    /// <param name="innerException">The cause, if there is one.</param>
    public DicomDataException(string message, long offset = -1, Exception? innerException = null)
        : base(message, innerException) => Offset = offset;

    /// <summary>Offset in bytes from the start of the data set or file, or -1.</summary>
    public long Offset { get; }

    /// <inheritdoc/>
    public override bool AssociationSurvives => true;
}
