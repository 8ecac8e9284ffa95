using System.Diagnostics.Metrics;
using PacsTools.Services.Metrics;

namespace PacsTools.Services.Tests.Metrics;

public sealed class MetricStoreTests : IDisposable
{
    private readonly Meter _meter = new($"MetricStoreTests {Guid.NewGuid()}");
    private readonly MetricStore _store;

    public MetricStoreTests() => _store = new MetricStore(_meter.Name);

    public void Dispose()
    {
        _store.Dispose();
        _meter.Dispose();
    }

    [Fact]
    public void Labels_count_and_neither_their_order_nor_their_type()
    {
        var counter = _meter.CreateCounter<long>("moves", null, "All that moved.");
        counter.Add(1, Tag("role", "requestor"), Tag("status", "0000"));
        counter.Add(2, Tag("status", "0000"), Tag("role", "requestor"));
        counter.Add(3, Tag("status", "0000"), Tag("role", "requestor"));
        counter.Add(10, Tag("role", "requestor"), Tag("status", "A700"));
        counter.Add(100, Tag("code", 5));
        counter.Add(100, Tag("code", "5"));
        counter.Add(7);

        var metrics = _store.Snapshot();
        Assert.Equal(["", "code=5", "role=requestor status=0000", "role=requestor status=A700"], metrics.Select(Labels));
        Assert.Equal([7, 200, 6, 10], metrics.Select(m => m.Value));
        Assert.All(metrics, m => Assert.Equal(("moves", "All that moved.", PacsMetricType.Counter), (m.Name, m.Description, m.Type)));
    }

    [Fact]
    public void Metrics_are_ordered_by_name_whenever_they_were_first_counted()
    {
        var late = _meter.CreateUpDownCounter<long>("b_active");
        var early = _meter.CreateCounter<long>("a_total");
        late.Add(2, Tag("role", "x"));
        late.Add(-1, Tag("role", "x"));
        early.Add(1, Tag("role", "y"));
        early.Add(1, Tag("role", "x"));
        Assert.Equal(["a_total role=x", "a_total role=y", "b_active role=x"], _store.Snapshot().Select(m => $"{m.Name} {Labels(m)}"));
        Assert.Equal((PacsMetricType.Gauge, 1d), _store.Snapshot().Select(m => (m.Type, m.Value)).Last());
    }

    [Fact]
    public void Instruments_of_one_name_are_counted_together()
    {
        using var again = new Meter(_meter.Name);
        _meter.CreateCounter<long>("moves").Add(1, Tag("role", "x"));
        again.CreateCounter<long>("moves").Add(2, Tag("role", "x"));
        Assert.Equal(3, Assert.Single(_store.Snapshot()).Value);
    }

    [Fact]
    public void Durations_fall_into_buckets_that_add_up()
    {
        var durations = _meter.CreateHistogram<double>("seconds");
        foreach (var seconds in new[] { 0.001, 0.0011, 4, 5000 })
            durations.Record(seconds, Tag("operation", "C-ECHO"));
        var metric = Assert.Single(_store.Snapshot());
        Assert.Equal((PacsMetricType.Histogram, 4d, 5004.0021), (metric.Type, metric.Value, Math.Round(metric.Sum!.Value, 6)));
        Assert.Equal((1, 2, 3, 4), (Upto(0.001), Upto(0.0025), Upto(5), Upto(double.PositiveInfinity)));

        long Upto(double bound) => metric.Buckets.Single(b => b.UpperBound.Equals(bound)).Count;
    }

    [Fact]
    public void Nothing_is_lost_where_several_threads_count()
    {
        var counter = _meter.CreateCounter<long>("moves");
        Parallel.For(0, 8, thread =>
        {
            for (var i = 0; i < 1000; i++)
                counter.Add(1, Tag("role", (i % 3).ToString(System.Globalization.CultureInfo.InvariantCulture)), Tag("thread", thread / 4));
        });
        var metrics = _store.Snapshot();
        Assert.Equal(6, metrics.Count);
        Assert.Equal(8000, metrics.Sum(m => m.Value));
    }

    private static string Labels(PacsMetric metric) => string.Join(' ', metric.Labels.Select(l => $"{l.Key}={l.Value}"));

    private static KeyValuePair<string, object?> Tag(string name, object value) => new(name, value);
}
