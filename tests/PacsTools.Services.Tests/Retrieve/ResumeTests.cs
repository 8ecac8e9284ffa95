using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>Continuing into a destination that holds a part: what is whole is not sent again, what only looks so is.</summary>
public sealed class ResumeTests : RetrieveTestBase
{
    private static readonly IReadOnlyList<TestInstance> s_instances = [.. TestStudy.Create(TestStudy.Tiny(3, 21) with { Series = 2 })];

    [Fact]
    public async Task Nothing_is_sent_where_all_is_here()
    {
        using var archive = Archive(move => Send(move, s_instances));
        Assert.True((await Report(Request(archive, s_instances))).Complete);
        var run = Start(Request(archive, s_instances) with { Resume = true });
        var (files, error) = await Collect(run).WaitAsync(Bound);
        Assert.Null(error);
        Assert.Equal(1, archive.Moves);
        Assert.Equal(s_instances.Select(i => i.SOPInstanceUID).Order(), files.Select(f => f.SOPInstanceUID).Order());
        Assert.All(files, f => Assert.Equal((InstanceOutcome.Duplicate, new FileInfo(f.Path!).Length), (f.Outcome, f.Length)));
        var report = await run.Report;
        Assert.Equal((true, 6, 0, 6, "None"), (report.Complete, report.Expected, report.Stored, report.Duplicate, report.Method));
        Assert.Empty(report.Attempts);
    }

    [Theory]
    [InlineData("{StudyInstanceUID}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm")]
    [InlineData("{PatientID}/{Modality}/{SOPInstanceUID}")]
    public async Task Only_what_is_missing_is_asked_for(string layout)
    {
        var asked = new List<string[]>();
        using var archive = Archive(move =>
        {
            if (move.Number == 1)
            {
                Send(move, s_instances);
                return;
            }

            lock (asked)
                asked.Add([move.Identifier.GetString(Dicom.Data.DicomTags.QueryRetrieveLevel)!, .. move.Identifier.GetStrings(Dicom.Data.DicomTags.SOPInstanceUID), .. move.Identifier.GetStrings(Dicom.Data.DicomTags.SeriesInstanceUID)]);
            var names = move.Identifier.GetStrings(Dicom.Data.DicomTags.SOPInstanceUID);
            Send(move, [.. s_instances.Where(i => names.Length == 0 ? i.SeriesInstanceUID == s_instances[3].SeriesInstanceUID : names.Contains(i.SOPInstanceUID))]);
        });
        var request = Request(archive, s_instances) with { Layout = PathLayout.Parse(layout) };
        var first = await Report(request);
        // One of the first series, all of the second.
        foreach (var file in first.Instances.Where(f => f.SOPInstanceUID == s_instances[1].SOPInstanceUID || f.SeriesInstanceUID == s_instances[3].SeriesInstanceUID))
            File.Delete(file.Path!);
        var report = await Report(request with { Resume = true });
        Assert.Equal((true, 6, 4, 2), (report.Complete, report.Expected, report.Stored, report.Duplicate));
        Assert.Equal(
            [["SERIES", s_instances[3].SeriesInstanceUID], ["IMAGE", s_instances[1].SOPInstanceUID, s_instances[0].SeriesInstanceUID]],
            asked);
    }

    [Fact]
    public async Task A_file_cut_short_at_any_place_is_fetched_again()
    {
        var one = s_instances[0];
        var bytes = one.ToFile();
        using var archive = new FakeArchive(move => Send(move, [one])) { Catalogue = new FakeCatalogue([one]) };
        foreach (var length in new[] { 0, 100, 131, 200, bytes.Length / 2, bytes.Length - 2, bytes.Length - 1 })
        {
            var folder = $"cut{length}";
            var path = Folder[folder, one.StudyInstanceUID, one.SeriesInstanceUID, one.SOPInstanceUID + ".dcm"];
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllBytesAsync(path, bytes[..length], TestContext.Current.CancellationToken);
            var moves = archive.Moves;
            var report = await Report(Request(archive, s_instances) with { Resume = true, Destination = Folder[folder], IfExists = IfExists.Overwrite });
            Assert.Equal((true, 1), (report.Complete, report.Stored));
            Assert.Equal(moves + 1, archive.Moves);
            Assert.Empty((await Report(Request(archive, s_instances) with { Resume = true, Destination = Folder[folder] })).Attempts);
        }
    }

    [Fact]
    public async Task A_file_of_the_right_name_and_another_instance_does_not_count()
    {
        using var archive = new FakeArchive(move => Send(move, s_instances.Take(1))) { Catalogue = new FakeCatalogue([s_instances[0]]) };
        var path = Folder["out", s_instances[0].StudyInstanceUID, s_instances[0].SeriesInstanceUID, s_instances[0].SOPInstanceUID + ".dcm"];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, s_instances[1].ToFile(), TestContext.Current.CancellationToken);
        var report = await Report(Request(archive, s_instances) with { Resume = true });
        Assert.Equal((true, 1, 0), (report.Complete, report.Stored, report.Duplicate));
        Assert.Equal(2, Files().Count);
    }

    [Fact]
    public async Task An_archive_that_names_nothing_is_asked_for_everything_with_a_warning()
    {
        using var archive = new FakeArchive(move => Send(move, s_instances));
        Assert.True((await Report(Request(archive, s_instances))).Complete);
        var report = await Report(Request(archive, s_instances) with { Resume = true });
        Assert.Equal((true, 6), (report.Complete, report.Duplicate));
        Assert.Equal(2, archive.Moves);
        Assert.Contains(Log.Warnings, w => w.Id == "Retrieve.CannotResume");
    }

    [Fact]
    public void A_rate_is_held_by_all_who_share_it()
    {
        var rate = new RateLimit(1000, Time);
        Assert.Equal(TimeSpan.Zero, rate.Take(200));
        Assert.InRange(rate.Take(1000).TotalSeconds, 0.9, 1.0);
        Time.Advance(TimeSpan.FromSeconds(1.2));
        Assert.Equal(TimeSpan.Zero, rate.Take(100));
        // What was not used is not saved up.
        Time.Advance(TimeSpan.FromSeconds(60));
        Assert.InRange(rate.Take(2000).TotalSeconds, 1.7, 1.8);
    }

    private void Send(FakeMove move, IEnumerable<TestInstance> instances)
    {
        var all = instances.ToList();
        move.Store(Scp.Port, all);
        move.Final(0, completed: all.Count);
    }

    private static FakeArchive Archive(Action<FakeMove> onMove) => new(onMove) { Catalogue = new FakeCatalogue(s_instances) };
}
