using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>C-FIND-RSP: a match with its identifier as data set while pending, or the end (PS3.7 9.3.2.2).</summary>
/// <param name="MessageIdBeingRespondedTo">The id of the request.</param>
/// <param name="Status">The outcome.</param>
public sealed record CFindResponse(ushort MessageIdBeingRespondedTo, ushort Status)
    : DimseResponse(MessageIdBeingRespondedTo, Status)
{
    /// <inheritdoc/>
    public override CommandSet ToCommandSet() => Command(CommandField.CFindResponse);

    /// <summary>The answer to a request, with what has to be repeated from it.</summary>
    public static CFindResponse To(CFindRequest request, ushort status)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new CFindResponse(request.MessageId, status)
        {
            AffectedSOPClassUID = request.AffectedSOPClassUID,
        };
    }

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static CFindResponse From(CommandSet command)
    {
        var (messageId, status) = Required(command, CommandField.CFindResponse);
        return new CFindResponse(messageId, status)
        {
            AffectedSOPClassUID = command.AffectedSOPClassUID,
            HasDataSet = command.HasDataSet,
            ErrorComment = command.ErrorComment,
            ErrorId = command.ErrorId,
            OffendingElements = command.OffendingElements,
        };
    }
}
