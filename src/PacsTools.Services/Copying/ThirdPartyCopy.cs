using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;

namespace PacsTools.Services.Copying;

/// <summary>Lets an archive send a study to an AE title it knows, and reports what it says of that.</summary>
internal sealed class ThirdPartyCopy(IAssociations associations, TimeProvider time)
{
    /// <exception cref="OperationCanceledException">Cancelled; the archive was told.</exception>
    public async Task<DicomRetrieveReport> RunAsync(CopyRequest request, IJobLog log, CancellationToken cancellationToken)
    {
        var find = new FindScu(associations, time);
        var attempts = new AttemptLog(time);
        using var operation = new RetrieveOperation(request.Source, null, new CopyLog(log, request.Activity, passesProgress: true), time);
        try
        {
            operation.Request = await new PatientLookup(find).CompleteAsync(request.Source, cancellationToken).ConfigureAwait(false);
        }
        catch (RetrieveException e)
        {
            return Report(request, DeliveryTally.Take(operation, ExpectedSet.NotAsked, null, wasAsked: false), attempts, e);
        }

        await using var expectation = new Expectation(new ExpectedSetQuery(find), operation.Request, time, cancellationToken);
        operation.Expectation = expectation;
        var road = new ThirdPartyRoad(associations, request.DestinationAETitle!);
        var (tally, error) = await RetrieveCoordinator.FollowAsync(
            road, operation, expectation, attempts, (set, outcome, failure) => Judge(request, operation, set, outcome, failure), cancellationToken).ConfigureAwait(false);
        var report = Report(request, tally, attempts, error);
        log.Progress(new JobProgress(request.Activity, "done", report.Stored ?? 0, report.Expected, Completed: true));
        return report;
    }

    private static Judgement<DeliveryTally> Judge(CopyRequest request, RetrieveOperation operation, ExpectedSet set, RoadOutcome? outcome, Exception? failure)
    {
        var wasAsked = failure is not NoAcceptedContextException && (failure is null || !Reachability.IsUnreachable(failure));
        var tally = DeliveryTally.Take(operation, set, outcome, wasAsked);
        var error = outcome is not null ? DeliveryVerdict.Judge(request, operation, outcome, tally) : tally.IsComplete ? null : failure;
        return new(tally, error, tally.NotDelivered, tally.Note);
    }

    private static DicomRetrieveReport Report(CopyRequest request, DeliveryTally tally, AttemptLog attempts, Exception? error) => new()
    {
        StudyInstanceUID = request.Source.StudyInstanceUID,
        Node = request.Source.Node,
        Destination = request.Destination,
        Complete = error is null,
        Expected = tally.Expected,
        Stored = tally.Delivered,
        Failed = tally.Failed,
        Missing = tally.Missing,
        Duration = attempts.Elapsed,
        Method = "CMove",
        Attempts = attempts.All,
        Instances = tally.Instances,
        Status = attempts.LastOutcome?.Status ?? (error as RetrieveException)?.Status,
        Error = error,
    };
}
