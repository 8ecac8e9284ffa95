using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Sending;

/// <summary>Where and how to send.</summary>
internal sealed record SendRequest
{
    public required PacsNode Node { get; init; }

    /// <summary>Associations at a time.</summary>
    public int Associations { get; init; } = 1;

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>Bounds the bytes a second of all associations together; null for no bound.</summary>
    public RateLimit? Rate { get; init; }

    /// <summary>How long an association waits for more files before it is released.</summary>
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(2);
}
