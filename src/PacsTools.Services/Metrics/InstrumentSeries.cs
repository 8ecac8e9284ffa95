using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace PacsTools.Services.Metrics;

/// <summary>
/// The series of one instrument. Every received and sent instance is measured, so that labels are put in order only when tags come for the first time; the
/// series of tags that have come before is found by them as they are.
/// </summary>
internal sealed class InstrumentSeries(Instrument instrument)
{
    private readonly ConcurrentDictionary<int, TagSet> _known = new();
    private readonly SortedDictionary<string, MetricSeries> _series = new(StringComparer.Ordinal);

    public void Add(double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = TagSet.Hash(tags);
        var found = _known.TryGetValue(hash, out var chain) ? chain.Find(tags) : null;
        (found?.Series ?? Learn(hash, tags)).Add(value);
    }

    /// <summary>What has been counted, ordered by labels.</summary>
    public IReadOnlyList<PacsMetric> Snapshot()
    {
        lock (_series)
            return [.. _series.Values.Select(s => s.Snapshot())];
    }

    private MetricSeries Learn(int hash, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var labels = new KeyValuePair<string, string>[tags.Length];
        for (var i = 0; i < labels.Length; i++)
            labels[i] = new(tags[i].Key, Convert.ToString(tags[i].Value, CultureInfo.InvariantCulture) ?? string.Empty);
        Array.Sort(labels, static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        var key = string.Join('\n', labels.Select(l => $"{l.Key}={l.Value}"));
        lock (_series)
        {
            // The same labels may come in another order: they are one series all the same.
            if (!_series.TryGetValue(key, out var series))
                _series[key] = series = new MetricSeries(instrument, labels);
            var chain = _known.GetValueOrDefault(hash);
            if (chain?.Find(tags) is null)
                _known[hash] = new TagSet(tags.ToArray(), series, chain);
            return series;
        }
    }
}
