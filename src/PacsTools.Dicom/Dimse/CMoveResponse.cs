using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>C-MOVE-RSP: how far it has come, or the end (PS3.7 9.3.4.2).</summary>
/// <param name="MessageIdBeingRespondedTo">The id of the request.</param>
/// <param name="Status">The outcome.</param>
public sealed record CMoveResponse(ushort MessageIdBeingRespondedTo, ushort Status)
    : SubOperationsResponse(MessageIdBeingRespondedTo, Status)
{
    /// <inheritdoc/>
    public override CommandSet ToCommandSet() => CountedCommand(CommandField.CMoveResponse);

    /// <summary>The answer to a request, with what has to be repeated from it.</summary>
    public static CMoveResponse To(CMoveRequest request, ushort status)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new CMoveResponse(request.MessageId, status)
        {
            AffectedSOPClassUID = request.AffectedSOPClassUID,
        };
    }

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static CMoveResponse From(CommandSet command)
    {
        var (messageId, status) = Required(command, CommandField.CMoveResponse);
        return new CMoveResponse(messageId, status)
        {
            AffectedSOPClassUID = command.AffectedSOPClassUID,
            HasDataSet = command.HasDataSet,
            ErrorComment = command.ErrorComment,
            ErrorId = command.ErrorId,
            OffendingElements = command.OffendingElements,
            Remaining = command.NumberOfRemainingSubOperations,
            Completed = command.NumberOfCompletedSubOperations,
            Failed = command.NumberOfFailedSubOperations,
            Warning = command.NumberOfWarningSubOperations,
        };
    }
}
