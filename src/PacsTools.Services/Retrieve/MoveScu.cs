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

    /// <summary>Runs one C-MOVE a scope on one association, until one of them is refused.</summary>
    /// <param name="operation">What to retrieve for.</param>
    /// <param name="moveDestination">The AE title to send to.</param>
    /// <param name="inactivity">The longest silence.</param>
    /// <param name="timeoutFactor">How much longer than usual to wait.</param>
    /// <param name="cancellationToken">Sends C-CANCEL, and A-ABORT a little later.</param>
    /// <exception cref="DicomException">The association failed; no final response came.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the archive was told.</exception>
    public RoadOutcome Move(RetrieveOperation operation, string moveDestination, TimeSpan inactivity, int timeoutFactor, CancellationToken cancellationToken)
    {
        var node = operation.Request.Node;
        var sopClass = node.QueryModel == QueryModel.Patient ? DicomUids.PatientRootMove : DicomUids.StudyRootMove;
        var outcome = associations.Use(
            node,
            [new ProposedContext(sopClass, s_transferSyntaxes)],
            association => Move(association, sopClass, operation, moveDestination, inactivity * timeoutFactor, cancellationToken),
            cancellationToken,
            timeoutFactor);
        cancellationToken.ThrowIfCancellationRequested();
        return outcome;
    }

    private static RoadOutcome Move(Association association, string sopClass, RetrieveOperation operation, string moveDestination, TimeSpan inactivity, CancellationToken cancellationToken)
    {
        using var watch = association.Watch("Move", inactivity);
        var context = association.GetContext(sopClass);
        RoadOutcome? all = null;
        foreach (var scope in operation.Scopes)
        {
            var messageId = MoveMessageIds.Next();
            operation.ExpectFromMove(messageId, association.NoteActivity);
            var before = all?.Counts ?? default;
            var pump = new SubOperationPump(association, messageId, CMoveResponse.From, counts => operation.NoteCounts(before.Plus(counts)));
            using (association.CancelOn(context, messageId, CancelGrace, cancellationToken))
            {
                var identifier = DatasetWriter.Write(RetrieveIdentifier.Build(operation.Request, scope), TransferSyntax.Get(context.TransferSyntax));
                association.Send(context, new CMoveRequest(messageId, sopClass, moveDestination).ToCommandSet(), identifier);
                operation.NoteAsked();
                all = RoadOutcome.Join(all, Follow(pump));
            }

            if (!all.MayGoOn || cancellationToken.IsCancellationRequested)
                break;
        }

        // As after any other failure nobody goes on with it: dcmqrscp, for one, holds its index locked from a C-MOVE it refused until the association ends.
        if (all!.IsFailure && association.IsUsable)
            association.Release();
        return all;
    }

    private static RoadOutcome Follow(SubOperationPump pump)
    {
        while (true)
        {
            if (pump.Take(pump.Receive("C-MOVE")) is { } outcome)
                return outcome;
        }
    }
}
