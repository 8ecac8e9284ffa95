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

    [Theory]
    [InlineData(PathLayout.DefaultPattern)]
    [InlineData("{PatientID}/{SOPInstanceUID}.dcm")]
    public async Task Half_received_files_of_dead_processes_go_and_never_count(string layout)
    {
        using var archive = Archive(move => Send(move, s_instances));
        var request = Request(archive, s_instances) with { Layout = PathLayout.Parse(layout) };
        var first = await Report(request);
        var lost = first.Instances[2].Path!;
        // Killed after the last byte and before the rename; a living process; and someone's own file.
        string Part(string name) => Path.Combine(Path.GetDirectoryName(lost)!, name);
        var dead = Part($"~{ProcessMark.Of(999999999, "0123456789ab")}-7.part");
        var living = Part($"~{ProcessMark.Own}-ffff.part");
        var someones = Part("~mine.part");
        File.Move(lost, dead);
        foreach (var copy in new[] { living, someones })
            File.Copy(dead, copy);
        var report = await Report(request with { Resume = true });
        Assert.Equal((true, 5, 1), (report.Complete, report.Duplicate, report.Stored));
        Assert.True(File.Exists(lost));
        Assert.Equal([false, true, true], new[] { dead, living, someones }.Select(File.Exists));
    }

    [Fact]
    public async Task Files_of_another_layout_are_not_where_this_one_looks_and_nothing_of_them_is_touched()
    {
        using var archive = Archive(move => Send(move, s_instances));
        var flat = Request(archive, s_instances) with { Layout = PathLayout.Parse("old/{SOPInstanceUID}.dcm") };
        var before = (await Report(flat)).Instances.ToDictionary(i => i.Path!, i => File.ReadAllBytes(i.Path!));
        var report = await Report(flat with { Layout = null, Resume = true });
        Assert.Equal((true, 6), (report.Complete, report.Stored));
        Assert.All(before, file => Assert.Equal(file.Value, File.ReadAllBytes(file.Key)));
        // A layout that takes a search finds them wherever they lie.
        var found = await Report(flat with { Layout = PathLayout.Parse("{PatientID}/{SOPInstanceUID}"), Resume = true });
        Assert.Equal((true, 6, 0), (found.Complete, found.Duplicate, found.Stored));
    }

    [Fact]
    public async Task A_file_cut_before_its_pixels_is_fetched_again()
    {
        var one = TestStudy.CreateOne(new TestStudyOptions { Rows = 16, Columns = 16 });
        using var archive = new FakeArchive(move => Send(move, [one])) { Catalogue = new FakeCatalogue([one]) };
        var path = (await Report(Request(archive, [one]))).Instances[0].Path!;
        var bytes = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        var pixels = bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xE0, 0x7F, 0x10, 0x00]);
        await File.WriteAllBytesAsync(path, bytes[..pixels], TestContext.Current.CancellationToken);
        var report = await Report(Request(archive, [one]) with { Resume = true, IfExists = IfExists.Overwrite });
        Assert.Equal((true, 1), (report.Complete, report.Stored));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("0020,000D")]
    [InlineData("0020,000E")]
    [InlineData("0008,0018")]
    public async Task A_file_whose_UIDs_were_altered_does_not_count(string tag)
    {
        var one = s_instances[0];
        using var archive = new FakeArchive(move => Send(move, [one])) { Catalogue = new FakeCatalogue([one]) };
        var path = (await Report(Request(archive, s_instances))).Instances[0].Path!;
        var file = Dicom.Files.DicomFile.Open(path, new Dicom.Files.DicomFileReadOptions { ReadPixelData = true });
        file.Dataset.SetString(Dicom.Data.DicomTag.Parse(tag), "1.2.3.4");
        Dicom.Files.DicomFile.Save(path, file.FileMeta, file.Dataset);
        var report = await Report(Request(archive, s_instances) with { Resume = true });
        Assert.Equal((true, 1, 2), (report.Complete, report.Stored, Files().Count));
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
