using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Dimse;

/// <summary>What all responses have in common (PS3.7 9.1, 10.1).</summary>
/// <param name="MessageIdBeingRespondedTo">The id of the request.</param>
/// <param name="Status">The outcome (PS3.7 C, PS3.4).</param>
public abstract record DimseResponse(ushort MessageIdBeingRespondedTo, ushort Status)
{
    /// <summary>The SOP class of the request; peers may leave it out.</summary>
    public string? AffectedSOPClassUID { get; init; }

    /// <summary>True if a data set follows.</summary>
    public bool HasDataSet { get; init; }

    /// <summary>The peer's own words about a failure, or null.</summary>
    public string? ErrorComment { get; init; }

    /// <summary>The peer's own code of a failure, or null.</summary>
    public ushort? ErrorId { get; init; }

    /// <summary>The elements at fault; empty if none is named.</summary>
    public IReadOnlyList<DicomTag> OffendingElements { get; init; } = [];

    /// <summary>The command set that says this.</summary>
    public abstract CommandSet ToCommandSet();

    private protected CommandSet Command(CommandField field) => new()
    {
        CommandField = field,
        MessageIdBeingRespondedTo = MessageIdBeingRespondedTo,
        Status = Status,
        AffectedSOPClassUID = AffectedSOPClassUID,
        HasDataSet = HasDataSet,
        ErrorComment = ErrorComment,
        ErrorId = ErrorId,
        OffendingElements = OffendingElements,
    };

    private protected static (ushort MessageId, ushort Status) Required(CommandSet command, CommandField field)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Expect(field);
        return (command.Require(command.MessageIdBeingRespondedTo, CommandElements.MessageIdBeingRespondedTo),
            command.Require(command.Status, CommandElements.Status));
    }
}
