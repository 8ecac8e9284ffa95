using Microsoft.Extensions.Time.Testing;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Storage;

public sealed class StudyWatchTests : IDisposable
{
    private static readonly TimeSpan s_quiet = TimeSpan.FromSeconds(30);

    private readonly ScpFixture _scps = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _scps.Dispose();

    [Fact]
    public async Task A_study_is_told_once_it_is_silent_and_not_before()
    {
        var scp = _scps.Start();
        using var watch = Watch(scp);
        var instances = TestStudy.Create(TestStudy.Tiny(6) with { Instances = 3, Series = 2 }).ToList();
        ScpFixture.Store(scp, [.. instances.Take(4)]);
        await using var reader = watch.ReadAsync(1, null, CancellationToken.None).GetAsyncEnumerator();
        var next = reader.MoveNextAsync().AsTask();
        _time.Advance(TimeSpan.FromSeconds(29));
        ScpFixture.Store(scp, [.. instances.Skip(4), instances[0]]);
        _time.Advance(TimeSpan.FromSeconds(29));
        Assert.False(next.IsCompleted);
        await Eventually.TrueAsync(() => Passed(next, TimeSpan.FromSeconds(1)), "the study");
        Assert.True(await next);
        var study = Assert.IsType<DicomStudyArrival>(reader.Current.Value);
        Assert.Equal((instances[0].StudyInstanceUID, "TEST-1", 2), (study.StudyInstanceUID, study.PatientID, study.NumberOfSeries));
        Assert.Equal((7, 6, 1, 0), (study.Received, study.Stored, study.Duplicate, study.Failed));
        Assert.Equal(_scps.Files().Order(), study.Path.Order());
        Assert.Equal(study.Path, study.FullName);
        Assert.Equal(["ARCHIVE"], study.SendingAETitle);
        Assert.Equal(["127.0.0.1"], study.SendingAddress);
        Assert.Equal(TimeSpan.FromSeconds(29), study.LastArrival - study.FirstArrival);
        Assert.Equal(study.Path.Sum(p => new FileInfo(p).Length) + new FileInfo(study.Path[0]).Length, study.Bytes);
        Assert.False(await reader.MoveNextAsync());
    }

    [Fact]
    public async Task A_study_is_not_silent_while_an_instance_of_it_is_on_its_way()
    {
        var scp = _scps.Start();
        using var watch = Watch(scp);
        var instance = TestStudy.CreateOne(new TestStudyOptions());
        using var letGo = new ManualResetEvent(false);
        using var client = StoreClient.Open(scp.Port, instance);
        var sending = Task.Run(() =>
        {
            client.SendAndStall(instance, 300_000, letGo);
            return client.Association.Receive();
        });
        await Eventually.TrueAsync(() => _scps.Files().Count == 1, "the first bytes");
        await using var reader = watch.ReadAsync(1, null, CancellationToken.None).GetAsyncEnumerator();
        var next = reader.MoveNextAsync().AsTask();
        for (var i = 0; i < 5; i++)
            _time.Advance(TimeSpan.FromSeconds(40));
        Assert.False(next.IsCompleted);
        letGo.Set();
        await sending;
        await Eventually.TrueAsync(() => Passed(next, TimeSpan.FromSeconds(31)), "the study");
        Assert.Equal(1, ((DicomStudyArrival)reader.Current.Value!).Stored);
    }

    [Fact]
    public async Task An_instance_that_broke_off_is_missing_unless_it_comes_again()
    {
        var scp = _scps.Start();
        using var watch = Watch(scp);
        var instances = TestStudy.Create(new TestStudyOptions { Instances = 2 }).ToList();
        foreach (var instance in instances)
            await BreakOffAsync(scp, instance);
        ScpFixture.Store(scp, instances[1]);
        var reading = ReadAsync(watch, 1);
        await Eventually.TrueAsync(() => Passed(reading, TimeSpan.FromSeconds(31)), "the study");
        var seen = await reading;
        var study = (DicomStudyArrival)seen[0].Value!;
        Assert.Equal((1, 1), (study.Received, study.Failed));
        Assert.Equal("StorageScp.StudyIncomplete", seen[1].Error!.Id);
    }

    [Fact]
    public async Task A_stop_ends_the_waiting_for_silence()
    {
        var scp = _scps.Start();
        using var watch = Watch(scp);
        ScpFixture.Store(scp, TestStudy.CreateOne(TestStudy.Tiny(1, seed: 1)));
        ScpFixture.Store(scp, TestStudy.CreateOne(TestStudy.Tiny(1, seed: 2)));
        scp.Stop();
        Assert.Equal(2, (await ReadAsync(watch).WaitAsync(Eventually.DefaultBound)).Count(e => e.Value is DicomStudyArrival));
    }

    [Fact]
    public async Task Instances_that_broke_off_are_remembered_within_the_same_bounds()
    {
        using var watch = new StudyWatch(_time, s_quiet, maxInstances: 2);
        IArrivalObserver observer = watch;
        for (var i = 0; i < 5; i++)
        {
            observer.OnBegin("1.2");
            observer.OnEnd("1.2", null, $"1.2.{i}");
        }

        var reading = ReadAsync(watch, timeout: TimeSpan.FromSeconds(60));
        var seen = await reading;
        Assert.Equal(2, Assert.IsType<DicomStudyArrival>(Assert.Single(seen, e => e.Value is not null).Value).Failed);
        Assert.StartsWith("3 instances", Assert.Single(seen, e => e.Error?.Id == "StorageScp.WatchOverflow").Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_the_time_tells_of_studies_that_are_not_silent_yet()
    {
        var scp = _scps.Start();
        using var watch = Watch(scp);
        ScpFixture.Store(scp, TestStudy.CreateOne(TestStudy.Tiny(1)));
        var reading = ReadAsync(watch, timeout: TimeSpan.FromSeconds(10));
        await Eventually.TrueAsync(() => Passed(reading, TimeSpan.FromSeconds(6)), "the end");
        Assert.Equal("StorageScp.WatchTimeout", Assert.Single(await reading).Error!.Id);
    }

    [Fact]
    public async Task More_studies_than_are_remembered_are_counted_and_told()
    {
        var scp = _scps.Start();
        using var watch = new StudyWatch(_time, s_quiet, maxStudies: 2);
        watch.Watch([scp]);
        for (var seed = 1; seed <= 5; seed++)
            ScpFixture.Store(scp, TestStudy.CreateOne(TestStudy.Tiny(1, seed)));
        scp.Stop();
        var seen = await ReadAsync(watch);
        Assert.Equal(2, seen.Count(e => e.Value is not null));
        Assert.StartsWith("3 instances", Assert.Single(seen, e => e.Error is not null).Error!.Message, StringComparison.Ordinal);
    }

    private static async Task BreakOffAsync(StorageScp scp, TestInstance instance)
    {
        using var letGo = new ManualResetEvent(false);
        using var reached = new ManualResetEventSlim();
        var client = StoreClient.Open(scp.Port, instance);
        var sending = Task.Run(() => client.SendAndStall(instance, 300_000, letGo, reached.Set));
        Assert.True(reached.Wait(TimeSpan.FromSeconds(20)));
        client.Association.Abort();
        letGo.Set();
        await Assert.ThrowsAnyAsync<Dicom.Errors.DicomException>(() => sending);
        await Eventually.TrueAsync(() => scp.Associations == 0, "the association gone");
    }

    private bool Passed(Task reading, TimeSpan time)
    {
        _time.Advance(time);
        return reading.IsCompleted;
    }

    private StudyWatch Watch(StorageScp scp)
    {
        var watch = new StudyWatch(_time, s_quiet);
        watch.Watch([scp]);
        return watch;
    }

    private static Task<List<WatchEvent>> ReadAsync(StudyWatch watch, int? count = null, TimeSpan? timeout = null) => Task.Run(async () =>
    {
        List<WatchEvent> all = [];
        await foreach (var item in watch.ReadAsync(count, timeout, CancellationToken.None))
            all.Add(item);
        return all;
    });
}
