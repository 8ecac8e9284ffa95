using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>N-ACTION-RSP (PS3.7 10.3.4.2).</summary>
/// <param name="MessageIdBeingRespondedTo">The id of the request.</param>
/// <param name="Status">The outcome.</param>
public sealed record NActionResponse(ushort MessageIdBeingRespondedTo, ushort Status)
    : DimseResponse(MessageIdBeingRespondedTo, Status)
{
    /// <summary>The SOP instance of the request; peers may leave it out.</summary>
    public string? AffectedSOPInstanceUID { get; init; }

    /// <summary>The action of the request; peers may leave it out.</summary>
    public ushort? ActionTypeId { get; init; }

    /// <inheritdoc/>
    public override CommandSet ToCommandSet() => Command(CommandField.NActionResponse) with
    {
        AffectedSOPInstanceUID = AffectedSOPInstanceUID,
        ActionTypeId = ActionTypeId,
    };

    /// <summary>The answer to a request, with what has to be repeated from it.</summary>
    public static NActionResponse To(NActionRequest request, ushort status)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new NActionResponse(request.MessageId, status)
        {
            AffectedSOPClassUID = request.RequestedSOPClassUID,
            AffectedSOPInstanceUID = request.RequestedSOPInstanceUID,
            ActionTypeId = request.ActionTypeId,
        };
    }

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static NActionResponse From(CommandSet command)
    {
        var (messageId, status) = Required(command, CommandField.NActionResponse);
        return new NActionResponse(messageId, status)
        {
            AffectedSOPClassUID = command.AffectedSOPClassUID,
            HasDataSet = command.HasDataSet,
            ErrorComment = command.ErrorComment,
            ErrorId = command.ErrorId,
            OffendingElements = command.OffendingElements,
            AffectedSOPInstanceUID = command.AffectedSOPInstanceUID,
            ActionTypeId = command.ActionTypeId,
        };
    }
}
