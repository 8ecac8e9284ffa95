using System.Globalization;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Storage;
using PacsTools.Services.Web;

namespace PacsTools.Services.Retrieve;

/// <summary>Runs retrieves: attempt after attempt on the roads there are, until everything is here or the retry table says stop.</summary>
internal sealed class RetrieveCoordinator
{
    // For what an archive may still have to say after it failed.
    private static readonly TimeSpan s_joinAfterFailure = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly IAssociations _associations;
    private readonly ExpectedSetQuery _query;
    private readonly PatientLookup _patients;
    private readonly CMoveRoad _move;
    private readonly CGetRoad _get;
    private readonly QidoExpectedSet _qido;
    private readonly DicomWebRoad _web;

    public RetrieveCoordinator(IAssociations associations, StorageScpRegistry? scps = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _associations = associations;
        var find = new FindScu(associations, _time);
        _query = new ExpectedSetQuery(find);
        _patients = new PatientLookup(find);
        _move = new CMoveRoad(scps ?? StorageScpRegistry.Shared, associations, _time);
        _get = new CGetRoad(associations);
        _qido = new QidoExpectedSet(_time);
        _web = new DicomWebRoad(_qido, _time);
    }

    /// <summary>Starts a retrieve.</summary>
    /// <exception cref="ArgumentException">The request names nothing that may be asked for; nothing was sent.</exception>
    /// <exception cref="RetrieveException">The destination cannot be written; nothing was sent.</exception>
    /// <exception cref="DicomWebException">DICOMweb was asked for and the node has none; nothing was sent.</exception>
    public RetrieveRun Start(RetrieveRequest request, IJobLog log, CancellationToken cancellationToken)
    {
        RetrieveIdentifier.Check(request);
        if (request.Method == RetrieveMethod.DicomWeb && request.Node.DicomWebUri is null)
            throw DicomWebClient.NoUri(request.Node);
        // What is emitted carries what reached the archive, so that the next job goes the same way; defaults are settled here, once.
        var node = request.Node;
        request = request with
        {
            Node = node with
            {
                CallingAETitle = node.CallingAETitle,
                ScpAETitle = request.Scp.AETitle ?? node.ScpAETitle,
                ScpPort = request.Scp.Port ?? node.ScpPort,
            },
        };
        var place = RetrieveDestination.Prepare(request);
        var operation = new RetrieveOperation(request, place.Target, log, _time);
        var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        return new RetrieveRun(operation, stop, Task.Run(() => RunAsync(operation, place, stop.Token), CancellationToken.None));
    }

    private async Task<DicomRetrieveReport> RunAsync(RetrieveOperation operation, RetrieveDestination place, CancellationToken cancellationToken)
    {
        var attempts = new AttemptLog(_time);
        // The receiving side ends while the archive is being told, not after.
        Task? ending = null;
        var onCancel = cancellationToken.UnsafeRegister(_ => ending = ArrivalDrain.EndAsync(operation, closeAssociations: true), null);
        try
        {
            var roads = await PassableAsync(operation, attempts, cancellationToken).ConfigureAwait(false);
            await using var expectation = new Expectation(roads[0] == _web ? _qido : _query, operation.Request, _time, cancellationToken);
            operation.Expectation = expectation;
            var resumed = operation.Request.Resume ? await ResumeAsync(operation, expectation, place.Target, cancellationToken).ConfigureAwait(false) : null;
            var (tally, error, method) = resumed is { IsComplete: true, Expected: > 0 }
                ? (resumed, null, "None")
                : await ClimbAsync(operation, roads, expectation, attempts, cancellationToken).ConfigureAwait(false);
            var report = RetrieveReporter.Report(operation, tally, attempts, method, place.Folder, error);
            foreach (var file in report.Instances.Where(f => f.Outcome is InstanceOutcome.Failed or InstanceOutcome.Missing))
                await operation.EmitAsync(file, cancellationToken).ConfigureAwait(false);
            operation.Log.Progress(new JobProgress($"Receiving from {operation.Request.Node}", "done", (report.Stored ?? 0) + report.Duplicate, report.Expected, report.Bytes, Completed: true));
            return report;
        }
        catch (RetrieveException e)
        {
            // Nothing could be asked for.
            return RetrieveReporter.Report(operation, RetrieveTally.Take(operation, ExpectedSet.NotAsked, null, ""), attempts, RoadsFor(operation.Request)[0].Method, place.Folder, e);
        }
        catch (OperationCanceledException) when (operation.GivenUpFor is { } reason)
        {
            operation.EndAttempt();
            if (attempts.IsUnderWay)
                attempts.End(operation, operation.Method, null, reason, null);
            var tally = RetrieveTally.Take(operation, operation.Expectation?.Known ?? ExpectedSet.NotAsked, null, operation.Method);
            return RetrieveReporter.Report(operation, tally, attempts, operation.Method, place.Folder, reason);
        }
        finally
        {
            await onCancel.DisposeAsync().ConfigureAwait(false);
            await (ending ?? ArrivalDrain.EndAsync(operation, closeAssociations: false)).ConfigureAwait(false);
            operation.Dispose();
            place.Expire(_time);
            if (cancellationToken.IsCancellationRequested)
                _associations.EndIdle(operation.Request.Node);
        }
    }

    private IReadOnlyList<IRetrieveRoad> RoadsFor(RetrieveRequest request) => request.Method switch
    {
        RetrieveMethod.CMove => [_move],
        RetrieveMethod.CGet => [_get],
        RetrieveMethod.DicomWeb => [_web],
        _ => [.. RoadOrder.WhyGetFirst(request) is null ? new IRetrieveRoad[] { _move, _get } : [_get, _move], .. request.Node.DicomWebUri is null ? Array.Empty<IRetrieveRoad>() : [_web]],
    };

    // In the Patient Root model a DIMSE road cannot be taken without the PatientID; DICOMweb knows no such model.
    private async Task<IReadOnlyList<IRetrieveRoad>> PassableAsync(RetrieveOperation operation, AttemptLog attempts, CancellationToken cancellationToken)
    {
        var roads = RoadsFor(operation.Request);
        if (roads[0] == _web)
            return roads;
        attempts.Begin();
        try
        {
            operation.Request = await _patients.CompleteAsync(operation.Request, cancellationToken).ConfigureAwait(false);
            attempts.Forget();
            return roads;
        }
        catch (RetrieveException e) when (roads.Contains(_web))
        {
            attempts.End(operation, roads[0].Method, null, e, null);
            operation.Log.Verbose($"{e.Message} {_web.Verb} is tried.");
            return [_web];
        }
    }

    // The one case in which the list of instances is waited for beforehand: without it nobody knows what need not be sent.
    private async Task<RetrieveTally?> ResumeAsync(RetrieveOperation operation, Expectation expectation, ReceiveTarget target, CancellationToken cancellationToken)
    {
        expectation.Begin();
        var set = await expectation.JoinAsync(operation.Request.Node.Timeout ?? PacsDefaults.FindTimeout, again: false).ConfigureAwait(false);
        if (!set.IsNamed && operation.Request is { Method: RetrieveMethod.Auto, Node.DicomWebUri: not null })
        {
            expectation.AskBy(_qido);
            expectation.Begin();
            set = await expectation.JoinAsync(operation.Request.Node.Timeout ?? PacsDefaults.FindTimeout, again: false).ConfigureAwait(false);
        }

        if (!set.IsNamed)
        {
            operation.Log.Warning("Retrieve.CannotResume", $"{operation.Request.Node} does not name the instances of the study, so that all of them are asked for; what lies here already is compared. {set.Problem}");
            return null;
        }

        await Task.Run(
            async () =>
            {
                IEnumerable<DicomInstanceFile> held = operation.Request.FindHeld is { } find
                    ? await find(set, cancellationToken).ConfigureAwait(false)
                    : new ResumeScan(operation.Request, target).Find(set, cancellationToken);
                foreach (var file in held)
                    await operation.TakeExistingAsync(file, cancellationToken).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        operation.Log.Verbose($"{operation.Ledger.Present} of {set.Instances.Count} instances need not be fetched: they are there already.");
        return RetrieveTally.Take(operation, set, null, "None");
    }

    private async Task<(RetrieveTally Tally, Exception? Error, string Method)> ClimbAsync(
        RetrieveOperation operation, IReadOnlyList<IRetrieveRoad> roads, Expectation expectation, AttemptLog attempts, CancellationToken cancellationToken)
    {
        Exception? toTell = null;
        var method = "";
        for (var step = 0; ;)
        {
            var road = roads[step];
            var (tally, error) = await FollowAsync(road, operation, expectation, attempts, (set, outcome, failure) => Judge(road, operation, set, outcome, failure), cancellationToken).ConfigureAwait(false);
            if (error is null)
                return (tally, null, road.Method);
            if (toTell is null || RetrieveLadder.TellsMore(error, toTell))
                (toTell, method) = (error, road.Method);
            var next = RetrieveLadder.Next(roads, step, error, tally);
            if (next < 0)
                return (tally, toTell, method);
            operation.Log.Verbose($"{road.Verb} from {operation.Request.Node} did not bring everything: {error.Message} {roads[next].Verb} is tried.");
            step = next;
        }
    }

    /// <summary>Makes attempts on one road until everything has arrived or the retry table says stop.</summary>
    /// <param name="road">The road.</param>
    /// <param name="operation">What to fetch for.</param>
    /// <param name="expectation">What should come.</param>
    /// <param name="attempts">Told of every attempt.</param>
    /// <param name="judge">Judges an attempt by the expected set and its outcome, or the failure that left none.</param>
    /// <param name="cancellationToken">Stops on the wire too.</param>
    public static async Task<(T Tally, Exception? Error)> FollowAsync<T>(
        IRetrieveRoad road, RetrieveOperation operation, Expectation expectation, AttemptLog attempts, Func<ExpectedSet, RoadOutcome?, Exception?, Judgement<T>> judge, CancellationToken cancellationToken)
    {
        var request = operation.Request;
        var inactivity = request.Timeout ?? request.Node.Timeout ?? PacsDefaults.MoveTimeout;
        var recovery = new RetrieveRecovery(operation, road.Verb);
        while (true)
        {
            operation.BeginAttempt(road.Method, Missing(operation, expectation.Known));
            attempts.Begin();
            RoadOutcome? outcome = null;
            Exception? failure = null;
            try
            {
                outcome = await road.RunAsync(operation, inactivity, recovery.TimeoutFactor, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is DicomException or StorageScpException)
            {
                failure = e;
            }

            operation.EndAttempt();
            var set = await JoinAsync(expectation, operation, outcome).ConfigureAwait(false);
            var (tally, error, missing, note) = judge(set, outcome, failure);
            var order = attempts.All.Count == 0 ? RoadOrder.WhyGetFirst(request) : null;
            attempts.End(operation, road.Method, outcome, error, order is null || note is null ? order ?? note : $"{order} {note}");
            if (error is null || !await recovery.MayTryAgainAsync(error, missing, cancellationToken).ConfigureAwait(false))
                return (tally, error);
        }
    }

    private static Judgement<RetrieveTally> Judge(IRetrieveRoad road, RetrieveOperation operation, ExpectedSet set, RoadOutcome? outcome, Exception? failure)
    {
        var tally = RetrieveTally.Take(operation, set, outcome, road.Method);
        var error = outcome is null ? RetrieveVerdict.OfFailure(operation, tally, failure!) : RetrieveVerdict.Judge(operation, outcome, tally, road.Verb);
        return new(tally, error, tally.NotHere.Count, Note(tally, outcome, failure, error));
    }

    // Only what is missing is asked for again, as far as it has a name.
    private static IReadOnlyList<RetrieveScope>? Missing(RetrieveOperation operation, ExpectedSet set)
    {
        if (!set.IsNamed)
            return null;
        List<ExpectedInstance> notHere = [.. set.Instances.Values.Where(i => !operation.Ledger.Has(i.SOPInstanceUID))];
        return notHere.Count == 0 || notHere.Count == set.Instances.Count ? null : RetrieveScope.Missing(operation.Request, set, notHere);
    }

    // An archive that ended the retrieve well has earned the time of a query; one that failed may be gone.
    private static Task<ExpectedSet> JoinAsync(Expectation expectation, RetrieveOperation operation, RoadOutcome? outcome)
    {
        var wasAnswered = outcome is not null && (outcome.Status == 0 || operation.Ledger.Present > 0);
        return expectation.JoinAsync(wasAnswered ? operation.Request.Node.Timeout ?? PacsDefaults.FindTimeout : s_joinAfterFailure, again: wasAnswered);
    }

    private static string? Note(RetrieveTally tally, RoadOutcome? outcome, Exception? failure, Exception? error)
    {
        var told = error is not null ? null
            : failure is not null ? $"Everything is here although the retrieve did not end in order: {failure.Message}"
            : outcome!.Status != 0 ? $"Everything is here although the archive ended with status {outcome.StatusText}."
            : null;
        return told is null ? tally.Note : tally.Note is null ? told : $"{told} {tally.Note}";
    }
}
