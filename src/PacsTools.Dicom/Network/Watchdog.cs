namespace PacsTools.Dicom.Network;

/// <summary>
/// The one clock of an association. A blocked read cannot look at the time, so the watchdog ends the association with
/// the reason when a limit passes. Traffic only notes the time; the timer rearms itself.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Grain = TimeSpan.FromMilliseconds(1);

    private readonly TimeProvider _time;
    private readonly Action<Exception> _expired;
    private readonly object _gate = new();
    private ITimer? _timer;
    private WatchLimit? _limit;
    private long _last;
    private int _waiting;
    private bool _disposed;

    public Watchdog(TimeProvider time, Action<Exception> expired)
    {
        _time = time;
        _expired = expired;
        _last = time.GetTimestamp();
    }

    public TimeProvider Time => _time;

    /// <summary>Notes activity; inactivity limits count from here.</summary>
    public void Touch() => Volatile.Write(ref _last, _time.GetTimestamp());

    /// <summary>A thread goes into a read or write: from now on silence is the peer's, not our own work's.</summary>
    public void BeginWait()
    {
        Touch();
        Interlocked.Increment(ref _waiting);
    }

    /// <summary>The read or write came back.</summary>
    public void EndWait()
    {
        Interlocked.Decrement(ref _waiting);
        Touch();
    }

    /// <summary>Sets the limit in force and gives back the one that was, to be restored by the caller.</summary>
    public WatchLimit? Set(WatchLimit? limit)
    {
        lock (_gate)
        {
            var previous = _limit;
            _limit = limit;
            if (limit is not null && !_disposed)
            {
                Touch();
                limit.Started = _last;
                Schedule(limit.Limit);
            }

            return previous;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _limit = null;
            _timer?.Dispose();
        }
    }

    private void Schedule(TimeSpan due)
    {
        if (due == Timeout.InfiniteTimeSpan)
        {
            return;
        }

        _timer ??= _time.CreateTimer(static state => ((Watchdog)state!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        // Timers have a millisecond's grain: never ask for less.
        _timer.Change(due < Grain ? Grain : due, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        Exception reason;
        lock (_gate)
        {
            if (_limit is not { } limit || _disposed || limit.Limit == Timeout.InfiniteTimeSpan)
            {
                return;
            }

            if (limit.IsInactivity && Volatile.Read(ref _waiting) == 0)
            {
                Schedule(limit.Limit);
                return;
            }

            var left = limit.Limit - _time.GetElapsedTime(limit.IsInactivity ? Volatile.Read(ref _last) : limit.Started);
            if (left > TimeSpan.Zero)
            {
                Schedule(left);
                return;
            }

            reason = limit.Reason();
            _limit = null;
        }

        _expired(reason);
    }
}
