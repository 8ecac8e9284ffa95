using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>N-EVENT-REPORT-RQ: something happened to an instance, such as a storage commitment result (PS3.7 10.3.1.1).</summary>
/// <param name="MessageId">The id of the request.</param>
/// <param name="AffectedSOPClassUID">The SOP class.</param>
/// <param name="AffectedSOPInstanceUID">The SOP instance.</param>
/// <param name="EventTypeId">What happened; defined by the SOP class.</param>
/// <param name="HasDataSet">True if information about the event follows.</param>
public sealed record NEventReportRequest(ushort MessageId, string AffectedSOPClassUID, string AffectedSOPInstanceUID, ushort EventTypeId, bool HasDataSet = true)
{
    /// <summary>The command set that says this.</summary>
    public CommandSet ToCommandSet() => new()
    {
        CommandField = CommandField.NEventReportRequest,
        AffectedSOPClassUID = AffectedSOPClassUID,
        MessageId = MessageId,
        AffectedSOPInstanceUID = AffectedSOPInstanceUID,
        EventTypeId = EventTypeId,
        HasDataSet = HasDataSet,
    };

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static NEventReportRequest From(CommandSet command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Expect(CommandField.NEventReportRequest);
        return new NEventReportRequest(
            command.Require(command.MessageId, CommandElements.MessageId),
            command.Require(command.AffectedSOPClassUID, CommandElements.AffectedSOPClassUID),
            command.Require(command.AffectedSOPInstanceUID, CommandElements.AffectedSOPInstanceUID),
            command.Require(command.EventTypeId, CommandElements.EventTypeId),
            command.HasDataSet);
    }
}
