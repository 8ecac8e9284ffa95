using System.Diagnostics.Metrics;
using System.Globalization;

namespace PacsTools.Services.Metrics;

/// <summary>Adds up what the instruments of <see cref="PacsMeter"/> count, from the first association of the process on.</summary>
internal sealed class MetricStore : IDisposable
{
    /// <summary>Upper bounds of the buckets of durations, in seconds: from an echo on a loopback to a retrieve of a large study.</summary>
    internal static readonly double[] DurationBounds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800];

    private readonly object _gate = new();
    private readonly SortedDictionary<string, Series> _series = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    public MetricStore()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == PacsMeter.Name)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
    }

    /// <summary>The store of the process.</summary>
    public static MetricStore Shared { get; } = new();

    /// <summary>What has been counted so far: one a name and set of labels, ordered by both.</summary>
    public IReadOnlyList<PacsMetric> Snapshot()
    {
        lock (_gate)
            return [.. _series.Values.Select(s => s.Snapshot())];
    }

    public void Dispose() => _listener.Dispose();

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new KeyValuePair<string, string>[tags.Length];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = new(tags[i].Key, Convert.ToString(tags[i].Value, CultureInfo.InvariantCulture) ?? string.Empty);
        Array.Sort(labels, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var key = instrument.Name + "\n" + string.Join('\n', labels.Select(l => $"{l.Key}={l.Value}"));
        lock (_gate)
        {
            if (!_series.TryGetValue(key, out var series))
                _series[key] = series = new Series(instrument, labels);
            series.Add(value);
        }
    }

    private sealed class Series(Instrument instrument, KeyValuePair<string, string>[] labels)
    {
        private readonly long[]? _buckets = instrument is Histogram<double> ? new long[DurationBounds.Length + 1] : null;
        private double _sum;
        private long _count;

        public void Add(double value)
        {
            _sum += value;
            _count++;
            if (_buckets is null)
                return;
            var at = Array.BinarySearch(DurationBounds, value);
            _buckets[at < 0 ? ~at : at]++;
        }

        public PacsMetric Snapshot() => new()
        {
            Name = instrument.Name,
            Description = instrument.Description ?? string.Empty,
            Type = _buckets is not null ? PacsMetricType.Histogram : instrument is UpDownCounter<long> ? PacsMetricType.Gauge : PacsMetricType.Counter,
            Labels = labels.ToDictionary(l => l.Key, l => l.Value),
            Value = _buckets is null ? _sum : _count,
            Sum = _buckets is null ? null : _sum,
            Buckets = _buckets is null ? [] : Cumulative(_buckets),
        };

        private static PacsMetricBucket[] Cumulative(long[] counts)
        {
            var total = 0L;
            return [.. counts.Select((n, i) => new PacsMetricBucket(i < DurationBounds.Length ? DurationBounds[i] : double.PositiveInfinity, total += n))];
        }
    }
}
