namespace PacsTools.Services;

/// <summary>Holds the bytes a second of all who share it below a limit. The wait happens where bytes are taken off the wire or put on it.</summary>
internal sealed class RateLimit(long bytesPerSecond, TimeProvider? time = null)
{
    // So much may come at once: less would make every buffer wait.
    private static readonly TimeSpan s_burst = TimeSpan.FromMilliseconds(250);

    private readonly object _gate = new();
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private long? _freeAt;

    /// <summary>Notes bytes that have come or are to go.</summary>
    /// <returns>How long to wait before more are taken, or these are sent.</returns>
    public TimeSpan Take(long bytes)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            var cost = (long)(bytes * (double)_time.TimestampFrequency / bytesPerSecond);
            _freeAt = Math.Max(_freeAt ?? now, now) + cost;
            var wait = _time.GetElapsedTime(now, _freeAt.Value);
            return wait > s_burst ? wait - s_burst : TimeSpan.Zero;
        }
    }
}
