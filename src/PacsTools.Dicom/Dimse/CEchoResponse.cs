using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Dimse;

/// <summary>C-ECHO-RSP (PS3.7 9.3.5.2).</summary>
/// <param name="MessageIdBeingRespondedTo">The id of the request.</param>
/// <param name="Status">The outcome.</param>
public sealed record CEchoResponse(ushort MessageIdBeingRespondedTo, ushort Status)
    : DimseResponse(MessageIdBeingRespondedTo, Status)
{
    /// <inheritdoc/>
    public override CommandSet ToCommandSet() => Command(CommandField.CEchoResponse);

    /// <summary>The answer to a request, with what has to be repeated from it.</summary>
    public static CEchoResponse To(CEchoRequest request, ushort status)
    {
        ArgumentNullException.ThrowIfNull(request);
        return new CEchoResponse(request.MessageId, status)
        {
            AffectedSOPClassUID = request.AffectedSOPClassUID,
        };
    }

    /// <summary>Reads the message from its command set.</summary>
    /// <exception cref="DicomProtocolException">It is another message, or an element it must have is missing.</exception>
    public static CEchoResponse From(CommandSet command)
    {
        var (messageId, status) = Required(command, CommandField.CEchoResponse);
        return new CEchoResponse(messageId, status)
        {
            AffectedSOPClassUID = command.AffectedSOPClassUID,
            HasDataSet = command.HasDataSet,
            ErrorComment = command.ErrorComment,
            ErrorId = command.ErrorId,
            OffendingElements = command.OffendingElements,
        };
    }
}
