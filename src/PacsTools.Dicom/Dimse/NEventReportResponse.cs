using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>N-EVENT-REPORT-RSP (PS3.7 10.3.1.2).</summary>
/// <param name="MessageIdBeingRespondedTo">The id of the request.</param>
/// <param name="Status">The outcome.</param>
public sealed record NEventReportResponse(ushort MessageIdBeingRespondedTo, ushort Status)
    : DimseResponse(MessageIdBeingRespondedTo, Status)
{
    /// <summary>The SOP instance of the request; peers may leave it out.</summary>
    public string? AffectedSOPInstanceUID { get; init; }

    /// <summary>The event of the request; peers may leave it out.</summary>
    public ushort? EventTypeId { get; init; }

    /// <inheritdoc/>
    public override CommandSet ToCommandSet() => Command(CommandField.NEventReportResponse) with
    {
        AffectedSOPInstanceUID = AffectedSOPInstanceUID,
        EventTypeId = EventTypeId,
    };

    /// <summary>The answer to a request, with what has to be repeated from it.</summary>
    public static NEventReportResponse To(NEventReportRequest request, ushort status)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new NEventReportResponse(request.MessageId, status)
        {
            AffectedSOPClassUID = request.AffectedSOPClassUID,
            AffectedSOPInstanceUID = request.AffectedSOPInstanceUID,
            EventTypeId = request.EventTypeId,
        };
    }

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static NEventReportResponse From(CommandSet command)
    {
        var (messageId, status) = Required(command, CommandField.NEventReportResponse);
        return new NEventReportResponse(messageId, status)
        {
            AffectedSOPClassUID = command.AffectedSOPClassUID,
            HasDataSet = command.HasDataSet,
            ErrorComment = command.ErrorComment,
            ErrorId = command.ErrorId,
            OffendingElements = command.OffendingElements,
            AffectedSOPInstanceUID = command.AffectedSOPInstanceUID,
            EventTypeId = command.EventTypeId,
        };
    }
}
