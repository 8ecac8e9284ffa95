using System.Collections.Concurrent;

namespace PacsTools.Services.Tests.Sending;

/// <summary>A clock on which waiting takes no time but is noted.</summary>
internal sealed class NoWaiting(ConcurrentQueue<TimeSpan> delays) : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        delays.Enqueue(dueTime);
        return System.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
