using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Retrieve;

/// <summary>Keeps the attempts of one retrieve.</summary>
internal sealed class AttemptLog(TimeProvider time)
{
    private readonly List<RetrieveAttempt> _attempts = [];
    private readonly long _started = time.GetTimestamp();
    private DateTimeOffset _attemptStarted;
    private long _attemptTimestamp;

    public IReadOnlyList<RetrieveAttempt> All => _attempts;

    /// <summary>The outcome of the last attempt; null if it had none.</summary>
    public RoadOutcome? LastOutcome { get; private set; }

    /// <summary>True while an attempt has begun and not ended.</summary>
    public bool IsUnderWay { get; private set; }

    public TimeSpan Elapsed => time.GetElapsedTime(_started);

    public void Begin()
    {
        IsUnderWay = true;
        _attemptStarted = time.GetLocalNow();
        _attemptTimestamp = time.GetTimestamp();
    }

    /// <summary>What has begun was no attempt.</summary>
    public void Forget() => IsUnderWay = false;

    public void End(RetrieveOperation operation, string method, RoadOutcome? outcome, Exception? error, string? note)
    {
        IsUnderWay = false;
        LastOutcome = outcome;
        var counts = operation.Counts;
        _attempts.Add(new RetrieveAttempt
        {
            Number = _attempts.Count + 1,
            Method = method,
            StartedAt = _attemptStarted,
            Duration = time.GetElapsedTime(_attemptTimestamp),
            Success = error is null,
            Status = outcome?.DimseStatusCode ?? (error as DimseStatusException)?.Status,
            Reason = error?.Message,
            Note = note,
            Arrived = operation.Observe(out _).Arrived,
            Completed = counts.Completed,
            Failed = counts.Failed,
            Warning = counts.Warning,
            Remaining = counts.Remaining,
        });
    }
}
