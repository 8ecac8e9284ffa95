namespace PacsTools.Services.Metrics;

/// <summary>One step of a histogram.</summary>
/// <param name="UpperBound">The longest duration counted here, in seconds; infinite in the last one.</param>
/// <param name="Count">How many were at most so long, those of the steps before included.</param>
public sealed record PacsMetricBucket(double UpperBound, long Count);
