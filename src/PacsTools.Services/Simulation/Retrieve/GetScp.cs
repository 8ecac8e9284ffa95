using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>C-GET as SCP (PS3.4 C.4.3.3): sends on the association of the request, where the requestor took the role of storage SCP.</summary>
internal sealed class GetScp(SimulatorState state, ScpChannel channel)
{
    private bool _cancelled;
    private ushort _messageId;

    /// <exception cref="DicomException">The association is gone.</exception>
    public void Serve(IncomingMessage message)
    {
        var request = CGetRequest.From(message.Command);
        var context = message.Context;
        _messageId = request.MessageId;
        try
        {
            var rules = SimulatorNegotiation.RulesFor(channel.Association, context.AbstractSyntax);
            var identifier = DatasetExchange.Read(message);
            state.Journal?.NoteAsked(CommandField.CGetRequest, identifier);
            var instances = RetrieveSelection.Read(state.Index, identifier, InformationModel.Of(context.AbstractSyntax), rules);
            new SubOperationRun(state, channel, context, status => CGetResponse.To(request, status))
                .Run(instances, Send, () => _cancelled || channel.IsCancelled(_messageId));
        }
        catch (IdentifierException e)
        {
            channel.RespondLast(context, CGetResponse.To(request, e.Status) with { ErrorComment = e.Message, OffendingElements = e.Offending });
        }
    }

    private ushort Send(StoredInstance instance)
    {
        var association = channel.Association;
        var (context, stream, length) = StoredFile.OpenFor(association, instance);
        var store = new CStoreRequest(association.NextMessageId(), instance.SopClassUid, instance.SopInstanceUid);
        using (stream)
            association.Send(context, store.ToCommandSet(), stream, length);

        return AwaitResponse(association, store);
    }

    /// <summary>The response to the C-STORE; a C-CANCEL that comes before it is remembered.</summary>
    private ushort AwaitResponse(Association association, CStoreRequest store)
    {
        while (true)
        {
            var message = association.Receive() ?? throw new AssociationAbortedException($"{association.Peer} released in the middle of a C-GET", 0, 0, byPeer: true);
            if (message.Command.CommandField == CommandField.CCancelRequest)
            {
                _cancelled |= message.Command.MessageIdBeingRespondedTo == _messageId;
                continue;
            }

            return StoreAnswer.StatusOf(message, store, association);
        }
    }
}
