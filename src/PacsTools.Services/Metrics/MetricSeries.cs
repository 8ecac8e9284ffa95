using System.Diagnostics.Metrics;

namespace PacsTools.Services.Metrics;

/// <summary>What one instrument has counted under one set of labels. Safe for several threads.</summary>
internal sealed class MetricSeries(Instrument instrument, KeyValuePair<string, string>[] labels)
{
    private readonly object _gate = new();
    private readonly long[]? _buckets = instrument is Histogram<double> ? new long[MetricStore.DurationBounds.Length + 1] : null;
    private double _sum;
    private long _count;

    public void Add(double value)
    {
        lock (_gate)
        {
            _sum += value;
            _count++;
            if (_buckets is null)
                return;
            var at = Array.BinarySearch(MetricStore.DurationBounds, value);
            _buckets[at < 0 ? ~at : at]++;
        }
    }

    public PacsMetric Snapshot()
    {
        lock (_gate)
        {
            return new()
            {
                Name = instrument.Name,
                Description = instrument.Description ?? string.Empty,
                Type = _buckets is not null ? PacsMetricType.Histogram : instrument is UpDownCounter<long> ? PacsMetricType.Gauge : PacsMetricType.Counter,
                Labels = labels.ToDictionary(l => l.Key, l => l.Value),
                Value = _buckets is null ? _sum : _count,
                Sum = _buckets is null ? null : _sum,
                Buckets = _buckets is null ? [] : Cumulative(_buckets),
            };
        }
    }

    private static PacsMetricBucket[] Cumulative(long[] counts)
    {
        var bounds = MetricStore.DurationBounds;
        var total = 0L;
        return [.. counts.Select((n, i) => new PacsMetricBucket(i < bounds.Length ? bounds[i] : double.PositiveInfinity, total += n))];
    }
}
