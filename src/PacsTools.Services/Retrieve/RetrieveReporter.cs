using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>Joins counters, failed-UID list and files into the report.</summary>
internal static class RetrieveReporter
{
    public static DicomRetrieveReport Report(RetrieveOperation operation, AttemptLog attempts, string method, string folder, Exception? error)
    {
        var request = operation.Request;
        var outcome = attempts.LastOutcome;
        var instances = Instances(operation, outcome, method);
        var present = operation.Ledger.Present;
        var failedHere = operation.Ledger.All.Count(f => f.Outcome == InstanceOutcome.Failed);
        // The archive counts among its failures what we refused to keep.
        var failed = Math.Max(failedHere, outcome is null ? operation.Counts.Failed ?? 0 : FailedThere(operation, outcome));
        return new DicomRetrieveReport
        {
            StudyInstanceUID = request.StudyInstanceUID,
            Node = request.Node,
            Complete = error is null,
            Expected = Expected(operation.Counts),
            Stored = instances.Count(f => f.Outcome is InstanceOutcome.Stored),
            Duplicate = instances.Count(f => f.Outcome == InstanceOutcome.Duplicate),
            Failed = failed,
            Missing = Missing(operation.Counts, present, failed),
            Unexpected = instances.Count(f => f.Outcome == InstanceOutcome.Unexpected),
            Bytes = operation.Bytes,
            Duration = attempts.Elapsed,
            Method = method,
            Attempts = attempts.All,
            Instances = instances,
            Path = folder,
            Status = outcome?.Status ?? (error as RetrieveException)?.Status,
            Error = error,
        };
    }

    /// <summary>Instances the operation is about; null if the archive told no numbers. The set of an IMAGE query takes the counters' place once there is one.</summary>
    public static int? Expected(SubOperationCounts counts) => counts.Total;

    /// <summary>Instances the archive says it could not send, without those that came in another attempt.</summary>
    public static int FailedThere(RetrieveOperation operation, RoadOutcome outcome)
    {
        var listed = outcome.FailedSOPInstanceUIDs.Count(u => !operation.Ledger.Has(u));
        return outcome.FailedSOPInstanceUIDs.Count > 0 && outcome.FailedSOPInstanceUIDs.Count >= (outcome.Counts.Failed ?? 0)
            ? listed
            : Math.Max(outcome.Counts.Failed ?? 0, listed);
    }

    /// <summary>Instances that neither came nor failed.</summary>
    public static int Missing(SubOperationCounts counts, int present, int failed) =>
        Expected(counts) is { } expected ? Math.Max(0, expected - failed - present) : 0;

    private static List<DicomInstanceFile> Instances(RetrieveOperation operation, RoadOutcome? outcome, string method)
    {
        List<DicomInstanceFile> all = [.. operation.Ledger.All];
        var known = all.Select(f => f.SOPInstanceUID).ToHashSet(StringComparer.Ordinal);
        foreach (var uid in outcome?.FailedSOPInstanceUIDs ?? [])
        {
            if (!known.Add(uid))
                continue;
            all.Add(new DicomInstanceFile
            {
                SOPInstanceUID = uid,
                StudyInstanceUID = operation.Request.StudyInstanceUID,
                Outcome = InstanceOutcome.Failed,
                Status = outcome!.Status,
                Reason = "the archive could not send it",
                Method = method,
                Node = operation.Request.Node,
            });
        }

        return all;
    }
}
