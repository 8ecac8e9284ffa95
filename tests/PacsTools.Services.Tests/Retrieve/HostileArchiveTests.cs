using System.Net;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Storage;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>An archive that names what it sends so that it might land elsewhere. By whatever road it comes, it stays below the destination.</summary>
public sealed class HostileArchiveTests : RetrieveTestBase
{
    private const string AttributeLayout = "{PatientID}/{StudyDescription}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm";

    public static TheoryData<string, string> Attacks
    {
        get
        {
            string[] values =
            [
                "../../../outside", "..", ".", "/outside", "C:\\outside", "\\\\server\\share", "a/b", "a\\b", "CON", "nul.dcm", "COM1", "LPT9.x",
                new string('9', 10_000), "1.2\u00003", "1\r\n2", "\u001b[2J", "1.2.3 .", "1.2.3.", "~", "%2e%2e%2f", "\u2024\u2024/x", "-rf", "",
            ];
            var attacks = new TheoryData<string, string>();
            foreach (var value in values)
            {
                attacks.Add(PathLayout.DefaultPattern, value);
                attacks.Add(AttributeLayout, value);
            }

            return attacks;
        }
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public void What_is_stored_to_an_open_Storage_SCP_stays_below_its_folder(string layout, string attack)
    {
        Directory.CreateDirectory(Folder["jail"]);
        var scp = Scps.Start(new StorageScpOptions
        {
            AETitle = "STORE_SCP",
            Port = 0,
            BindAddress = IPAddress.Loopback,
            Accept = StorageScpAccept.Any,
            Path = Folder["jail", "out"],
            Layout = PathLayout.Parse(layout),
        });
        var instance = Build(attack, attack, attack, attack);
        using (var client = StoreClient.Open(scp.Port, [instance]))
            Assert.Equal(0, client.Store(instance).Status);
        AssertJailed(instance);
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task What_a_C_MOVE_brings_stays_below_the_destination(string layout, string attack)
    {
        // The study has to be the one asked for, or nothing of it would be taken at all.
        var instance = Build("1.2.3", attack, attack, attack);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, [instance]);
            move.Final(0, completed: 1);
        });
        var report = await Report(Request(archive, [instance]) with { NoVerify = true, Destination = Folder["jail", "out"], Layout = PathLayout.Parse(layout) });
        AssertJailed(instance);
        Assert.Equal(1, report.Stored);
        Assert.All(report.Instances.Where(i => i.Path is not null), i => Assert.StartsWith(Folder["jail", "out"] + Path.DirectorySeparatorChar, Path.GetFullPath(i.Path!), StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task What_a_C_GET_brings_stays_below_the_destination(string layout, string attack)
    {
        var instance = Build("1.2.3", attack, attack, attack);
        Directory.CreateDirectory(Folder["archive"]);
        await File.WriteAllBytesAsync(Folder["archive", "file"], instance.ToFile(), TestContext.Current.CancellationToken);
        using (var archive = PacsSimulator.Start(new PacsSimulatorOptions { Path = Folder["archive"] }))
        {
            var report = await Report(new RetrieveRequest
            {
                Node = archive.Node,
                StudyInstanceUID = "1.2.3",
                Method = RetrieveMethod.CGet,
                Destination = Folder["jail", "out"],
                Layout = PathLayout.Parse(layout),
                NoVerify = true,
                Retry = new RetryPolicy(0, Time),
            });
            // This archive cannot send every name there is; a scripted one can.
            Assert.Equal(attack.Length > 64 ? report.Stored : archive.Instances, report.Stored);
        }

        Directory.Delete(Folder["archive"], recursive: true);
        AssertJailed(instance);
    }

    [Fact]
    public async Task Values_that_look_alike_are_kept_apart()
    {
        // By case, by blanks and dots at the end: some file systems take them for one name.
        string[] ids = ["abc", "ABC", "abc.", "abc ", "abc/", "abc\\"];
        var instances = ids.Select((id, i) => Build("1.2.3", "1.2.4", $"1.2.5.{i + 1}", id)).ToList();
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances);
            move.Final(0, completed: instances.Count);
        });
        var report = await Report(Request(archive, instances) with { NoVerify = true, Layout = PathLayout.Parse("{PatientID}.dcm"), IfExists = IfExists.Overwrite });
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal(ids.Length, report.Instances.Select(i => i.Path).Distinct().Count());
        Assert.Equal(instances.Select(i => Convert.ToHexString(i.DataSet)).Order(), Files().Select(f => Convert.ToHexString(TestInstance.DataSetOf(f))).Order());
    }

    [Fact]
    public async Task A_link_planted_in_the_destination_is_not_followed()
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("links need rights on Windows");
        var instances = Instances(1);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances);
            move.Final(0, completed: 0, failed: 1);
        });
        Directory.CreateDirectory(Folder["out"]);
        Directory.CreateSymbolicLink(Folder["out", instances[0].StudyInstanceUID], Folder.Create("outside"));
        var report = await Report(Request(archive, instances));
        Assert.Equal("Storage.CannotWrite", Assert.IsType<RetrieveException>(report.Error).Id);
        Assert.Contains("symbolic link", report.Error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(Folder["outside"]));
    }

    [Theory]
    [InlineData(IfExists.Overwrite)]
    [InlineData(IfExists.KeepBoth)]
    [InlineData(IfExists.Skip)]
    public async Task A_link_planted_as_the_file_itself_is_not_written_through(IfExists rule)
    {
        if (OperatingSystem.IsWindows())
            Assert.Skip("links need rights on Windows");
        var instances = Instances(1);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances);
            move.Final(0, completed: 1);
        });
        var place = Folder["out", instances[0].StudyInstanceUID, instances[0].SeriesInstanceUID];
        Directory.CreateDirectory(place);
        await File.WriteAllTextAsync(Folder["outside"], "precious", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Path.Combine(place, instances[0].SOPInstanceUID + ".dcm"), Folder["outside"]);
        var report = await Report(Request(archive, instances) with { IfExists = rule, NoVerify = true });
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal("precious", await File.ReadAllTextAsync(Folder["outside"], TestContext.Current.CancellationToken));
        Assert.Equal(instances[0].DataSet, TestInstance.DataSetOf(report.Instances[0].Path!));
    }

    private static TestInstance Build(string study, string series, string instance, string text)
    {
        // Without an instance UID there is no instance, and the command set has no character set.
        static string Uid(string text) => text.Length == 0 || !System.Text.Ascii.IsValid(text) ? "1.2.3.4" : text;
        (study, series) = (Uid(study), Uid(series));
        var uid = Uid(instance);
        return new TestInstance
        {
            SOPClassUID = TestStudy.CTImageStorage,
            SOPInstanceUID = uid,
            StudyInstanceUID = study,
            SeriesInstanceUID = series,
            TransferSyntaxUID = TestStudy.ExplicitLittleEndian,
            DataSet = new RawDataSet { Encoding = System.Text.Encoding.UTF8 }
                .Text(0x00080005, "CS", "ISO_IR 192")
                .Text(0x00080016, "UI", TestStudy.CTImageStorage)
                .Text(0x00080018, "UI", uid)
                .Text(0x00081030, "LO", text)
                .Text(0x00100020, "LO", text)
                .Text(0x0020000D, "UI", study)
                .Text(0x0020000E, "UI", series)
                .ToBytes(explicitVR: true),
        };
    }

    private void AssertJailed(TestInstance instance)
    {
        // Beside the folder there is nothing, and below it at most the one whole file.
        Assert.Equal([Folder["jail", "out"]], Directory.GetFileSystemEntries(Folder["jail"]));
        Assert.Equal([Folder["jail"]], Directory.GetFileSystemEntries(Folder.Path));
        var files = Directory.EnumerateFiles(Folder["jail", "out"], "*", SearchOption.AllDirectories).ToList();
        Assert.InRange(files.Count, 0, 1);
        foreach (var file in files)
        {
            Assert.Equal(instance.DataSet, TestInstance.DataSetOf(file));
            Assert.All(Path.GetRelativePath(Folder["jail", "out"], file).Split(Path.DirectorySeparatorChar), name => Assert.InRange(name.Length, 1, 255));
        }
    }
}
