using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>C-GET-RSP: how far it has come, or the end (PS3.7 9.3.3.2).</summary>
/// <param name="MessageIdBeingRespondedTo">The id of the request.</param>
/// <param name="Status">The outcome.</param>
public sealed record CGetResponse(ushort MessageIdBeingRespondedTo, ushort Status)
    : SubOperationsResponse(MessageIdBeingRespondedTo, Status)
{
    /// <inheritdoc/>
    public override CommandSet ToCommandSet() => CountedCommand(CommandField.CGetResponse);

    /// <summary>The answer to a request, with what has to be repeated from it.</summary>
    public static CGetResponse To(CGetRequest request, ushort status)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new CGetResponse(request.MessageId, status)
        {
            AffectedSOPClassUID = request.AffectedSOPClassUID,
        };
    }

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static CGetResponse From(CommandSet command)
    {
        var (messageId, status) = Required(command, CommandField.CGetResponse);
        return new CGetResponse(messageId, status)
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
