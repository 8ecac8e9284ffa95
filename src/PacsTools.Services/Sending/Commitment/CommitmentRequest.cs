using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Services.Sending;

/// <summary>Whom to ask for storage commitment, and how long to wait for the report.</summary>
internal sealed record CommitmentRequest
{
    public required PacsNode Node { get; init; }

    /// <summary>Where reports on associations of the archive's own arrive.</summary>
    public required CommitmentListener Listener { get; init; }

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>Instances a transaction. A report names each of them, and archives look each up: not too many at once.</summary>
    public int BatchSize { get; init; } = 500;

    /// <summary>How long the archive may be silent after it accepted a request.</summary>
    public TimeSpan ReportLimit => Node.Timeout ?? PacsDefaults.CommitmentTimeout;

    /// <summary>
    /// How long the association of the request stays open for the report. Some archives report on it, others not before it is
    /// released: so for a while, and never for all the time there is.
    /// </summary>
    public TimeSpan Hold { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long to wait for the rest after a report that leaves instances out.</summary>
    public TimeSpan RestLimit { get; init; } = TimeSpan.FromSeconds(10);
}
