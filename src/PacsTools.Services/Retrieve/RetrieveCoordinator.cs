using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>Runs retrieves: attempt after attempt on the roads there are, until everything is here or the retry table says stop.</summary>
internal sealed class RetrieveCoordinator
{
    private readonly TimeProvider _time;
    private readonly IReadOnlyList<IRetrieveRoad> _roads;

    public RetrieveCoordinator(IAssociations associations, StorageScpRegistry? scps = null, TimeProvider? time = null)
    {
        _time = time ?? TimeProvider.System;
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
            var road = _roads[0];
            var error = await FollowAsync(road, operation, attempts, cancellationToken).ConfigureAwait(false);
            var report = RetrieveReporter.Report(operation, attempts, road.Method, place.Folder, error);
            foreach (var file in report.Instances.Where(f => f.Outcome == InstanceOutcome.Failed))
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

    private static async Task<Exception?> FollowAsync(IRetrieveRoad road, RetrieveOperation operation, AttemptLog attempts, CancellationToken cancellationToken)
    {
        var request = operation.Request;
        var inactivity = request.Timeout ?? request.Node.Timeout ?? PacsDefaults.MoveTimeout;
        var sequence = request.Retry.Start();
        while (true)
        {
            operation.BeginAttempt(road.Method);
            attempts.Begin();
            RoadOutcome? outcome = null;
            Exception? error;
            try
            {
                outcome = await road.RunAsync(operation, inactivity, sequence.TimeoutFactor, cancellationToken).ConfigureAwait(false);
                error = RetrieveVerdict.Judge(operation, outcome);
            }
            catch (Exception e) when (e is DicomException or StorageScpException)
            {
                // A lost association after a full disk has the full disk for its cause.
                error = RetrieveVerdict.LocalFault(operation) ?? e;
            }

            attempts.End(operation, road.Method, outcome, error);
            if (error is null || !MayRetry(operation, error)
                || !await sequence.WaitForNextAsync(CauseOf(error), $"C-MOVE from {request.Node}", operation.Log, cancellationToken).ConfigureAwait(false))
                return error;
        }
    }

    // An archive that was silent all the time will be silent again; one that stalled half-way may go on.
    private static bool MayRetry(RetrieveOperation operation, Exception error) =>
        error is not DicomTimeoutException { Operation: "Move" } || operation.Observe(out _).Arrived > 0;

    // The retry table speaks of protocol errors.
    private static Exception CauseOf(Exception error) => error is RetrieveException { InnerException: DimseStatusException status } ? status : error;
}
