using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Retrieve;

/// <summary>The SCU of C-MOVE (PS3.4 C.4.2): asks an archive to send to a move destination and follows its responses. Blocks its thread.</summary>
internal sealed class MoveScu(IAssociations associations)
{
    /// <summary>How long an archive may take to answer a C-CANCEL before it is sent an A-ABORT.</summary>
    internal static readonly TimeSpan CancelGrace = TimeSpan.FromMilliseconds(300);

    private static readonly string[] s_transferSyntaxes = [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian];

    /// <summary>Runs one C-MOVE to its final response.</summary>
    /// <param name="request">What to retrieve.</param>
    /// <param name="moveDestination">The AE title to send to.</param>
    /// <param name="messageId">A message id unique in the process.</param>
    /// <param name="inactivity">The longest silence.</param>
    /// <param name="timeoutFactor">How much longer than usual to wait.</param>
    /// <param name="observer">Told of the association and of every response.</param>
    /// <param name="cancellationToken">Sends C-CANCEL, and A-ABORT a little later.</param>
    /// <exception cref="DicomException">The association failed; no final response came.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the archive was told.</exception>
    public RoadOutcome Move(RetrieveRequest request, string moveDestination, ushort messageId, TimeSpan inactivity, int timeoutFactor, IMoveObserver observer, CancellationToken cancellationToken)
    {
        var sopClass = request.Node.QueryModel == QueryModel.Patient
            ? DicomUids.PatientRootQueryRetrieveInformationModelMove
            : DicomUids.StudyRootQueryRetrieveInformationModelMove;
        var outcome = associations.Use(
            request.Node,
            [new ProposedContext(sopClass, s_transferSyntaxes)],
            association => Move(association, sopClass, request, moveDestination, messageId, inactivity * timeoutFactor, observer, cancellationToken),
            cancellationToken,
            timeoutFactor);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome;
    }

    private static RoadOutcome Move(Association association, string sopClass, RetrieveRequest request, string moveDestination, ushort messageId, TimeSpan inactivity, IMoveObserver observer, CancellationToken cancellationToken)
    {
        using var watch = association.Watch("Move", inactivity);
        var context = association.GetContext(sopClass);
        observer.Opened(association);
        RoadOutcome outcome;
        using (association.CancelOn(context, messageId, CancelGrace, cancellationToken))
        {
            var identifier = DatasetWriter.Write(RetrieveIdentifier.Build(request), TransferSyntax.Get(context.TransferSyntax));
            association.Send(context, new CMoveRequest(messageId, sopClass, moveDestination).ToCommandSet(), identifier);
            observer.Asked();
            outcome = Follow(association, messageId, observer);
        }

        return outcome with { MoveDestination = moveDestination };
    }

    private static RoadOutcome Follow(Association association, ushort messageId, IMoveObserver observer)
    {
        var counts = default(SubOperationCounts);
        while (true)
        {
            var message = association.Receive()
                ?? throw new AssociationAbortedException($"{association.Peer} released the association before the C-MOVE had ended", 0, 0, byPeer: true);
            var response = CMoveResponse.From(message.Command);
            if (response.MessageIdBeingRespondedTo != messageId)
                throw new DicomProtocolException($"a response to message {response.MessageIdBeingRespondedTo} came, which was never sent", "Message ID Being Responded To");
            counts = counts.With(response);
            observer.Responded(counts);
            if (response.Status is 0xFF00 or 0xFF01)
            {
                // PS3.4 C.4.2.3.1: pending responses carry no identifier; whatever some send is not ours to judge.
                message.SkipDataset();
                continue;
            }

            return new RoadOutcome
            {
                Status = response.Status,
                Counts = counts,
                FailedSOPInstanceUIDs = FailedUids(message),
                ErrorComment = response.ErrorComment,
                OffendingElements = [.. response.OffendingElements.Select(e => e.ToString())],
            };
        }
    }

    private static IReadOnlyList<string> FailedUids(IncomingMessage message)
    {
        if (!message.HasDataSet)
            return [];
        try
        {
            var dataset = DatasetReader.Read(message.ReadDataset(), TransferSyntax.Get(message.Context.TransferSyntax), new DatasetReadOptions { Lenient = true });
            return [.. dataset.GetStrings(DicomTags.FailedSOPInstanceUIDList).Where(u => u.Length > 0).Distinct(StringComparer.Ordinal)];
        }
        catch (DicomDataException)
        {
            // The list is optional, and the counters stand without it.
            return [];
        }
    }
}
