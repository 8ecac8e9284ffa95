namespace PacsTools.Services.Storage;

/// <summary>
/// Tells of a study once it has fallen silent: nothing of it has come for a while and nothing of it is on its way. Studies are put together
/// where they arrive, so that a slow reader loses nothing: what comes for one that waits to be read is added to it.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="quiet">How long nothing may come.</param>
/// <param name="maxStudies">How many may be put together at a time.</param>
/// <param name="maxInstances">How many instances of all these are remembered, by path or as failed.</param>
internal sealed class StudyWatch(TimeProvider time, TimeSpan quiet, int maxStudies = 10_000, int maxInstances = 500_000) : ArrivalWatch(time)
{
    private readonly object _gate = new();
    private readonly Dictionary<string, StudyTally> _studies = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = NewSignal();
    private bool _waitsForArrival;
    private int _remembered;
    private long _leftOut;

    protected override int Waiting
    {
        get
        {
            lock (_gate)
                return _studies.Values.Count(IsQuiet);
        }
    }

    protected override int Unfinished
    {
        get
        {
            lock (_gate)
                return _studies.Count;
        }
    }

    protected override string Noun => "studies";

    public override void OnBegin(string? studyInstanceUid)
    {
        lock (_gate)
        {
            if (Tally(studyInstanceUid) is { } study)
                study.Open++;
        }
    }

    public override void OnEnd(string? studyInstanceUid, DicomInstanceFile? file, string sopInstanceUid)
    {
        lock (_gate)
        {
            if (Tally(studyInstanceUid) is not { } study)
            {
                _leftOut++;
                return;
            }

            study.Open = Math.Max(0, study.Open - 1);
            study.Last = Time.GetTimestamp();
            var before = study.Remembered;
            if (!study.Note(file, sopInstanceUid, Time.GetLocalNow().DateTime, _remembered < maxInstances))
                _leftOut++;
            _remembered += study.Remembered - before;
            // An arrival only moves the end of a silence: whoever waits for one looks again when it was due.
            if (_waitsForArrival)
                _changed.TrySetResult();
        }
    }

    protected override async Task<object?> NextAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task changed;
            TimeSpan? wait = null;
            lock (_gate)
            {
                // Once all have been stopped, nothing more can come: silence need not be waited for.
                var stopped = AllStopped;
                foreach (var study in _studies.Values)
                {
                    if (stopped || IsQuiet(study))
                        return Take(study);
                    if (study.Open == 0 && Left(study) is var left && (wait is null || left < wait))
                        wait = left;
                }

                if (stopped)
                    return null;
                if (_changed.Task.IsCompleted)
                    _changed = NewSignal();
                changed = _changed.Task;
                _waitsForArrival = wait is null;
            }

            if (wait is { } due)
                await WaitAsync(changed, due, cancellationToken).ConfigureAwait(false);
            else
                await changed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    protected override void Finish()
    {
        lock (_gate)
            _changed.TrySetResult();
    }

    protected override WatchEvent? Overflow()
    {
        long leftOut;
        lock (_gate)
        {
            leftOut = _leftOut;
            _leftOut = 0;
        }

        return leftOut == 0 ? null : WatchEvent.Of(
            "StorageScp.WatchOverflow",
            Text($"{leftOut} instances arrived and are kept, but are not in what is shown here: no more than {maxStudies} studies and {maxInstances} instances are remembered at a time."),
            "Watch for a shorter silence (-StudyQuietSeconds), and let the pipeline do less.");
    }

    protected override WatchEvent? Fault(object arrival) => arrival is DicomStudyArrival { Failed: > 0 } study
        ? WatchEvent.Of("StorageScp.StudyIncomplete", Text($"{study.Failed} instances of the study {study.StudyInstanceUID} could not be kept or broke off, and have not come again since."), "Have them sent again; the reason of a failure is in what the sender was answered and in Watch-StorageScp without -StudyQuietSeconds.")
        : null;

    protected override bool HoldsSomething(object arrival) => arrival is DicomStudyArrival { Received: > 0 };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool IsQuiet(StudyTally study) => study.Open == 0 && Left(study) <= TimeSpan.Zero;

    private TimeSpan Left(StudyTally study) => quiet - Time.GetElapsedTime(study.Last);

    private async Task WaitAsync(Task changed, TimeSpan due, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // Timers have a millisecond's grain, and must not come too early.
        var timer = Task.Delay(due + TimeSpan.FromMilliseconds(1), Time, end.Token);
        await Task.WhenAny(timer, changed).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private StudyTally? Tally(string? uid)
    {
        var key = uid ?? string.Empty;
        if (_studies.TryGetValue(key, out var study))
            return study;
        if (_studies.Count >= maxStudies)
            return null;
        return _studies[key] = new StudyTally(uid) { Last = Time.GetTimestamp() };
    }

    private DicomStudyArrival Take(StudyTally study)
    {
        _studies.Remove(study.StudyInstanceUID ?? string.Empty);
        _remembered -= study.Remembered;
        return study.ToArrival();
    }
}
