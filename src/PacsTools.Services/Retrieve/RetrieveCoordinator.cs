using System.Globalization;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>Runs retrieves: attempt after attempt on the roads there are, until everything is here or the retry table says stop.</summary>
internal sealed class RetrieveCoordinator
{
    // For what an archive may still have to say after it failed.
    private static readonly TimeSpan s_joinAfterFailure = TimeSpan.FromSeconds(10);

    private readonly TimeProvider _time;
    private readonly ExpectedSetQuery _query;
    private readonly IReadOnlyList<IRetrieveRoad> _roads;

    public RetrieveCoordinator(IAssociations associations, StorageScpRegistry? scps = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
        _query = new ExpectedSetQuery(new FindScu(associations, _time));
        _roads = [new CMoveRoad(scps ?? StorageScpRegistry.Shared, associations, _time)];
    }

    /// <summary>Starts a retrieve.</summary>
    /// <exception cref="ArgumentException">The request names nothing that may be asked for; nothing was sent.</exception>
    /// <exception cref="RetrieveException">The destination cannot be written; nothing was sent.</exception>
    public RetrieveRun Start(RetrieveRequest request, IJobLog log, CancellationToken cancellationToken)
    {
        RetrieveIdentifier.Check(request);
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
            await using var expectation = new Expectation(_query, operation.Request, _time, cancellationToken);
            operation.OnAsked = expectation.Begin;
            operation.ExpectedCount = () => expectation.Known is { IsNamed: true, Instances.Count: > 0 and var count } ? count : null;
            var road = _roads[0];
            var (tally, error) = await FollowAsync(road, operation, expectation, attempts, cancellationToken).ConfigureAwait(false);
            var report = RetrieveReporter.Report(operation, tally, attempts, road.Method, place.Folder, error);
            foreach (var file in report.Instances.Where(f => f.Outcome is InstanceOutcome.Failed or InstanceOutcome.Missing))
                await operation.EmitAsync(file, cancellationToken).ConfigureAwait(false);
            operation.Log.Progress(new JobProgress($"Receiving from {operation.Request.Node}", "done", report.Stored + report.Duplicate, report.Expected, report.Bytes, Completed: true));
            return report;
        }
        finally
        {
            await onCancel.DisposeAsync().ConfigureAwait(false);
            await (ending ?? ArrivalDrain.EndAsync(operation, closeAssociations: false)).ConfigureAwait(false);
            operation.Dispose();
            place.Expire(_time);
        }
    }

    private static async Task<(RetrieveTally Tally, Exception? Error)> FollowAsync(
        IRetrieveRoad road, RetrieveOperation operation, Expectation expectation, AttemptLog attempts, CancellationToken cancellationToken)
    {
        var request = operation.Request;
        var inactivity = request.Timeout ?? request.Node.Timeout ?? PacsDefaults.MoveTimeout;
        var sequence = request.Retry.Start();
        while (true)
        {
            operation.BeginAttempt(road.Method);
            attempts.Begin();
            RoadOutcome? outcome = null;
            Exception? failure = null;
            try
            {
                outcome = await road.RunAsync(operation, inactivity, sequence.TimeoutFactor, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is DicomException or StorageScpException)
            {
                failure = e;
            }

            operation.EndAttempt();
            var set = await JoinAsync(expectation, operation, outcome).ConfigureAwait(false);
            var tally = RetrieveTally.Take(operation, set, outcome, road.Method);
            var error = outcome is null ? RetrieveVerdict.OfFailure(operation, tally, failure!) : RetrieveVerdict.Judge(operation, outcome, tally);
            attempts.End(operation, road.Method, outcome, error, Note(tally, outcome, failure, error));
            if (error is null || !MayRetry(operation, error)
                || !await sequence.WaitForNextAsync(CauseOf(error), $"C-MOVE from {request.Node}", operation.Log, cancellationToken).ConfigureAwait(false))
                return (tally, error);
        }
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
            : outcome!.Status != 0 ? string.Create(CultureInfo.InvariantCulture, $"Everything is here although the archive ended with status {outcome.Status:X4}H.")
            : null;
        return told is null ? tally.Note : tally.Note is null ? told : $"{told} {tally.Note}";
    }

    // An archive that was silent all the time will be silent again; one that stalled half-way may go on.
    private static bool MayRetry(RetrieveOperation operation, Exception error) =>
        error is not DicomTimeoutException { Operation: "Move" } || operation.Observe(out _).Arrived > 0;

    // The retry table speaks of protocol errors.
    private static Exception CauseOf(Exception error) => error is RetrieveException { InnerException: DimseStatusException status } ? status : error;
}
