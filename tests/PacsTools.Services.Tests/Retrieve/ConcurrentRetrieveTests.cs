using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Storage;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>Several retrieves through one Storage SCP: each gets its own, and two that want the same both get it.</summary>
public sealed class ConcurrentRetrieveTests : RetrieveTestBase
{
    [Fact]
    public async Task Retrieves_of_different_studies_get_their_own_instances()
    {
        var studies = Enumerable.Range(1, 4).Select(seed => Instances(15, seed)).ToList();
        using var all = new Barrier(studies.Count);
        using var archive = new FakeArchive(move =>
        {
            Assert.True(all.SignalAndWait(Bound));
            var wanted = studies.Single(s => s[0].StudyInstanceUID == move.Identifier.GetString(Dicom.Data.DicomTags.StudyInstanceUID));
            move.Store(Scp.Port, wanted);
            move.Final(0, completed: wanted.Count);
        });
        var reports = await Task.WhenAll(studies.Select((s, i) => Report(Request(archive, s) with { Destination = Folder[$"out{i}"] })));
        Assert.All(reports, r => Assert.True(r.Complete));
        for (var i = 0; i < studies.Count; i++)
            AssertHere(studies[i], $"out{i}");
    }

    [Fact]
    public async Task Without_originators_the_uids_decide()
    {
        var studies = new[] { Instances(5, 1), Instances(5, 2) };
        using var all = new Barrier(2);
        using var archive = new FakeArchive(move =>
        {
            Assert.True(all.SignalAndWait(Bound));
            var wanted = studies.Single(s => s[0].StudyInstanceUID == move.Identifier.GetString(Dicom.Data.DicomTags.StudyInstanceUID));
            using (var client = StoreClient.Open(Scp.Port, wanted))
                Assert.All(wanted, i => Assert.Equal(0, client.Store(i).Status));
            move.Final(0, completed: 5);
        });
        var reports = await Task.WhenAll(studies.Select((s, i) => Report(Request(archive, s) with { Destination = Folder[$"out{i}"] })));
        Assert.All(reports, r => Assert.True(r.Complete));
        AssertHere(studies[0], "out0");
        AssertHere(studies[1], "out1");
    }

    [Fact]
    public async Task Two_that_want_the_same_study_both_get_it_though_it_comes_only_once()
    {
        var instances = Instances(5);
        using var both = new Barrier(2);
        using var sent = new Barrier(2);
        using var archive = new FakeArchive(move =>
        {
            Assert.True(both.SignalAndWait(Bound));
            if (move.Number == 1)
                move.Store(Scp.Port, instances);
            Assert.True(sent.SignalAndWait(Bound));
            move.Final(0, completed: 5);
        });
        var reports = await Task.WhenAll(new[] { "a", "b" }.Select(d => Report(Request(archive, instances) with { Destination = Folder[d] })));
        Assert.All(reports, r => Assert.Equal((true, 5, 0), (r.Complete, r.Stored, r.Duplicate)));
        AssertHere(instances, "a");
        AssertHere(instances, "b");
    }

    [Fact]
    public async Task Two_that_put_the_same_study_into_one_folder_end_with_one_file_each_instance()
    {
        var instances = Instances(5);
        using var both = new Barrier(2);
        using var archive = new FakeArchive(move =>
        {
            Assert.True(both.SignalAndWait(Bound));
            move.Store(Scp.Port, instances);
            move.Final(0, completed: 5);
        });
        var reports = await Task.WhenAll(Report(Request(archive, instances)), Report(Request(archive, instances)));
        Assert.All(reports, r => Assert.True(r.Complete));
        AssertHere(instances);
    }

    [Fact]
    public async Task An_originator_that_fits_does_not_bring_in_another_study()
    {
        var wanted = Instances(1, 1);
        var stranger = Instances(1, 2);
        using var archive = new FakeArchive(move =>
        {
            Assert.Equal([0x0124, 0], move.Store(Scp.Port, [stranger[0], wanted[0]]).Select(s => (int)s));
            move.Final(0, completed: 1);
        });
        Assert.True((await Report(Request(archive, wanted))).Complete);
        AssertHere(wanted);
        Assert.Equal(1, Scp.Refused);
        Assert.Contains(Log.Verboses, v => v.Contains("0124H", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_instance_whose_header_names_no_study_is_known_by_its_originator()
    {
        var instance = Instances(1)[0] with { DataSet = new RawDataSet().Text(0x00100020, "LO", "X").ToBytes(explicitVR: true) };
        using var archive = new FakeArchive(move =>
        {
            Assert.Equal([(ushort)0], move.Store(Scp.Port, [instance]));
            move.Final(0, completed: 1);
        });
        Assert.True((await Report(Request(archive, [instance]))).Complete);
        Assert.Single(Files());
    }

    [Fact]
    public async Task A_series_is_retrieved_as_such_and_what_else_its_own_move_brings_is_unexpected()
    {
        var study = TestStudy.Create(TestStudy.Tiny(2) with { Series = 2 }).ToList();
        var series = study[0].SeriesInstanceUID;
        Dicom.Data.DicomDataset? identifier = null;
        using var archive = new FakeArchive(move =>
        {
            identifier = move.Identifier;
            move.Store(Scp.Port, study.Take(3));
            // Without an originator the other series is nobody's.
            using (var client = StoreClient.Open(Scp.Port, study[3]))
                Assert.Equal(0x0124, client.Store(study[3]).Status);
            move.Final(0, completed: 3);
        });
        var report = await Report(Request(archive, study) with { Level = RetrieveLevel.Series, SeriesInstanceUIDs = [series] });
        Assert.Equal(("SERIES", series), (identifier!.GetString(Dicom.Data.DicomTags.QueryRetrieveLevel), identifier.GetString(Dicom.Data.DicomTags.SeriesInstanceUID)));
        Assert.Equal((2, 1), (report.Stored, report.Unexpected));
    }

    [Fact]
    public async Task Message_ids_of_moves_are_unique_in_the_process()
    {
        var instances = Instances(1);
        var seen = new System.Collections.Concurrent.ConcurrentBag<ushort>();
        using var archive = new FakeArchive(move =>
        {
            seen.Add(move.Request.MessageId);
            move.Store(Scp.Port, instances);
            move.Final(0, completed: 1);
        });
        for (var i = 0; i < 5; i++)
            await Report(Request(archive, instances));
        Assert.Equal(5, seen.Distinct().Count());
        Assert.DoesNotContain((ushort)0, Enumerable.Range(0, 70_000).Select(_ => MoveMessageIds.Next()));
    }

    [Fact]
    public async Task The_archive_may_send_to_our_calling_title_while_it_retrieves()
    {
        var instances = Instances(1);
        using var archive = new FakeArchive(move =>
        {
            using (var client = StoreClient.Open(Scp.Port, instances, called: move.Originator))
                Assert.Equal(0, client.Store(instances[0]).Status);
            move.Final(0, completed: 1);
        });
        Assert.True((await Report(Request(archive, instances))).Complete);
    }
}
