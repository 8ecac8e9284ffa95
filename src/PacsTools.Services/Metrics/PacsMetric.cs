namespace PacsTools.Services.Metrics;

/// <summary>One figure that PacsTools keeps about its own work in this process.</summary>
public sealed record PacsMetric
{
    /// <summary>The name: <c>dimse_operations_total</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Counter (only grows), Gauge (how many now) or Histogram (durations).</summary>
    public required PacsMetricType Type { get; init; }

    /// <summary>What this figure is about: operation, status, role, result, outcome. Never a patient, a node or a person.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>The figure; of a histogram, how many durations it has counted.</summary>
    public required double Value { get; init; }

    /// <summary>Of a histogram, the durations added up, in seconds; null of others.</summary>
    public double? Sum { get; init; }

    /// <summary>Of a histogram, how many durations were at most so long; empty of others.</summary>
    public IReadOnlyList<PacsMetricBucket> Buckets { get; init; } = [];

    /// <summary>What is counted, in words.</summary>
    public string Description { get; init; } = string.Empty;
}
