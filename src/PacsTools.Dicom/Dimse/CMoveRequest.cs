using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>C-MOVE-RQ: send to a third party what the identifier in the data set names (PS3.7 9.3.4.1).</summary>
/// <param name="MessageId">The id of the request.</param>
/// <param name="AffectedSOPClassUID">The retrieve model.</param>
/// <param name="MoveDestination">The AE title to send to.</param>
/// <param name="Priority">How urgent it is.</param>
public sealed record CMoveRequest(ushort MessageId, string AffectedSOPClassUID, string MoveDestination, Priority Priority = Priority.Medium)
{
    /// <summary>The command set that says this.</summary>
    public CommandSet ToCommandSet() => new()
    {
        CommandField = CommandField.CMoveRequest,
        AffectedSOPClassUID = AffectedSOPClassUID,
        MessageId = MessageId,
        MoveDestination = MoveDestination,
        Priority = (ushort)Priority,
        HasDataSet = true,
    };

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static CMoveRequest From(CommandSet command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Expect(CommandField.CMoveRequest);
        return new CMoveRequest(
            command.Require(command.MessageId, CommandElements.MessageId),
            command.Require(command.AffectedSOPClassUID, CommandElements.AffectedSOPClassUID),
            command.Require(command.MoveDestination, CommandElements.MoveDestination),
            (Priority)(command.Priority ?? 0));
    }
}
