using System.Diagnostics.Metrics;

namespace PacsTools.Services.Metrics;

/// <summary>Adds up what the instruments of <see cref="PacsMeter"/> count, from the first association of the process on.</summary>
internal sealed class MetricStore : IDisposable
{
    /// <summary>Upper bounds of the buckets of durations, in seconds: from an echo on a loopback to a retrieve of a large study.</summary>
    internal static readonly double[] DurationBounds =
        [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800];

    private readonly SortedDictionary<string, InstrumentSeries> _instruments = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    /// <param name="meter">The name of the meter whose instruments are listened to.</param>
    public MetricStore(string meter = PacsMeter.Name)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter)
                listener.EnableMeasurementEvents(instrument, Know(instrument));
        };
        _listener.SetMeasurementEventCallback<long>(static (_, value, tags, series) => ((InstrumentSeries)series!).Add(value, tags));
        _listener.SetMeasurementEventCallback<double>(static (_, value, tags, series) => ((InstrumentSeries)series!).Add(value, tags));
        _listener.Start();
    }

    /// <summary>The store of the process.</summary>
    public static MetricStore Shared { get; } = new();

    /// <summary>What has been counted so far: one a name and set of labels, ordered by both.</summary>
    public IReadOnlyList<PacsMetric> Snapshot()
    {
        InstrumentSeries[] instruments;
        lock (_instruments)
            instruments = [.. _instruments.Values];
        return [.. instruments.SelectMany(i => i.Snapshot())];
    }

    public void Dispose() => _listener.Dispose();

    // By name: where the module was loaded twice into a process, each counts for both.
    private InstrumentSeries Know(Instrument instrument)
    {
        lock (_instruments)
        {
            if (!_instruments.TryGetValue(instrument.Name, out var series))
                _instruments[instrument.Name] = series = new InstrumentSeries(instrument);
            return series;
        }
    }
}
