using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>
/// The SCU of C-GET (PS3.4 C.4.3): asks an archive to send on the association of the request, where this side is SCP of the storage classes. Instances go
/// from the socket to the disk as they do in a Storage SCP. Blocks its thread.
/// </summary>
internal sealed class GetScu(IAssociations associations)
{
    private static readonly string[] s_transferSyntaxes = [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian];

    /// <summary>Runs one C-GET a scope on one association, until one of them is refused.</summary>
    /// <exception cref="DicomException">The association failed; no final response came.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the archive was told.</exception>
    public RoadOutcome Get(RetrieveOperation operation, IReadOnlyList<ProposedContext> storage, TimeSpan inactivity, int timeoutFactor, CancellationToken cancellationToken)
    {
        var request = operation.Request;
        var sopClass = request.Node.QueryModel == QueryModel.Patient ? DicomUids.PatientRootGet : DicomUids.StudyRootGet;
        var outcome = associations.Use(
            request.Node,
            [new ProposedContext(sopClass, s_transferSyntaxes), .. storage],
            association => Get(association, sopClass, operation, inactivity * timeoutFactor, cancellationToken),
            cancellationToken,
            timeoutFactor);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome;
    }

    private static RoadOutcome Get(Association association, string sopClass, RetrieveOperation operation, TimeSpan inactivity, CancellationToken cancellationToken)
    {
        using var watch = association.Watch("Get", inactivity);
        var context = association.GetContext(sopClass);
        if (!association.Contexts.Any(c => c.IsAccepted && c.AbstractSyntax != sopClass))
            throw new NoAcceptedContextException(sopClass, context.Result, $"{association.Peer} takes C-GET requests and no storage class to send what they ask for");
        var reception = new GetReception(operation, association);
        var receiver = new InstanceReceiver(reception, reception);
        operation.ExpectFrom(reception, association.NoteActivity);
        RoadOutcome? all = null;
        foreach (var scope in operation.Scopes)
        {
            var messageId = association.NextMessageId();
            var before = all?.Counts ?? default;
            var pump = new SubOperationPump(association, messageId, CGetResponse.From, counts => operation.NoteCounts(before.Plus(counts)));
            using (association.CancelOn(context, messageId, MoveScu.CancelGrace, cancellationToken))
            {
                var identifier = DatasetWriter.Write(RetrieveIdentifier.Build(operation.Request, scope), TransferSyntax.Get(context.TransferSyntax));
                association.Send(context, new CGetRequest(messageId, sopClass).ToCommandSet(), identifier);
                operation.NoteAsked();
                all = RoadOutcome.Join(all, Follow(association, pump, receiver));
            }

            if (!all.MayGoOn || cancellationToken.IsCancellationRequested)
                break;
        }

        return all!;
    }

    private static RoadOutcome Follow(Association association, SubOperationPump pump, InstanceReceiver receiver)
    {
        while (true)
        {
            var message = pump.Receive("C-GET");
            if (message.Command.CommandField == CommandField.CStoreRequest)
                association.Send(message.Context, receiver.Receive(message, CStoreRequest.From(message.Command)).ToCommandSet());
            else if (pump.Take(message) is { } outcome)
                return outcome;
        }
    }
}
