namespace PacsTools.TestKit.Faults;

/// <summary>
/// A clock that runs faster than the system's, so that bounds of tens of seconds pass in a few, and at the system's pace when asked to. It counts the timers that
/// nobody has disposed of.
/// </summary>
public sealed class QuickTime(int rate = 1) : TimeProvider
{
    private readonly object _gate = new();
    private int _rate = rate;
    private long _since = System.GetTimestamp();
    private long _before;
    private int _timers;

    /// <summary>How many of its seconds pass in one. What waits already waits by the rate it began with.</summary>
    public int Rate
    {
        get => _rate;
        set
        {
            lock (_gate)
            {
                _before = Elapsed();
                _since = System.GetTimestamp();
                _rate = value;
            }
        }
    }

    /// <summary>Timers in use.</summary>
    public int Timers => Volatile.Read(ref _timers);

    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp()
    {
        lock (_gate)
            return Elapsed();
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        return new Counted(this, System.CreateTimer(callback, state, Real(dueTime), Real(period)));
    }

    private long Elapsed() => _before + ((System.GetTimestamp() - _since) * _rate);

    private TimeSpan Real(TimeSpan time) => time <= TimeSpan.Zero ? time : time / _rate;

    private sealed class Counted(QuickTime owner, ITimer timer) : ITimer
    {
        private int _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(owner.Real(dueTime), owner.Real(period));

        public void Dispose()
        {
            timer.Dispose();
            Leave();
        }

        public ValueTask DisposeAsync()
        {
            Leave();
            return timer.DisposeAsync();
        }

        private void Leave()
        {
            if (Interlocked.Exchange(ref _disposed, 1) == 0)
                Interlocked.Decrement(ref owner._timers);
        }
    }
}
