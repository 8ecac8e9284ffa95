using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>N-ACTION-RQ: do something to an instance, such as committing to storage (PS3.7 10.3.4.1).</summary>
/// <param name="MessageId">The id of the request.</param>
/// <param name="RequestedSOPClassUID">The SOP class.</param>
/// <param name="RequestedSOPInstanceUID">The SOP instance.</param>
/// <param name="ActionTypeId">What to do; defined by the SOP class.</param>
/// <param name="HasDataSet">True if information for the action follows.</param>
public sealed record NActionRequest(ushort MessageId, string RequestedSOPClassUID, string RequestedSOPInstanceUID, ushort ActionTypeId, bool HasDataSet = true)
{
    /// <summary>The command set that says this.</summary>
    public CommandSet ToCommandSet() => new()
    {
        CommandField = CommandField.NActionRequest,
        RequestedSOPClassUID = RequestedSOPClassUID,
        MessageId = MessageId,
        RequestedSOPInstanceUID = RequestedSOPInstanceUID,
        ActionTypeId = ActionTypeId,
        HasDataSet = HasDataSet,
    };

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static NActionRequest From(CommandSet command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Expect(CommandField.NActionRequest);
        return new NActionRequest(
            command.Require(command.MessageId, CommandElements.MessageId),
            command.Require(command.RequestedSOPClassUID, CommandElements.RequestedSOPClassUID),
            command.Require(command.RequestedSOPInstanceUID, CommandElements.RequestedSOPInstanceUID),
            command.Require(command.ActionTypeId, CommandElements.ActionTypeId),
            command.HasDataSet);
    }
}
