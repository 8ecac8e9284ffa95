using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>C-FIND-RQ: a query, whose identifier follows as data set (PS3.7 9.3.2.1).</summary>
/// <param name="MessageId">The id of the request.</param>
/// <param name="AffectedSOPClassUID">The query model.</param>
/// <param name="Priority">How urgent it is.</param>
public sealed record CFindRequest(ushort MessageId, string AffectedSOPClassUID, Priority Priority = Priority.Medium)
{
    /// <summary>The command set that says this.</summary>
    public CommandSet ToCommandSet() => new()
    {
        CommandField = CommandField.CFindRequest,
        AffectedSOPClassUID = AffectedSOPClassUID,
        MessageId = MessageId,
        Priority = (ushort)Priority,
        HasDataSet = true,
    };

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static CFindRequest From(CommandSet command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Expect(CommandField.CFindRequest);
        return new CFindRequest(
            command.Require(command.MessageId, CommandElements.MessageId),
            command.Require(command.AffectedSOPClassUID, CommandElements.AffectedSOPClassUID),
            (Priority)(command.Priority ?? 0));
    }
}
