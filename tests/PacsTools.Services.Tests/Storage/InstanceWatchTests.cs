using Microsoft.Extensions.Time.Testing;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Storage;

public sealed class InstanceWatchTests : IDisposable
{
    private readonly ScpFixture _scps = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _scps.Dispose();

    [Fact]
    public async Task Every_watcher_sees_every_instance_with_its_sender()
    {
        var scp = _scps.Start();
        var instances = TestStudy.Create(TestStudy.Tiny(5)).ToList();
        using var one = Watch(scp);
        using var two = Watch(scp);
        Assert.All(ScpFixture.Store(scp, instances), status => Assert.Equal(0, status));
        foreach (var watch in new[] { one, two })
        {
            var seen = await ReadAsync(watch, count: 5);
            Assert.Equal(instances.Select(i => i.SOPInstanceUID), seen.Select(e => Assert.IsType<DicomInstanceFile>(e.Value).SOPInstanceUID));
            Assert.All(seen, e =>
            {
                var file = (DicomInstanceFile)e.Value!;
                Assert.Equal((InstanceOutcome.Stored, "ARCHIVE", "127.0.0.1", "CStore"), (file.Outcome, file.SendingAETitle, file.SendingAddress, file.Method));
                Assert.True(File.Exists(file.Path));
            });
        }
    }

    [Fact]
    public async Task One_that_has_stopped_already_does_not_end_the_watch_of_the_others()
    {
        var stopped = _scps.Start();
        var scp = _scps.Start();
        stopped.Stop();
        using var watch = new InstanceWatch(_time);
        watch.Watch([stopped, scp]);
        var instance = TestStudy.CreateOne(TestStudy.Tiny(1));
        ScpFixture.Store(scp, instance);
        var seen = Assert.Single(await ReadAsync(watch, count: 1));
        Assert.Equal(instance.SOPInstanceUID, Assert.IsType<DicomInstanceFile>(seen.Value).SOPInstanceUID);
    }

    [Fact]
    public async Task An_arrival_is_known_before_the_sender_is_answered()
    {
        var scp = _scps.Start();
        using var watch = Watch(scp);
        var instance = TestStudy.CreateOne(TestStudy.Tiny(1));
        using var client = StoreClient.Open(scp.Port, instance);
        client.Store(instance);
        // No waiting: it must be there.
        await using var reader = watch.ReadAsync(1, null, CancellationToken.None).GetAsyncEnumerator();
        Assert.True(reader.MoveNextAsync().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task A_watcher_that_does_not_read_holds_up_nobody_and_is_told_what_it_missed()
    {
        var scp = _scps.Start();
        using var watch = new InstanceWatch(_time, capacity: 3);
        watch.Watch([scp]);
        Assert.All(ScpFixture.Store(scp, [.. TestStudy.Create(TestStudy.Tiny(10))]), status => Assert.Equal(0, status));
        scp.Stop();
        var seen = await ReadAsync(watch);
        Assert.Equal(3, seen.Count(e => e.Value is not null));
        var error = Assert.Single(seen, e => e.Error is not null).Error!;
        Assert.Equal("StorageScp.WatchOverflow", error.Id);
        Assert.StartsWith("7 instances", error.Message, StringComparison.Ordinal);
        Assert.Equal(10, _scps.Files().Count);
    }

    [Fact]
    public async Task What_could_not_be_kept_is_shown_told_and_not_counted()
    {
        var scp = _scps.Start();
        using var watch = Watch(scp);
        var instances = TestStudy.Create(TestStudy.Tiny(2)).ToList();
        Directory.Delete(_scps.In, recursive: true);
        Assert.Equal(0x0110, ScpFixture.Store(scp, instances[0])[0]);
        Directory.CreateDirectory(_scps.In);
        ScpFixture.Store(scp, instances[1]);
        var seen = await ReadAsync(watch, count: 1);
        Assert.Equal(InstanceOutcome.Failed, ((DicomInstanceFile)seen[0].Value!).Outcome);
        Assert.Equal("StorageScp.InstanceFailed", seen[1].Error!.Id);
        Assert.Equal(instances[1].SOPInstanceUID, ((DicomInstanceFile)seen[2].Value!).SOPInstanceUID);
        Assert.Equal(3, seen.Count);
    }

    [Fact]
    public async Task What_nobody_wants_is_no_arrival()
    {
        var scp = _scps.Start(o => o with { Accept = StorageScpAccept.Pending, Path = null });
        using var watch = Watch(scp);
        Assert.Equal([0x0124], ScpFixture.Store(scp, TestStudy.CreateOne(TestStudy.Tiny(1))));
        scp.Stop();
        Assert.Empty(await ReadAsync(watch));
    }

    [Fact]
    public async Task The_time_is_over_with_too_few()
    {
        var scp = _scps.Start();
        using var watch = Watch(scp);
        ScpFixture.Store(scp, TestStudy.CreateOne(TestStudy.Tiny(1)));
        var reading = ReadAsync(watch, count: 2, timeout: TimeSpan.FromSeconds(60));
        await Passes(reading);
        var seen = await reading;
        Assert.NotNull(seen[0].Value);
        Assert.Equal("StorageScp.WatchTimeout", seen[1].Error!.Id);
        Assert.Contains("1 of 2 instances", seen[1].Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_time_is_over_without_a_count_and_without_a_word()
    {
        using var watch = Watch(_scps.Start());
        var reading = ReadAsync(watch, timeout: TimeSpan.FromSeconds(60));
        await Passes(reading);
        Assert.Empty(await reading);
    }

    [Fact]
    public async Task It_ends_when_the_last_of_those_watched_was_stopped()
    {
        var first = _scps.Start();
        var second = _scps.Start();
        using var watch = Watch(first, second);
        var reading = ReadAsync(watch);
        first.Stop();
        ScpFixture.Store(second, TestStudy.CreateOne(TestStudy.Tiny(1)));
        second.Stop();
        Assert.Single(await reading.WaitAsync(Eventually.DefaultBound));
    }

    [Fact]
    public async Task A_stop_with_too_few_is_an_error_and_so_is_one_before_the_watch()
    {
        var scp = _scps.Start();
        using (var watch = Watch(scp))
        {
            scp.Stop();
            Assert.Equal("StorageScp.WatchStopped", Assert.Single(await ReadAsync(watch, count: 1)).Error!.Id);
        }

        using var late = Watch(scp);
        Assert.Empty(await ReadAsync(late));
    }

    [Fact]
    public async Task A_cancelled_watch_ends_and_leaves_nothing()
    {
        var scp = _scps.Start();
        using var stop = new CancellationTokenSource();
        using var watch = Watch(scp);
        var reading = ReadAsync(watch, cancellationToken: stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Eventually.DefaultBound));
    }

    private InstanceWatch Watch(params StorageScp[] scps)
    {
        var watch = new InstanceWatch(_time);
        foreach (var scp in scps)
            watch.Watch([scp]);
        return watch;
    }

    private Task Passes(Task reading) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(31));
            return reading.IsCompleted;
        },
        "the end of the time");

    private static Task<List<WatchEvent>> ReadAsync(ArrivalWatch watch, int? count = null, TimeSpan? timeout = null, CancellationToken cancellationToken = default) =>
        Task.Run(
            async () =>
            {
                List<WatchEvent> all = [];
                await foreach (var item in watch.ReadAsync(count, timeout, cancellationToken))
                    all.Add(item);
                return all;
            },
            CancellationToken.None);
}
