namespace PacsTools.Services.Metrics;

/// <summary>What a metric's value means.</summary>
public enum PacsMetricType
{
    /// <summary>A count that only grows.</summary>
    Counter,

    /// <summary>How many there are now.</summary>
    Gauge,

    /// <summary>Durations, counted by their length.</summary>
    Histogram,
}
