using PacsTools.Dicom.Errors;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>What is tried again, how often, and that nothing is handed out twice.</summary>
public sealed class RetrieveRetryTests : RetrieveTestBase
{
    [Fact]
    public async Task A_lost_connection_is_tried_again_and_no_instance_is_handed_out_twice()
    {
        var instances = Instances(4);
        using var archive = new FakeArchive(move =>
        {
            if (move.Number < 3)
            {
                move.Store(Scp.Port, instances.Take(move.Number + 1));
                move.Cut();
                return;
            }

            move.Store(Scp.Port, instances);
            move.Final(0, completed: 4);
        });
        var run = Start(WithRetries(archive, instances));
        var (files, error) = await Pass(Collect(run));
        Assert.Null(error);
        Assert.Equal(instances.Select(i => i.SOPInstanceUID), files.Select(f => f.SOPInstanceUID));
        Assert.All(files, f => Assert.Equal(InstanceOutcome.Stored, f.Outcome));
        AssertHere(instances);
        var report = await run.Report;
        Assert.Equal([false, false, true], report.Attempts.Select(a => a.Success));
        Assert.Equal([2, 3, 4], report.Attempts.Select(a => a.Arrived));
        Assert.Equal((4, 0, 4), (report.Stored, report.Duplicate, report.Expected));
    }

    [Fact]
    public async Task Fail_if_exists_does_not_fail_what_an_attempt_before_brought()
    {
        var instances = Instances(2);
        using var archive = new FakeArchive(move =>
        {
            Assert.All(move.Store(Scp.Port, instances), s => Assert.Equal(0, s));
            if (move.Number == 1)
                move.Cut();
            else
                move.Final(0, completed: 2);
        });
        var report = await Pass(Start(WithRetries(archive, instances) with { IfExists = IfExists.Fail }).DrainAsync());
        Assert.Equal((true, 2, 0), (report.Complete, report.Stored, report.Failed));
    }

    [Fact]
    public async Task A_data_set_that_broke_off_is_not_kept_and_asked_for_again()
    {
        var instances = Instances(3);
        using var archive = new FakeArchive(move =>
        {
            if (move.Number == 1)
            {
                var broken = instances[1] with { DataSet = instances[1].DataSet[..^2] };
                Assert.Equal([0, 0xC000, 0], move.Store(Scp.Port, [instances[0], broken, instances[2]]));
                move.Final(0xB000, completed: 2, failed: 1);
                return;
            }

            move.Store(Scp.Port, [instances[1]]);
            move.Final(0, completed: 1);
        })
        { Catalogue = new FakeCatalogue(instances) };
        var report = await Pass(Start(WithRetries(archive, instances)).DrainAsync());
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Contains("their data sets broke off (answered C000H)", report.Attempts[0].Reason, StringComparison.Ordinal);
        Assert.Equal([false, true], report.Attempts.Select(a => a.Success));
        AssertHere(instances);
    }

    [Fact]
    public async Task What_stays_damaged_is_told_as_that()
    {
        var instances = Instances(1);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, [instances[0] with { DataSet = instances[0].DataSet[..^2] }]);
            move.Final(0xA702, completed: 0, failed: 1);
        });
        var report = await Report(Request(archive, instances));
        Assert.Equal("Storage.Damaged", Assert.IsType<RetrieveException>(report.Error).Id);
        Assert.Equal((InstanceOutcome.Failed, (ushort?)0xC000), Assert.Single(report.Instances.Select(i => (i.Outcome, i.Status))));
        Assert.Empty(Files());
    }

    [Fact]
    public async Task Three_tries_and_no_more()
    {
        var instances = Instances(1);
        using var archive = new FakeArchive(move => move.Cut());
        var report = await Pass(Start(WithRetries(archive, instances)).DrainAsync());
        Assert.Equal(3, archive.Moves);
        Assert.Equal(3, report.Attempts.Count);
        Assert.IsAssignableFrom<DicomException>(report.Error);
    }

    [Fact]
    public async Task Out_of_resources_is_tried_once_more_after_five_seconds()
    {
        var instances = Instances(1);
        using var archive = new FakeArchive(move => move.Final(0xA700));
        var started = Time.GetTimestamp();
        var report = await Pass(Start(WithRetries(archive, instances)).DrainAsync());
        Assert.InRange(Time.GetElapsedTime(started).TotalSeconds, 5, 60);
        Assert.Equal(2, archive.Moves);
        Assert.Equal("Dimse.A700", Assert.IsType<RetrieveException>(report.Error).Id);
    }

    [Fact]
    public async Task A_status_that_will_not_change_is_not_tried_again()
    {
        var instances = Instances(1);
        using var archive = new FakeArchive(move => move.Final(0xC000));
        await Report(WithRetries(archive, instances));
        Assert.Equal(1, archive.Moves);
    }

    [Fact]
    public async Task A_silent_archive_is_given_up_after_the_inactivity_timeout_and_not_asked_again()
    {
        var instances = Instances(1);
        using var over = new ManualResetEventSlim();
        using var asked = new ManualResetEventSlim();
        using var archive = new FakeArchive(_ =>
        {
            asked.Set();
            over.Wait(Bound);
        });
        var started = Time.GetTimestamp();
        var run = Start(WithRetries(archive, instances)).DrainAsync();
        Assert.True(asked.Wait(Bound));
        var report = await Pass(run, step: 10);
        over.Set();
        var timeout = Assert.IsType<DicomTimeoutException>(report.Error);
        Assert.Equal(("Move", TimeSpan.FromSeconds(300)), (timeout.Operation, timeout.Limit));
        Assert.InRange(Time.GetElapsedTime(started).TotalSeconds, 300, 600);
        Assert.Equal(1, archive.Moves);
    }

    [Fact]
    public async Task A_lost_final_response_is_tried_again_with_twice_the_time_since_instances_had_come()
    {
        var instances = Instances(2);
        using var over = new ManualResetEventSlim();
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances);
            if (move.Number == 1)
                over.Wait(Bound);
            else
                move.Final(0, completed: 2);
        });
        var run = Start(WithRetries(archive, instances) with { Timeout = TimeSpan.FromSeconds(60) });
        var (files, error) = await Pass(Collect(run));
        over.Set();
        Assert.Null(error);
        Assert.Equal(2, files.Count);
        Assert.Equal(2, archive.Moves);
    }

    [Fact]
    public async Task Arriving_instances_and_pending_responses_are_signs_of_life()
    {
        var instances = Instances(6);
        using var archive = new FakeArchive(move =>
        {
            // 40 s between signs, 60 s allowed: without any one of them the limit would pass.
            foreach (var instance in instances.Take(3))
            {
                Time.Advance(TimeSpan.FromSeconds(40));
                move.Store(Scp.Port, [instance]);
            }

            for (var completed = 3; completed < 6; completed++)
            {
                Time.Advance(TimeSpan.FromSeconds(40));
                move.Pending(6 - completed, completed);
                // Seen before time goes on.
                Assert.True(SpinWait.SpinUntil(() => Log.Progresses.Any(p => p.Total == 6) && Log.Progresses.Count > completed, Bound));
            }

            move.Store(Scp.Port, instances.Skip(3));
            move.Final(0, completed: 6);
        });
        var report = await Report(WithRetries(archive, instances) with { Timeout = TimeSpan.FromSeconds(60), Retry = new RetryPolicy(0, Time) });
        Assert.True(report.Complete, report.Error?.ToString());
    }

    private RetrieveRequest WithRetries(FakeArchive archive, IReadOnlyList<TestKit.Data.TestInstance> instances) =>
        Request(archive, instances) with { Retry = new RetryPolicy(null, Time, () => 0.5) };
}
