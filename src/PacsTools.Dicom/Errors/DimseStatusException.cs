namespace PacsTools.Dicom.Errors;

/// <summary>The peer answered a DIMSE request with a failure status (PS3.7 C). The association survives.</summary>
public sealed class DimseStatusException : DicomException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="status">The status code (0000,0900).</param>
    /// <param name="message">Words naming peer, service and status.</param>
    /// <param name="errorComment">Error Comment (0000,0902), if the peer sent one.</param>
    /// <param name="offendingElements">Offending Element (0000,0901), as <c>(gggg,eeee)</c>.</param>
    public DimseStatusException(ushort status, string message, string? errorComment = null, IReadOnlyList<string>? offendingElements = null)
        : base(message)
    {
        Status = status;
        ErrorComment = errorComment;
        OffendingElements = offendingElements ?? [];
    }

    /// <summary>The status code (0000,0900).</summary>
    public ushort Status { get; }

    /// <summary>Error Comment (0000,0902), or null.</summary>
    public string? ErrorComment { get; }

    /// <summary>Offending Element (0000,0901), as <c>(gggg,eeee)</c>; empty where the peer named none.</summary>
    public IReadOnlyList<string> OffendingElements { get; }

    /// <inheritdoc/>
    public override bool AssociationSurvives => true;
}
