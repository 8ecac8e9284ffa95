namespace PacsTools.Dicom.Errors;

/// <summary>The base of everything this engine throws on purpose. Each kind says whether the association survives it.</summary>
public abstract class DicomException : Exception
{
    /// <summary>Creates the exception with words an administrator can act on and the first cause, if there is one. What a message quotes of a peer comes without its control characters.</summary>
    protected DicomException(string message, Exception? innerException = null)
        : base(PlainText.Of(message), innerException)
    {
    }

    /// <summary>True if the association can still be used after this error.</summary>
    public virtual bool AssociationSurvives => false;
}
