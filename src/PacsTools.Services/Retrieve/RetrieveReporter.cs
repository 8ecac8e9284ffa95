using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>Puts the tally and the attempts into the report.</summary>
internal static class RetrieveReporter
{
    public static DicomRetrieveReport Report(RetrieveOperation operation, RetrieveTally tally, AttemptLog attempts, string method, string folder, Exception? error) => new()
    {
        StudyInstanceUID = operation.Request.StudyInstanceUID,
        Node = operation.Request.Node,
        Complete = error is null,
        Expected = tally.Expected,
        Stored = tally.Count(InstanceOutcome.Stored),
        Duplicate = tally.Count(InstanceOutcome.Duplicate),
        Failed = tally.Failed,
        Missing = tally.Missing,
        Unexpected = tally.Count(InstanceOutcome.Unexpected),
        Bytes = operation.Bytes,
        Duration = attempts.Elapsed,
        Method = method,
        Attempts = attempts.All,
        Instances = tally.Instances,
        Path = folder,
        Status = attempts.LastOutcome?.DimseStatusCode ?? (error as RetrieveException)?.Status,
        Error = error,
    };
}
