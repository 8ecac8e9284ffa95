using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>What a retrieve says when the archive's own list of instances is held against what came and what it claims.</summary>
public sealed class ProofTests : RetrieveTestBase
{
    private static readonly IReadOnlyList<TestInstance> s_instances = [.. TestStudy.Create(TestStudy.Tiny(3, 7) with { Series = 2 })];

    [Fact]
    public async Task An_instance_that_is_claimed_and_never_comes_is_missing_by_name()
    {
        using var archive = Archive(move =>
        {
            move.Store(Scp.Port, s_instances.Skip(1));
            move.Final(0, completed: 6);
        });
        var (files, error) = await Pass(Collect(Start(Request(archive, s_instances))));
        Assert.Equal("Retrieve.Incomplete", Assert.IsType<RetrieveException>(error).Id);
        var missing = Assert.Single(files, f => f.Outcome == InstanceOutcome.Missing);
        Assert.Equal(
            (s_instances[0].SOPInstanceUID, s_instances[0].SeriesInstanceUID, s_instances[0].StudyInstanceUID, s_instances[0].SOPClassUID, (string?)null, archive.Node),
            (missing.SOPInstanceUID, missing.SeriesInstanceUID, missing.StudyInstanceUID, missing.SOPClassUID, missing.Path, missing.Node));
        Assert.Equal(5, files.Count(f => f.Outcome == InstanceOutcome.Stored));
        Assert.Equal(["SERIES", "IMAGE", "IMAGE"], archive.Catalogue!.Asked);
    }

    [Fact]
    public async Task An_instance_the_archive_neither_counts_nor_sends_is_missing_all_the_same()
    {
        using var archive = Archive(move =>
        {
            move.Store(Scp.Port, s_instances.Skip(2));
            move.Final(0, completed: 4);
        });
        var report = await Report(Request(archive, s_instances));
        Assert.Equal((false, 6, 4, 0, 2), (report.Complete, report.Expected, report.Stored, report.Failed, report.Missing));
        Assert.Equal(6, report.Instances.Count);
    }

    [Fact]
    public async Task Failures_are_told_from_losses()
    {
        using var archive = Archive(move =>
        {
            move.Store(Scp.Port, s_instances.Skip(2));
            move.Final(0xB000, completed: 5, failed: 1, failedUids: [s_instances[0].SOPInstanceUID]);
        });
        var report = await Pass(Start(Request(archive, s_instances)).DrainAsync());
        Assert.Equal((false, 6, 4, 1, 1), (report.Complete, report.Expected, report.Stored, report.Failed, report.Missing));
        Assert.Equal((InstanceOutcome.Failed, (ushort?)0xB000), report.Instances.Where(i => i.SOPInstanceUID == s_instances[0].SOPInstanceUID).Select(i => (i.Outcome, i.Status)).Single());
        Assert.Equal(InstanceOutcome.Missing, report.Instances.Single(i => i.SOPInstanceUID == s_instances[1].SOPInstanceUID).Outcome);
    }

    [Fact]
    public async Task As_many_failures_as_absent_instances_name_them_without_a_list()
    {
        using var archive = Archive(move =>
        {
            move.Store(Scp.Port, s_instances.Skip(2));
            move.Final(0xB000, completed: 4, failed: 2);
        });
        var report = await Report(Request(archive, s_instances));
        Assert.Equal((2, 0), (report.Failed, report.Missing));
        Assert.Equal(s_instances.Take(2).Select(i => i.SOPInstanceUID), report.Instances.Where(i => i.Outcome == InstanceOutcome.Failed).Select(i => i.SOPInstanceUID));
    }

    [Fact]
    public async Task What_the_archive_did_not_name_is_unexpected_and_kept()
    {
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, s_instances);
            move.Final(0, completed: 6);
        })
        { Catalogue = new FakeCatalogue([.. s_instances.Skip(1)]) { Announce = n => n } };
        var report = await Report(Request(archive, s_instances));
        Assert.Equal((true, 5, 5, 1), (report.Complete, report.Expected, report.Stored, report.Unexpected));
        AssertHere(s_instances);
        Assert.Contains("names 5 instances, announces 5, counts 6", Assert.Single(report.Attempts).Note);
    }

    [Fact]
    public async Task Wrong_counters_do_not_hide_that_everything_is_here()
    {
        using var archive = Archive(
            move =>
            {
                move.Store(Scp.Port, s_instances);
                move.Final(0xB000, completed: 2, failed: 7);
            },
            announce: n => n);
        var report = await Report(Request(archive, s_instances));
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal((6, 6, 0, 0), (report.Expected, report.Stored, report.Failed, report.Missing));
        Assert.Contains("B000", Assert.Single(report.Attempts).Note);
    }

    [Fact]
    public async Task A_list_that_the_counters_contradict_proves_nothing_alone()
    {
        // A result cap that ends with success: the list looks whole and is not.
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, s_instances.Take(3));
            move.Final(0xB000, completed: 3, failed: 3);
        })
        { Catalogue = new FakeCatalogue([.. s_instances.Take(3)]) };
        var report = await Report(Request(archive, s_instances));
        Assert.False(report.Complete);
        Assert.Equal((6, 3, 3), (report.Expected, report.Stored, report.Failed + report.Missing));
    }

    [Fact]
    public async Task A_list_shorter_than_announced_proves_nothing_alone()
    {
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, s_instances.Take(3));
            move.Final(0);
        })
        { Catalogue = new FakeCatalogue([.. s_instances.Take(3)]) { Announce = n => n * 2 } };
        var report = await Report(Request(archive, s_instances));
        Assert.Equal((false, 6, 3), (report.Complete, report.Expected, report.Missing));
    }

    [Fact]
    public async Task A_failed_instance_query_leaves_the_announced_number_and_says_so()
    {
        using var archive = Archive(
            move =>
            {
                move.Store(Scp.Port, s_instances.Skip(1));
                move.Final(0);
            },
            announce: n => n,
            status: level => (ushort)(level == "IMAGE" ? 0xC000 : 0));
        var report = await Report(Request(archive, s_instances));
        Assert.Equal((false, 6, 5, 1), (report.Complete, report.Expected, report.Stored, report.Missing));
        var note = Assert.Single(report.Attempts).Note;
        Assert.Contains("C000", note);
        Assert.Contains("the number of instances it announces", note);
    }

    [Fact]
    public async Task Without_series_the_study_is_asked_for_its_number()
    {
        using var archive = Archive(
            move =>
            {
                move.Store(Scp.Port, s_instances);
                move.Final(0);
            },
            announce: n => n,
            status: level => (ushort)(level == "SERIES" ? 0xA900 : 0));
        var report = await Report(Request(archive, s_instances));
        Assert.Equal((true, 6, 6), (report.Complete, report.Expected, report.Stored));
        Assert.Equal(["SERIES", "STUDY"], archive.Catalogue!.Asked);
    }

    [Fact]
    public async Task Success_that_nothing_proves_is_no_quiet_success()
    {
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, s_instances);
            move.Final(0);
        });
        var report = await Report(Request(archive, s_instances));
        Assert.Equal("Retrieve.Unproven", Assert.IsType<RetrieveException>(report.Error).Id);
        Assert.Equal((false, (int?)null, 6), (report.Complete, report.Expected, report.Stored));
    }

    [Fact]
    public async Task NoVerify_asks_nothing()
    {
        using var archive = Archive(move =>
        {
            move.Store(Scp.Port, s_instances);
            move.Final(0);
        });
        var report = await Report(Request(archive, s_instances) with { NoVerify = true });
        Assert.True(report.Complete);
        Assert.Empty(archive.Catalogue!.Asked);
        Assert.Null(Assert.Single(report.Attempts).Note);
    }

    [Fact]
    public async Task A_study_the_archive_does_not_know_is_an_error()
    {
        using var archive = new FakeArchive(move => move.Final(0, completed: 0)) { Catalogue = new FakeCatalogue([]) };
        var report = await Report(Request(archive, s_instances));
        Assert.Equal("Retrieve.NothingSent", Assert.IsType<RetrieveException>(report.Error).Id);
        Assert.Equal((false, (int?)0), (report.Complete, report.Expected));
    }

    [Fact]
    public async Task A_lost_final_response_is_no_loss_where_everything_is_proven_to_be_here()
    {
        using var over = new ManualResetEventSlim();
        using var archive = Archive(move =>
        {
            move.Store(Scp.Port, s_instances);
            over.Wait(Bound);
        });
        var report = await Pass(Start(Request(archive, s_instances)).DrainAsync(), step: 10);
        over.Set();
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Contains("did not end in order", Assert.Single(report.Attempts).Note);
    }

    [Fact]
    public async Task The_queries_run_beside_the_C_MOVE_and_it_does_not_wait_for_them()
    {
        using var moved = new ManualResetEventSlim();
        using var archive = Archive(
            move =>
            {
                move.Store(Scp.Port, s_instances);
                move.Final(0, completed: 6);
                moved.Set();
            },
            before: _ => Assert.True(moved.Wait(Bound)));
        Assert.True((await Report(Request(archive, s_instances))).Complete);
    }

    [Fact]
    public async Task An_archive_that_never_answers_the_query_is_given_up_and_its_counters_stand()
    {
        using var over = new ManualResetEventSlim();
        using var archive = Archive(
            move =>
            {
                move.Store(Scp.Port, s_instances);
                move.Final(0, completed: 6);
            },
            before: _ => over.Wait(Bound));
        var report = await Pass(Start(Request(archive, s_instances)).DrainAsync(), step: 10);
        over.Set();
        Assert.Equal((true, 6, 6), (report.Complete, report.Expected, report.Stored));
        Assert.Contains("the counters of the retrieve", Assert.Single(report.Attempts).Note);
    }

    private static FakeArchive Archive(Action<FakeMove> onMove, Func<int, int>? announce = null, Func<string, ushort>? status = null, Action<string>? before = null) =>
        new(onMove) { Catalogue = new FakeCatalogue(s_instances) { Announce = announce, Status = status ?? (_ => 0), Before = before } };
}
