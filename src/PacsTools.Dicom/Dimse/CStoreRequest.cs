using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>C-STORE-RQ: take this instance, which follows as data set (PS3.7 9.3.1.1).</summary>
/// <param name="MessageId">The id of the request.</param>
/// <param name="AffectedSOPClassUID">The SOP class.</param>
/// <param name="AffectedSOPInstanceUID">The SOP instance.</param>
/// <param name="Priority">How urgent it is.</param>
public sealed record CStoreRequest(ushort MessageId, string AffectedSOPClassUID, string AffectedSOPInstanceUID, Priority Priority = Priority.Medium)
{
    /// <summary>Who asked for the C-MOVE that this is part of, or null.</summary>
    public string? MoveOriginatorAETitle { get; init; }

    /// <summary>The message id of the C-MOVE that this is part of, or null.</summary>
    public ushort? MoveOriginatorMessageId { get; init; }

    /// <summary>The command set that says this.</summary>
    public CommandSet ToCommandSet() => new()
    {
        CommandField = CommandField.CStoreRequest,
        AffectedSOPClassUID = AffectedSOPClassUID,
        MessageId = MessageId,
        AffectedSOPInstanceUID = AffectedSOPInstanceUID,
        Priority = (ushort)Priority,
        MoveOriginatorAETitle = MoveOriginatorAETitle,
        MoveOriginatorMessageId = MoveOriginatorMessageId,
        HasDataSet = true,
    };

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static CStoreRequest From(CommandSet command)
    {
        ArgumentNullException.ThrowIfNull(command);
        command.Expect(CommandField.CStoreRequest);
        return new CStoreRequest(
            command.Require(command.MessageId, CommandElements.MessageId),
            command.Require(command.AffectedSOPClassUID, CommandElements.AffectedSOPClassUID),
            command.Require(command.AffectedSOPInstanceUID, CommandElements.AffectedSOPInstanceUID),
            (Priority)(command.Priority ?? 0))
        {
            MoveOriginatorAETitle = command.MoveOriginatorAETitle,
            MoveOriginatorMessageId = command.MoveOriginatorMessageId,
        };
    }
}
