using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Storage;

/// <summary>One association of a Storage SCP, served by the thread it came on until the peer releases it, fails or falls silent.</summary>
internal sealed class StorageAssociation(StorageScp scp, Association association) : IInstanceSource
{
    /// <summary>Unrecognized operation (PS3.7 C.5.23).</summary>
    private const ushort UnrecognizedOperation = 0x0211;

    /// <summary>Refused: SOP class not supported (PS3.7 C.5.22).</summary>
    private const ushort SopClassNotSupported = 0x0122;

    private readonly HashSet<IReceiveSubscription> _served = [];

    public string SendingAETitle => association.CallingAETitle;

    public string ReceivingAETitle => association.CalledAETitle;

    public string? SendingAddress => AddressFilter.Text(association.RemoteEndPoint);

    /// <summary>Who sends, in words for a log.</summary>
    public string Peer => association.Peer;

    /// <summary>Raised once, on the association's thread, when it is over.</summary>
    public event Action<IInstanceSource>? Closed;

    /// <summary>Answers requests until the end.</summary>
    public void Serve()
    {
        var receiver = new InstanceReceiver(scp, this);
        try
        {
            while (association.Receive() is { } message)
                Answer(message, receiver);
        }
        finally
        {
            Closed?.Invoke(this);
        }
    }

    /// <summary>Notes that a subscriber got an instance from here. True the first time.</summary>
    public bool NoteServed(IReceiveSubscription subscription)
    {
        lock (_served)
            return _served.Add(subscription);
    }

    /// <summary>Ends the association if the subscriber is the only one it ever brought something for.</summary>
    public void AbortIfOnlyFor(IReceiveSubscription subscription)
    {
        lock (_served)
        {
            if (_served.Count != 1 || !_served.Contains(subscription))
                return;
        }

        association.Abort();
    }

    private void Answer(IncomingMessage message, InstanceReceiver receiver)
    {
        var command = message.Command;
        switch (command.CommandField)
        {
            case CommandField.CStoreRequest:
                association.Send(message.Context, Store(message, CStoreRequest.From(command), receiver).ToCommandSet());
                break;
            case CommandField.CEchoRequest:
                association.Send(message.Context, CEchoResponse.To(CEchoRequest.From(command), 0).ToCommandSet());
                break;
            case CommandField.NEventReportRequest:
                CommitmentReports.Shared.Answer(association, message);
                break;
            case CommandField.CCancelRequest:
                // Nothing here takes long enough to be cancelled; C-CANCEL has no response (PS3.7 9.3.2.3).
                break;
            default:
                message.SkipDataset();
                if (((ushort)command.CommandField & 0x8000) == 0 && command.MessageId is { } id)
                    association.Send(message.Context, Refusal(command, id));
                break;
        }
    }

    private CStoreResponse Store(IncomingMessage message, CStoreRequest request, InstanceReceiver receiver)
    {
        if (scp.Stores(message.Context.AbstractSyntax, request.AffectedSOPClassUID))
            return receiver.Receive(message, request);
        message.SkipDataset();
        return CStoreResponse.To(request, SopClassNotSupported) with { ErrorComment = "The SOP class was not agreed for this context" };
    }

    // PS3.7 E.1: the response to a request has its command field with the high bit set.
    private static CommandSet Refusal(CommandSet request, ushort messageId) => new()
    {
        CommandField = (CommandField)((ushort)request.CommandField | 0x8000),
        MessageIdBeingRespondedTo = messageId,
        AffectedSOPClassUID = request.AffectedSOPClassUID ?? request.RequestedSOPClassUID,
        Status = UnrecognizedOperation,
    };
}
