using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>C-STORE-RSP; repeats both UIDs of the request (PS3.7 9.3.1.2).</summary>
/// <param name="MessageIdBeingRespondedTo">The id of the request.</param>
/// <param name="Status">The outcome.</param>
public sealed record CStoreResponse(ushort MessageIdBeingRespondedTo, ushort Status)
    : DimseResponse(MessageIdBeingRespondedTo, Status)
{
    /// <summary>The SOP instance of the request; peers may leave it out.</summary>
    public string? AffectedSOPInstanceUID { get; init; }

    /// <inheritdoc/>
    public override CommandSet ToCommandSet() => Command(CommandField.CStoreResponse) with
    {
        AffectedSOPInstanceUID = AffectedSOPInstanceUID,
    };

    /// <summary>The answer to a request, with what has to be repeated from it.</summary>
    public static CStoreResponse To(CStoreRequest request, ushort status)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new CStoreResponse(request.MessageId, status)
        {
            AffectedSOPClassUID = request.AffectedSOPClassUID,
            AffectedSOPInstanceUID = request.AffectedSOPInstanceUID,
        };
    }

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static CStoreResponse From(CommandSet command)
    {
        var (messageId, status) = Required(command, CommandField.CStoreResponse);
        return new CStoreResponse(messageId, status)
        {
            AffectedSOPClassUID = command.AffectedSOPClassUID,
            HasDataSet = command.HasDataSet,
            ErrorComment = command.ErrorComment,
            ErrorId = command.ErrorId,
            OffendingElements = command.OffendingElements,
            AffectedSOPInstanceUID = command.AffectedSOPInstanceUID,
        };
    }
}
