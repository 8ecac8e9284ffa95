using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>C-CANCEL-RQ: stop a C-FIND, C-MOVE or C-GET; its own final response still comes (PS3.7 9.3.2.3).</summary>
/// <param name="MessageIdBeingRespondedTo">The id of the request to be stopped.</param>
public sealed record CCancelRequest(ushort MessageIdBeingRespondedTo)
{
    /// <summary>The command set that says this.</summary>
    public CommandSet ToCommandSet() => new()
    {
        CommandField = CommandField.CCancelRequest,
        MessageIdBeingRespondedTo = MessageIdBeingRespondedTo,
    };

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static CCancelRequest From(CommandSet command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Expect(CommandField.CCancelRequest);
        return new CCancelRequest(
            command.Require(command.MessageIdBeingRespondedTo, CommandElements.MessageIdBeingRespondedTo));
    }
}
