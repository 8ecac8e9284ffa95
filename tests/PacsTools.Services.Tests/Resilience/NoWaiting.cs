using System.Collections.Concurrent;

namespace PacsTools.Services.Tests.Resilience;

/// <summary>A clock for retry policies: the waiting between tries takes no time but is noted.</summary>
internal sealed class NoWaiting(ConcurrentQueue<TimeSpan>? delays = null) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        delays?.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
