using System.Collections.Concurrent;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Diagnosis;

/// <summary>
/// Has an archive send one instance here by C-MOVE (PS3.4 C.4.2) and watches what comes to our Storage SCP, which tells apart an AE title that is
/// unknown there, a connection that never comes, one that we refuse, and one on which the instance arrives. What arrives is thrown away, and a Storage SCP that
/// was started for it is stopped again.
/// </summary>
internal sealed class MoveProbe(StorageScpRegistry? scps = null, TimeProvider? timeProvider = null)
{
    // Results are kept and never read; an archive that sends more than it was asked for must not wait for that.
    private const int NobodyReads = 1_000_000;

    private readonly StorageScpRegistry _scps = scps ?? StorageScpRegistry.Shared;
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;

    /// <summary>All rungs in one: the first that failed, or the last.</summary>
    public async Task<DiagnosisRung> SummarizeAsync(PacsNode node, MoveProbeRequest request, IJobLog log, CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var rungs = await RunAsync(node, request, log, cancellationToken).ConfigureAwait(false);
        var telling = rungs.FirstOrDefault(r => !r.Success) ?? rungs[^1];
        return telling with { Stage = DiagnosisStage.Move, Duration = _time.GetElapsedTime(started) };
    }

    /// <summary>Find, Listen, Accepted, Connected, Stored; the first that fails is the last.</summary>
    public async Task<IReadOnlyList<DiagnosisRung>> RunAsync(PacsNode node, MoveProbeRequest request, IJobLog log, CancellationToken cancellationToken)
    {
        List<DiagnosisRung> rungs = [];
        var (wanted, found) = await LocateAsync(node, request, log, cancellationToken).ConfigureAwait(false);
        if (found is not null)
            rungs.Add(found);
        if (wanted is null)
            return rungs;

        var started = _time.GetTimestamp();
        StorageScp scp;
        var running = _scps.All;
        try
        {
            scp = _scps.Choose(request.Scp, node, log);
        }
        catch (StorageScpException e)
        {
            rungs.Add(Rung(node, DiagnosisStage.Listen, started) with { Error = e, Detail = e.Message, Advice = e.Advice ?? "Choose another port with -ScpPort, and tell the archive of it." });
            return rungs;
        }

        rungs.Add(Rung(node, DiagnosisStage.Listen, started) with { Success = true, Detail = $"our Storage SCP {scp} listens on {(scp.BindAddress == "*" ? "every interface" : scp.BindAddress)}" });
        try
        {
            rungs.AddRange(await MoveAsync(node, wanted, scp, log, cancellationToken).ConfigureAwait(false));
            return rungs;
        }
        finally
        {
            // Another retrieve of this process may have begun to use it meanwhile.
            if (!running.Contains(scp) && scp.Subscriptions.IsEmpty)
                _scps.Stop(scp);
        }
    }

    private DiagnosisRung Rung(PacsNode node, DiagnosisStage stage, long started) => new() { Node = node, Stage = stage, Duration = _time.GetElapsedTime(started) };

    private async Task<(RetrieveRequest? Wanted, DiagnosisRung? Rung)> LocateAsync(PacsNode node, MoveProbeRequest request, IJobLog log, CancellationToken cancellationToken)
    {
        if (request.StudyInstanceUID is not { } study)
        {
            return (new RetrieveRequest { Node = node, StudyInstanceUID = DicomUids.NewUid(), PatientID = node.QueryModel == QueryModel.Patient ? Guid.NewGuid().ToString("N") : null, Retry = RetryPolicy.None }, null);
        }

        var started = _time.GetTimestamp();
        Exception? error = null;
        try
        {
            var wanted = new RetrieveRequest { Node = node, StudyInstanceUID = study, Retry = RetryPolicy.None };
            RetrieveIdentifier.Check(wanted);
            wanted = await new PatientLookup(new FindScu(DirectAssociations.Default, _time)).CompleteAsync(wanted, cancellationToken).ConfigureAwait(false);
            var query = new InstanceQuery { StudyInstanceUID = [study], PatientID = wanted.PatientID, Retry = RetryPolicy.None };
            await foreach (var instance in new QueryFinder().FindAsync(node, query, log, cancellationToken).ConfigureAwait(false))
            {
                wanted = wanted with { Level = RetrieveLevel.Image, SeriesInstanceUIDs = [instance.SeriesInstanceUID!], SOPInstanceUIDs = [instance.SOPInstanceUID!] };
                return (wanted, Rung(node, DiagnosisStage.Find, started) with { Success = true, Detail = $"the archive has the study; instance {instance.SOPInstanceUID} is asked for" });
            }

            error = new DiagnosisException("Diagnosis.StudyUnknown", $"{node} has no instances of study {study}, or shows none to {node.CallingAETitle}");
        }
        catch (Exception e) when (e is DicomException or RetrieveException or QueryNotAcceptedException)
        {
            error = e;
        }

        return (null, Rung(node, DiagnosisStage.Find, started) with
        {
            Error = error, Detail = error.Message,
            Advice = error is DiagnosisException ? "Give the StudyInstanceUID of a study that Find-DicomStudy shows." : DiagnosisAdvice.For(node, DiagnosisStage.Find, error),
        });
    }

    private async Task<IReadOnlyList<DiagnosisRung>> MoveAsync(PacsNode node, RetrieveRequest request, StorageScp scp, IJobLog log, CancellationToken cancellationToken)
    {
        var contacts = new ConcurrentQueue<(ScpContact Contact, TimeSpan At)>();
        var started = _time.GetTimestamp();
        void Note(ScpContact contact) => contacts.Enqueue((contact, _time.GetElapsedTime(started)));
        // What comes lies in a folder of this user alone for as long as it takes to see that it came.
        var place = RetrieveDestination.Prepare(request);
        request = request with { Node = node with { CallingAETitle = node.CallingAETitle }, Scp = new StorageScpChoice(scp), QueueLength = NobodyReads };
        var operation = new RetrieveOperation(request, place.Target, log, _time);
        RoadOutcome? outcome = null;
        Exception? error = null;
        scp.Contacted += Note;
        try
        {
            operation.BeginAttempt("CMove");
            var road = new CMoveRoad(_scps, DirectAssociations.Default, _time);
            outcome = await road.RunAsync(operation, node.Timeout ?? PacsDefaults.MoveTimeout, 1, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is DicomException or StorageScpException)
        {
            error = e;
        }
        finally
        {
            scp.Contacted -= Note;
            await ArrivalDrain.EndAsync(operation, closeAssociations: error is not null).ConfigureAwait(false);
            operation.Dispose();
            TemporaryStorage.Remove(place.Folder);
        }

        var arrived = operation.Ledger.Present > 0;
        return new MoveProbeVerdict(node, scp, _time.GetElapsedTime(started), [.. contacts], request.Level == RetrieveLevel.Image).Judge(outcome, error, arrived);
    }
}
