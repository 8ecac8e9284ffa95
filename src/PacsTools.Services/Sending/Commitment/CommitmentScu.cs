using System.Globalization;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Sending;

/// <summary>
/// Storage commitment as SCU (PS3.4 J, push model): N-ACTION on an association of its own, then the report, on that association or on one
/// that the archive opens to a Storage SCP of this process.
/// </summary>
internal sealed class CommitmentScu(IAssociations? associations = null, CommitmentReports? reports = null, TimeProvider? timeProvider = null)
{
    /// <summary>PS3.4 Table J.3-1: Request Storage Commitment.</summary>
    private const ushort RequestCommitment = 1;

    // How soon a report on the association itself is seen. Waiting in a read would leave an abort as the only way to stop waiting.
    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(25);

    private static readonly ProposedContext[] s_contexts = [new(DicomUids.StorageCommitmentPushModel, [DicomUids.ExplicitVRLittleEndian, DicomUids.ImplicitVRLittleEndian])];

    private readonly IAssociations _associations = associations ?? DirectAssociations.Default;
    private readonly CommitmentReports _reports = reports ?? CommitmentReports.Shared;
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <summary>Asks for the commitment of instances in one transaction and waits for the report; blocks.</summary>
    /// <returns>The end of every instance; a failure of the whole is one of each.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public IEnumerable<CommitmentOutcome> Run(CommitmentRequest request, IReadOnlyList<CommitmentItem> items, IJobLog log, CancellationToken cancellationToken)
    {
        // Archives call back the AE that asked.
        using var title = CallingAETitles.Use(request.Node.CallingAETitle);
        using var transaction = new CommitmentTransaction(items, _time);
        try
        {
            Ask(request, transaction, log, cancellationToken);
            Await(request, transaction, cancellationToken);
            return transaction.Outcomes(request.Node, null);
        }
        catch (AssociationAbortedException e)
        {
            // That is how some archives treat whom they do not know, since they have nobody to report to.
            return transaction.Outcomes(request.Node, new CommitmentException("Commitment.Aborted", $"{e.Message} instead of answering the request for storage commitment", e)
            {
                Advice = $"Enter AE title {request.Node.CallingAETitle} with the address of this machine and the port of its Storage SCP in the archive, if it is not there; the archive's log says why it aborted.",
            });
        }
        catch (Exception e) when (e is DicomException or CommitmentException)
        {
            return transaction.Outcomes(request.Node, e);
        }
    }

    private void Ask(CommitmentRequest request, CommitmentTransaction transaction, IJobLog log, CancellationToken cancellationToken)
    {
        var tries = request.Retry.Start();
        while (true)
        {
            var uid = transaction.Begin(_reports);
            try
            {
                _associations.Use(
                    request.Node,
                    s_contexts,
                    association =>
                    {
                        using var watch = association.Watch("Commitment", request.ReportLimit * tries.TimeoutFactor, cancellationToken);
                        Act(association, request, transaction, uid);
                        Hold(association, request, transaction, log, cancellationToken);
                        return true;
                    },
                    cancellationToken,
                    tries.TimeoutFactor);
                return;
            }
            catch (DicomException e)
            {
                // Whatever became of the association, the report is here.
                if (transaction.IsComplete)
                    return;
                if (!tries.WaitForNextAsync(e, "N-ACTION", log, cancellationToken).GetAwaiter().GetResult())
                    throw;
            }
        }
    }

    private void Act(Association association, CommitmentRequest request, CommitmentTransaction transaction, string uid)
    {
        var context = association.GetContext(DicomUids.StorageCommitmentPushModel);
        var action = new NActionRequest(association.NextMessageId(), DicomUids.StorageCommitmentPushModel, DicomUids.StorageCommitmentPushModelInstance, RequestCommitment);
        association.Send(context, action.ToCommandSet(), Information(uid, transaction, context));
        while (true)
        {
            var message = association.Receive()
                ?? throw new DicomNetworkException($"{request.Node} released the association instead of answering an N-ACTION", isTransient: true) { Failure = NetworkFailure.ConnectionLost };

            // Nothing forbids a report to overtake the response.
            if (TakeReport(association, message))
                continue;
            Check(request, action, association, message);
            transaction.NoteAccepted();
            return;
        }
    }

    private static void Check(CommitmentRequest request, NActionRequest action, Association association, IncomingMessage message)
    {
        NActionResponse response;
        try
        {
            response = NActionResponse.From(message.Command);
            if (response.MessageIdBeingRespondedTo != action.MessageId)
                throw new DicomProtocolException($"{request.Node} answered message {response.MessageIdBeingRespondedTo} instead of {action.MessageId}", "Message ID Being Responded To");
        }
        catch (DicomProtocolException)
        {
            association.Abort();
            throw;
        }

        message.SkipDataset();
        var status = DimseStatus.Lookup(DimseService.NAction, response.Status);
        if (status.IsSuccessOrWarning)
            return;
        var comment = string.IsNullOrEmpty(response.ErrorComment) ? "" : $"\"{response.ErrorComment}\". ";
        throw new DimseStatusException(
            response.Status,
            $"{request.Node} refused the request for storage commitment with status {status}: {comment}{status.Words}",
            response.ErrorComment,
            [.. response.OffendingElements.Select(e => e.ToString())]);
    }

    /// <summary>Leaves the association open for a while, for archives that report on it. Its end is no failure: the report may come on another.</summary>
    private void Hold(Association association, CommitmentRequest request, CommitmentTransaction transaction, IJobLog log, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        // Where it is the only road for the report it is never left before the time is over.
        var limit = !request.Listener.CanBeCalled ? request.ReportLimit : request.Hold < request.ReportLimit / 2 ? request.Hold : request.ReportLimit / 2;
        try
        {
            // The last look is after the end of the wait: what came just then is not to be lost in the release.
            for (var last = false; !transaction.IsComplete; last = _time.GetElapsedTime(started) >= limit || (transaction.HasReport && transaction.Silence >= request.RestLimit))
            {
                if (association.TryReceiveNow(out var message))
                {
                    if (message is null)
                        return;
                    if (!TakeReport(association, message))
                        message.SkipDataset();
                    continue;
                }

                if (last)
                    return;
                transaction.WaitForReport(s_look, cancellationToken);
            }
        }
        catch (DicomException e) when (!cancellationToken.IsCancellationRequested)
        {
            log.Verbose($"The association that asked {request.Node} for storage commitment ended before the report: {e.Message}");
        }
    }

    private static void Await(CommitmentRequest request, CommitmentTransaction transaction, CancellationToken cancellationToken)
    {
        while (!transaction.IsComplete)
        {
            var limit = transaction.HasReport && request.RestLimit < request.ReportLimit ? request.RestLimit : request.ReportLimit;
            var left = limit - transaction.Silence;
            if (!transaction.HasReport && !request.Listener.CanBeCalled)
            {
                throw new CommitmentException(
                    "Commitment.NotHeard",
                    $"{request.Node} accepted the request for storage commitment and did not report on its association. {request.Listener.Describe(request.Node)}")
                {
                    Advice = request.Listener.Advise(request.Node),
                };
            }

            if (left > TimeSpan.Zero)
            {
                transaction.WaitForReport(left, cancellationToken);
                continue;
            }

            if (transaction.HasReport)
                return;
            throw new CommitmentException(
                "Commitment.Timeout",
                string.Create(CultureInfo.InvariantCulture, $"{request.Node} accepted the request for storage commitment and did not report within {limit.TotalSeconds:0.###} s. {request.Listener.Describe(request.Node)}"))
            {
                Advice = request.Listener.Advise(request.Node),
            };
        }
    }

    private bool TakeReport(Association association, IncomingMessage message)
    {
        if (message.Command.CommandField != CommandField.NEventReportRequest)
            return false;
        _reports.Answer(association, message);
        return true;
    }

    /// <summary>PS3.4 Table J.3-1.</summary>
    private static byte[] Information(string uid, CommitmentTransaction transaction, AcceptedContext context)
    {
        var information = new DicomDataset();
        information.SetString(DicomTags.TransactionUID, uid);
        information.SetItems(DicomTags.ReferencedSOPSequence, [.. transaction.References.Select(r =>
        {
            var item = new DicomDataset();
            item.SetString(DicomTags.ReferencedSOPClassUID, r.SopClass);
            item.SetString(DicomTags.ReferencedSOPInstanceUID, r.Instance);
            return item;
        })]);
        return DatasetWriter.Write(information, TransferSyntax.Get(context.TransferSyntax));
    }
}
