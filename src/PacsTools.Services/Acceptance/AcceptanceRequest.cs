using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Acceptance;

/// <summary>Of which archive an acceptance suite is to be written, and what is to be in it.</summary>
internal sealed record AcceptanceRequest
{
    public required PacsNode Node { get; init; }

    /// <summary>The studies to agree on; empty to choose some.</summary>
    public IReadOnlyList<string> StudyInstanceUID { get; init; } = [];

    /// <summary>How many studies to choose.</summary>
    public int SampleSize { get; init; } = 3;

    /// <summary>Leaves the suite without anything that is written to the archive.</summary>
    public bool SkipSend { get; init; }

    public RetryPolicy Retry { get; init; } = new();
}
