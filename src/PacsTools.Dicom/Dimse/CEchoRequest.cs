using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>C-ECHO-RQ: are you there (PS3.7 9.3.5.1).</summary>
/// <param name="MessageId">The id of the request.</param>
/// <param name="AffectedSOPClassUID">Always the Verification SOP class.</param>
public sealed record CEchoRequest(ushort MessageId, string AffectedSOPClassUID = DicomUids.Verification)
{
    /// <summary>The command set that says this.</summary>
    public CommandSet ToCommandSet() => new()
    {
        CommandField = CommandField.CEchoRequest,
        AffectedSOPClassUID = AffectedSOPClassUID,
        MessageId = MessageId,
    };

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static CEchoRequest From(CommandSet command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Expect(CommandField.CEchoRequest);
        return new CEchoRequest(
            command.Require(command.MessageId, CommandElements.MessageId),
            command.Require(command.AffectedSOPClassUID, CommandElements.AffectedSOPClassUID));
    }
}
