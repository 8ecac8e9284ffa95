namespace PacsTools.Dicom.Errors;

/// <summary>The peer accepted no presentation context for what was to be done. The association survives for its other contexts.</summary>
public sealed class NoAcceptedContextException : DicomException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="abstractSyntax">The SOP class that was proposed.</param>
    /// <param name="result">The result of the presentation context (PS3.8 Table 9-18): 1 user-rejection, 2 no-reason, 3 abstract syntax not supported, 4 transfer syntaxes not supported; 255 if the peer did not answer it; 0 if it was not proposed, or accepted for another role or transfer syntax.</param>
    /// <param name="message">Words naming peer and SOP class.</param>
    public NoAcceptedContextException(string abstractSyntax, byte result, string message)
        : base(message)
    {
        AbstractSyntax = abstractSyntax;
        Result = result;
    }

    /// <summary>The SOP class that was proposed.</summary>
    public string AbstractSyntax { get; }

    /// <summary>The result of the presentation context.</summary>
    public byte Result { get; }

    /// <inheritdoc/>
    public override bool AssociationSurvives => true;
}
