using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Sending;

/// <summary>One thread that sends files, on one association after the other: as many as contexts and mishaps make it need.</summary>
internal sealed class SendWorker(SendJob job)
{
    private readonly SendRequest _request = job.Request;
    private readonly OutgoingQueue _queue = job.Queue;

    /// <summary>Runs until no file is left.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Run()
    {
        RetrySequence? openings = null;
        while (_queue.NextPlan() is { } plan)
        {
            if (plan.Count == 0)
            {
                continue;
            }

            var opened = false;
            try
            {
                job.Associations.Use(
                    _request.Node,
                    plan.Contexts,
                    association =>
                    {
                        opened = true;
                        openings = null;
                        return job.WhileSending(() => SendCovered(association, plan));
                    },
                    job.Stop,
                    openings?.TimeoutFactor ?? 1);
            }
            catch (DicomException e) when (!opened)
            {
                openings ??= _request.Retry.Start();
                if (Again(openings, e, "Opening an association to send files"))
                {
                    continue;
                }

                if (job.OthersAreSending)
                {
                    job.Log.Verbose($"One association fewer to {_request.Node}: {e.Message}");
                    return;
                }

                FailAll(e);
                return;
            }
        }
    }

    private void FailAll(DicomException reason)
    {
        while (_queue.Take(null, Timeout.InfiniteTimeSpan) is { } file)
        {
            job.Failed(file, file.Failure ?? reason);
            _queue.Done();
        }
    }

    /// <summary>Sends every file that the contexts cover. Returns early if the association is lost; the files know what that means for them.</summary>
    private bool SendCovered(Association association, ContextPlan plan)
    {
        var current = Next(association, plan, _request.Idle);
        Upcoming? next = null;
        var used = false;
        try
        {
            while (current is not null)
            {
                // An archive that has ended the association while nothing was under way has cost nothing.
                if (!association.IsUsable || (used && !association.IsIdleAndAlive))
                {
                    return false;
                }

                used = true;
                if (!TrySend(association, current, () => next ??= Next(association, plan, TimeSpan.Zero)))
                {
                    return false;
                }

                current.Dataset.Dispose();
                current = null;
                _queue.Done();
                (current, next) = (next ?? Next(association, plan, _request.Idle), null);
            }

            return true;
        }
        finally
        {
            GiveBack(next);
            GiveBack(current);
        }
    }

    /// <summary>Sends a file until it has its end.</summary>
    /// <returns>False if the association is gone and the file is to be sent on another.</returns>
    private bool TrySend(Association association, Upcoming upcoming, Action readAhead)
    {
        var file = upcoming.File;
        while (true)
        {
            try
            {
                var response = Store(association, upcoming, readAhead);
                var status = DimseStatus.Lookup(DimseService.Store, response.Status);
                if (status.IsSuccessOrWarning)
                {
                    job.Stored(file, upcoming.Dataset, response.Status, response.ErrorComment);
                    return true;
                }

                var refusal = new DimseStatusException(
                    response.Status,
                    $"{_request.Node} answered the C-STORE of {file.SOPInstanceUID} with status {status}: {Comment(response.ErrorComment)}{status.Words}",
                    response.ErrorComment,
                    [.. response.OffendingElements.Select(e => e.ToString())]);
                if (!Again(file.Tries ??= _request.Retry.Start(), refusal, "C-STORE"))
                {
                    job.Failed(file, refusal, response.Status);
                    return true;
                }

                upcoming.Dataset.Dispose();
                upcoming.Dataset = Open(file, association);
            }
            catch (DicomException e)
            {
                return !MayBeSentElsewhere(file, e);
            }
            catch (SendException e)
            {
                job.Failed(file, e);
                return true;
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                job.Failed(file, OutgoingFile.Unreadable(file.Path, e));
                return true;
            }
        }
    }

    // Whether the archive had it all is not known: sending it again is a decision of the retry table, and told.
    private bool MayBeSentElsewhere(OutgoingFile file, DicomException reason)
    {
        if (!Again(file.Tries ??= _request.Retry.Start(), reason, "C-STORE"))
        {
            job.Failed(file, reason);
            return false;
        }

        file.Failure = reason;
        job.Log.Warning("Send.SentAgain", $"{file.SOPInstanceUID} is sent again: the archive had not answered when {reason.Message.TrimEnd('.')}. It may have it already.");
        return true;
    }

    private CStoreResponse Store(Association association, Upcoming upcoming, Action readAhead)
    {
        var file = upcoming.File;
        file.Attempts++;
        if (file.Started == 0)
        {
            file.Started = job.Time.GetTimestamp();
        }

        var limit = (_request.Node.Timeout ?? PacsDefaults.StoreTimeout) * (file.Tries?.TimeoutFactor ?? 1);
        using var watch = association.Watch("Store", limit, job.Stop);
        var request = new CStoreRequest(association.NextMessageId(), file.SOPClassUID, file.SOPInstanceUID);
        upcoming.Dataset.SendOn(association, request.ToCommandSet(), stream => _request.Rate is { } rate ? new PacedStream(stream, rate, job.Stop) : stream);
        readAhead();
        var message = association.Receive()
            ?? throw new DicomNetworkException($"{_request.Node} released the association instead of answering a C-STORE", isTransient: true) { Failure = NetworkFailure.ConnectionLost };
        try
        {
            var response = CStoreResponse.From(message.Command);
            Check(request, response);
            return response;
        }
        catch (DicomProtocolException)
        {
            association.Abort();
            throw;
        }
    }

    // An answer to something else says nothing of what was sent, however good it sounds. Peers may leave the UIDs out.
    private void Check(CStoreRequest request, CStoreResponse response)
    {
        if (response.MessageIdBeingRespondedTo != request.MessageId)
        {
            throw new DicomProtocolException($"{_request.Node} answered message {response.MessageIdBeingRespondedTo} instead of {request.MessageId}", "Message ID Being Responded To");
        }

        if (!string.IsNullOrEmpty(response.AffectedSOPInstanceUID) && response.AffectedSOPInstanceUID != request.AffectedSOPInstanceUID)
        {
            throw new DicomProtocolException($"{_request.Node} answered for the instance {response.AffectedSOPInstanceUID} when {request.AffectedSOPInstanceUID} was sent", "Affected SOP Instance UID");
        }
    }

    /// <summary>The next file these contexts cover, its data set open. Files that cannot be sent get their end on the way.</summary>
    private Upcoming? Next(Association association, ContextPlan plan, TimeSpan patience)
    {
        while (_queue.Take(plan, patience) is { } file)
        {
            try
            {
                return new Upcoming(file, Open(file, association));
            }
            catch (SendException e)
            {
                job.Failed(file, e);
                _queue.Done();
            }
        }

        return null;
    }

    private void GiveBack(Upcoming? upcoming)
    {
        if (upcoming is not null)
        {
            upcoming.Dataset.Dispose();
            _queue.GiveBack(upcoming.File);
        }
    }

    private bool Again(RetrySequence tries, Exception reason, string what) =>
        tries.WaitForNextAsync(reason, what, job.Log, job.Stop).GetAwaiter().GetResult();

    private static string Comment(string? comment) => string.IsNullOrEmpty(comment) ? "" : $"\"{comment}\". ";

    private OutgoingDataset Open(OutgoingFile file, Association association) => OutgoingDataset.Open(file, association, readsAhead: _request.Rate is null);

    private sealed class Upcoming(OutgoingFile file, OutgoingDataset dataset)
    {
        public OutgoingFile File => file;

        public OutgoingDataset Dataset { get; set; } = dataset;
    }
}
