using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>The command set of a DIMSE message (PS3.7 6.3.1, E.1). Null means that the element is absent or empty; a counter that is null is not 0.</summary>
public sealed partial record CommandSet
{
    /// <summary>Creates a command set to be filled by its properties.</summary>
    public CommandSet()
    {
    }

    /// <summary>Which message this is.</summary>
    public required CommandField CommandField { get; init; }

    /// <summary>The id of this request, unique among those outstanding on the association.</summary>
    public ushort? MessageId { get; init; }

    /// <summary>The id of the request that is answered or cancelled.</summary>
    public ushort? MessageIdBeingRespondedTo { get; init; }

    /// <summary>The SOP class operated on.</summary>
    public string? AffectedSOPClassUID { get; init; }

    /// <summary>The SOP instance operated on.</summary>
    public string? AffectedSOPInstanceUID { get; init; }

    /// <summary>The SOP class asked for, in N-GET, N-SET, N-ACTION and N-DELETE.</summary>
    public string? RequestedSOPClassUID { get; init; }

    /// <summary>The SOP instance asked for, in N-GET, N-SET, N-ACTION and N-DELETE.</summary>
    public string? RequestedSOPInstanceUID { get; init; }

    /// <summary>The AE title that a C-MOVE shall send to.</summary>
    public string? MoveDestination { get; init; }

    /// <summary>Priority; only in requests of C-STORE, C-FIND, C-GET and C-MOVE.</summary>
    public ushort? Priority { get; init; }

    /// <summary>True if a data set follows: absent only if Command Data Set Type is 0101H.</summary>
    public bool HasDataSet { get; init; }

    /// <summary>The outcome; only in responses (PS3.7 C, PS3.4).</summary>
    public ushort? Status { get; init; }

    /// <summary>The elements at fault; empty if none is named.</summary>
    public IReadOnlyList<DicomTag> OffendingElements { get; init; } = [];

    /// <summary>The peer's own words about a failure. Sent as ASCII of at most 64 characters; read from ASCII, UTF-8 or Latin-1, without control characters.</summary>
    public string? ErrorComment { get; init; }

    /// <summary>The peer's own code of a failure.</summary>
    public ushort? ErrorId { get; init; }

    /// <summary>The type of an N-EVENT-REPORT.</summary>
    public ushort? EventTypeId { get; init; }

    /// <summary>The type of an N-ACTION.</summary>
    public ushort? ActionTypeId { get; init; }

    /// <summary>C-STOREs that a C-MOVE or C-GET has yet to do.</summary>
    public ushort? NumberOfRemainingSubOperations { get; init; }

    /// <summary>C-STOREs that succeeded.</summary>
    public ushort? NumberOfCompletedSubOperations { get; init; }

    /// <summary>C-STOREs that failed.</summary>
    public ushort? NumberOfFailedSubOperations { get; init; }

    /// <summary>C-STOREs that stored with a warning.</summary>
    public ushort? NumberOfWarningSubOperations { get; init; }

    /// <summary>Who asked for the C-MOVE that this C-STORE is part of.</summary>
    public string? MoveOriginatorAETitle { get; init; }

    /// <summary>The message id of the C-MOVE that this C-STORE is part of.</summary>
    public ushort? MoveOriginatorMessageId { get; init; }

    /// <summary>The message in one line for transcripts and errors: name, id and status.</summary>
    public override string ToString()
    {
        var id = MessageIdBeingRespondedTo is { } to ? $" to {to}" : MessageId is { } own ? $" {own}" : string.Empty;
        var status = Status is { } code ? $" status {code:X4}H" : string.Empty;
        return CommandField.ToName() + id + status;
    }

    /// <summary>Checks that this is the message expected.</summary>
    /// <exception cref="DicomProtocolException">It is another.</exception>
    internal CommandSet Expect(CommandField field) => CommandField == field
        ? this
        : throw new DicomProtocolException($"{CommandField.ToName()} came where {field.ToName()} was expected", "Command Field");

    /// <summary>An element that the message must have.</summary>
    /// <exception cref="DicomProtocolException">It is absent or empty.</exception>
    internal ushort Require(ushort? value, ushort element) => value ?? throw Missing(element);

    /// <inheritdoc cref="Require(ushort?, ushort)"/>
    internal string Require(string? value, ushort element) => value ?? throw Missing(element);

    private DicomProtocolException Missing(ushort element) =>
        new($"{CommandField.ToName()} lacks {CommandElements.Name(element)}", CommandElements.Name(element));
}
