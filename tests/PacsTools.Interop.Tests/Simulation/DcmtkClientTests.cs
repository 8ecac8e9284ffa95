using PacsTools.Dicom.Data;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.TestData;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Simulation;

/// <summary>DCMTK's clients get right answers from the simulator, at every level and for every kind of matching.</summary>
public sealed class DcmtkClientTests
{
    [Fact]
    public async Task Echoscu_is_answered()
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = SimulatorFixture.Start(new PacsSimulatorOptions());
        (await Dcmtk.EchoscuAsync(fixture.Port, fixture.AETitle)).EnsureSuccess();
        (await Dcmtk.EchoscuAsync(fixture.Port, "ANYBODY", options: ["--repeat", "5"])).EnsureSuccess();
    }

    public static TheoryData<string, string, string, string, string> Queries => new()
    {
        // model, level, keys, tag, values of it in all matches
        { "-S", "STUDY", "PatientName=doe^n*1", "0010,0020", "P1" },
        { "-S", "STUDY", "PatientName=DOE^NUMBER?", "0010,0020", "P1 P2 P3" },
        { "-S", "STUDY", "PatientID=P2", "0010,0010", "DOE^NUMBER2" },
        { "-S", "STUDY", "PatientID=p2", "0010,0010", "" },
        { "-S", "STUDY", "StudyDate=20240102-20240103", "0020,000d", "@1 @2" },
        { "-S", "STUDY", "StudyDate=20240103-", "0020,000d", "@2 @3" },
        { "-S", "STUDY", "StudyDate=-20240102", "0020,000d", "@1" },
        { "-S", "STUDY", "StudyTime=0900-0959", "0020,000d", "@1" },
        { "-S", "STUDY", "StudyInstanceUID=@1\\@3", "0010,0020", "P1 P3" },
        { "-S", "STUDY", "ModalitiesInStudy=MR", "0010,0020", "P2" },
        { "-S", "STUDY", "NumberOfStudyRelatedInstances", "0020,1208", "1 2 6" },
        { "-S", "SERIES", "StudyInstanceUID=@3", "0020,0011", "1 2" },
        { "-S", "SERIES", "StudyInstanceUID=@3|SeriesNumber=2|NumberOfSeriesRelatedInstances", "0020,1209", "3" },
        { "-S", "IMAGE", "StudyInstanceUID=@3|SeriesInstanceUID=#2", "0020,0013", "1 2 3" },
        { "-S", "IMAGE", "StudyInstanceUID=@3|SeriesInstanceUID=#2|InstanceNumber=2|Rows", "0028,0010", "" },
        { "-P", "PATIENT", "PatientName=*", "0010,0020", "P1 P2 P3" },
        { "-P", "PATIENT", "PatientName=*|NumberOfPatientRelatedInstances", "0020,1204", "1 2 6" },
        { "-P", "STUDY", "PatientID=P3", "0020,000d", "@3" },
        { "-P", "SERIES", "PatientID=P3|StudyInstanceUID=@3", "0020,0011", "1 2" },
        { "-P", "IMAGE", "PatientID=P3|StudyInstanceUID=@3|SeriesInstanceUID=#1", "0020,0013", "1 2 3" },
    };

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Findscu_finds(string model, string level, string keys, string tag, string values)
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = ThreeStudies();
        string[] asked = [.. keys.Split('|').Select(Named)];
        List<Dictionary<string, string>> found = await FindscuOutput.FindAsync(fixture, model, [$"QueryRetrieveLevel={level}", .. asked, .. asked.Any(k => k.StartsWith(tag, StringComparison.Ordinal)) ? Array.Empty<string>() : [tag]]);
        string[] expected = [.. values.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Named)];
        if (tag == "0028,0010")
            Assert.Single(found);
        else
            Assert.Equal(expected.Order(StringComparer.Ordinal), found.Select(m => m.GetValueOrDefault(tag, "")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Findscu_cancels()
    {
        Requirement.Dcmtk();
        // Slow enough that the cancellation arrives before the end.
        using SimulatorFixture fixture = SimulatorFixture.Start(
            new PacsSimulatorOptions { Faults = new SimulatorFaults { Delay = TimeSpan.FromMilliseconds(20) } }, [.. Enumerable.Range(1, 100).Select(n => SimulatorFixture.Tiny(1, seed: n))]);
        ToolResult result = (await Dcmtk.FindscuAsync(fixture.Port, fixture.AETitle, "-d", "-S", "--cancel", "3", "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID")).EnsureSuccess();
        Assert.Contains("0xfe00", result.AllOutput, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("-S", "STUDY", "StudyInstanceUID=@3", 6)]
    [InlineData("-S", "STUDY", "StudyInstanceUID=@1\\@2", 3)]
    [InlineData("-S", "SERIES", "StudyInstanceUID=@3|SeriesInstanceUID=#2", 3)]
    [InlineData("-S", "IMAGE", "StudyInstanceUID=@3|SeriesInstanceUID=#1|SOPInstanceUID=!1", 1)]
    [InlineData("-S", "IMAGE", "StudyInstanceUID=@3|SeriesInstanceUID=#1|SOPInstanceUID=!1\\!3", 2)]
    [InlineData("-P", "PATIENT", "PatientID=P3", 6)]
    [InlineData("-P", "STUDY", "PatientID=P3|StudyInstanceUID=@3", 6)]
    [InlineData("-S", "STUDY", "StudyInstanceUID=1.2.3", 0)]
    public async Task Movescu_and_getscu_get_what_they_name_bit_by_bit(string model, string level, string keys, int count)
    {
        await using StorescpPeer storescp = await StorescpPeer.StartAsync(noDelay: true);
        using SimulatorFixture fixture = ThreeStudies(SimulatorFixture.Destination(storescp.AETitle, storescp.Port));
        string[] options = [model, "-k", $"QueryRetrieveLevel={level}", .. keys.Split('|').SelectMany(k => (string[])["-k", Named(k)])];
        (await Dcmtk.MovescuAsync(fixture.Port, fixture.AETitle, ["-aem", storescp.AETitle, .. options])).EnsureSuccess();
        AssertSameDatasets(fixture, storescp.Received, count);
        string got = fixture.Folder.Create("got");
        (await Dcmtk.GetscuAsync(fixture.Port, fixture.AETitle, ["+B", "-od", got, .. options])).EnsureSuccess();
        AssertSameDatasets(fixture, got, count);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.2")]
    [InlineData("1.2.840.10008.1.2.1.99")]
    [InlineData("rle")]
    [InlineData("jpeg")]
    public async Task Files_are_sent_in_the_transfer_syntax_they_are_in(string syntax)
    {
        await using StorescpPeer storescp = await StorescpPeer.StartAsync(noDelay: true);
        using var folder = new TemporaryFolder();
        string files = folder.Create("files"), plain = folder.Create("plain");
        TransferSyntax native = syntax.StartsWith('1') ? TransferSyntax.Get(syntax) : TransferSyntax.ExplicitVRLittleEndian;
        string source = SyntheticStudy.Save(new SyntheticStudyOptions { Rows = 32, Columns = 32, StudyInstanceUID = "1.2.3.4", TransferSyntax = native }, plain).Single();
        string stored = Path.Combine(files, "instance.dcm");
        if (syntax == "rle")
            (await Tool.RunAsync("dcmcrle", source, stored)).EnsureSuccess();
        else if (syntax == "jpeg")
            (await Tool.RunAsync("dcmcjpeg", source, stored)).EnsureSuccess();
        else
            File.Move(source, stored);
        using PacsSimulator simulator = PacsSimulator.Start(new PacsSimulatorOptions { Path = files, MoveDestinations = SimulatorFixture.Destination(storescp.AETitle, storescp.Port) });
        (await Dcmtk.MovescuAsync(simulator.Port, simulator.AETitle, "-S", "-aem", storescp.AETitle, "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID=1.2.3.4")).EnsureSuccess();
        Assert.Equal(TestInstance.DataSetOf(stored), TestInstance.DataSetOf(Assert.Single(Directory.GetFiles(storescp.Received))));
    }

    [Fact]
    public async Task Movescu_is_told_that_a_destination_is_unknown()
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = ThreeStudies();
        ToolResult result = await Dcmtk.MovescuAsync(fixture.Port, fixture.AETitle, "-d", "-S", "-aem", "NOWHERE", "-k", "QueryRetrieveLevel=STUDY", "-k", Named("StudyInstanceUID=@1"));
        Assert.Contains("0xa801", result.AllOutput, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Movescu_is_told_that_a_destination_cannot_be_reached()
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = ThreeStudies(SimulatorFixture.Destination("GONE", LoopbackPort.Closed()));
        ToolResult result = await Dcmtk.MovescuAsync(fixture.Port, fixture.AETitle, "-d", "-S", "-aem", "GONE", "-k", "QueryRetrieveLevel=STUDY", "-k", Named("StudyInstanceUID=@3"));
        Assert.Contains("0xa702", result.AllOutput, StringComparison.OrdinalIgnoreCase);
        Assert.Matches("Failed Suboperations +: 6", result.AllOutput);
    }

    [Fact]
    public async Task Movescu_cancels()
    {
        await using StorescpPeer storescp = await StorescpPeer.StartAsync(noDelay: true);
        using SimulatorFixture fixture = SimulatorFixture.Start(
            new PacsSimulatorOptions { Faults = new SimulatorFaults { Delay = TimeSpan.FromMilliseconds(20) }, MoveDestinations = SimulatorFixture.Destination(storescp.AETitle, storescp.Port) },
            SimulatorFixture.Tiny(100));
        ToolResult result = await Dcmtk.MovescuAsync(
            fixture.Port, fixture.AETitle, "-d", "-S", "--cancel", "3", "-aem", storescp.AETitle, "-k", "QueryRetrieveLevel=STUDY", "-k", $"StudyInstanceUID={SimulatorFixture.StudyUid()}");
        Assert.Contains("0xfe00", result.AllOutput, StringComparison.OrdinalIgnoreCase);
        Assert.InRange(Directory.GetFiles(storescp.Received).Length, 3, 99);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_storescu_stores_is_found_and_lies_where_it_may(bool writable)
    {
        Requirement.Dcmtk();
        using var folder = new TemporaryFolder();
        IReadOnlyList<string> sent = [.. SyntheticStudy.Save(SimulatorFixture.Tiny(3, seed: 9), folder.Create("sent"))];
        using SimulatorFixture fixture = ThreeStudies(writable: writable);
        int before = CountFiles(fixture.Files);
        (await Dcmtk.StorescuAsync(fixture.Port, fixture.AETitle, sent)).EnsureSuccess();
        // Once more: the same instances again, none of them twice.
        (await Dcmtk.StorescuAsync(fixture.Port, fixture.AETitle, sent)).EnsureSuccess();
        Assert.Equal((4, 12), (fixture.Simulator.Studies, fixture.Simulator.Instances));
        Dictionary<string, string> study = Assert.Single(await FindscuOutput.FindAsync(fixture, "-S", "QueryRetrieveLevel=STUDY", "PatientID=P9", "NumberOfStudyRelatedInstances"));
        Assert.Equal("3", study["0020,1208"]);
        string holds = writable ? fixture.Files : fixture.Simulator.PrivateFolder;
        Assert.Equal(writable ? before + 3 : before, CountFiles(fixture.Files));
        Assert.Equal(writable ? 0 : 3, CountFiles(fixture.Simulator.PrivateFolder));
        string[] datasets = [.. Directory.EnumerateFiles(holds, "*", SearchOption.AllDirectories).Select(f => Convert.ToHexString(TestInstance.DataSetOf(f)))];
        Assert.All(sent, s => Assert.Contains(Convert.ToHexString(TestInstance.DataSetOf(s)), datasets));
    }

    [Fact]
    public async Task Findscu_reads_the_worklist()
    {
        Requirement.Dcmtk();
        using SimulatorFixture fixture = SimulatorFixture.Start(new PacsSimulatorOptions { Worklist = SyntheticArchive.Worklist(new DateTime(2024, 5, 6)) });
        Dictionary<string, string> item = Assert.Single(await FindscuOutput.FindAsync(
            fixture, "-W", "PatientName", "AccessionNumber", "(0040,0100)[0].Modality=MR", "(0040,0100)[0].ScheduledProcedureStepStartDate=20240506", "(0040,0100)[0].ScheduledProcedureStepStartTime"));
        Assert.Equal("100000", item["0040,0003"]);
        Assert.Equal("MR", item["0008,0060"]);
        Assert.NotEmpty(item["0010,0010"]);
        Assert.Empty(await FindscuOutput.FindAsync(fixture, "-W", "PatientName", "(0040,0100)[0].Modality=MR", "(0040,0100)[0].ScheduledProcedureStepStartDate=20240507"));
    }

    private static SimulatorFixture ThreeStudies(IReadOnlyDictionary<string, MoveTarget>? destinations = null, bool writable = false) => SimulatorFixture.Start(
        new PacsSimulatorOptions { MoveDestinations = destinations ?? new Dictionary<string, MoveTarget>(), Writable = writable },
        SimulatorFixture.Tiny(1, 1, seed: 1) with { StudyDate = new DateTime(2024, 1, 2), StudyTime = TimeSpan.FromHours(9.5) },
        SimulatorFixture.Tiny(2, 1, seed: 2) with { StudyDate = new DateTime(2024, 1, 3), StudyTime = TimeSpan.FromHours(10), Modality = SyntheticModality.MR },
        SimulatorFixture.Tiny(3, 2, seed: 3) with { StudyDate = new DateTime(2024, 1, 4), StudyTime = TimeSpan.FromHours(11) });

    /// <summary>@ a study, # a series of the third, ! an instance of its first series.</summary>
    private static string Named(string text) => string.Join('\\', text.Split('\\').Select(part =>
    {
        int at = part.IndexOfAny(['@', '#', '!']);
        if (at < 0)
            return part;
        int number = int.Parse(part[(at + 1)..]);
        return part[..at] + part[at] switch
        {
            '@' => SimulatorFixture.StudyUid(number),
            '#' => SimulatorFixture.SeriesUid(number, 3),
            _ => SimulatorFixture.InstanceUid(number, 1, 3),
        };
    }));

    private static void AssertSameDatasets(SimulatorFixture fixture, string folder, int count)
    {
        string[] received = Directory.GetFiles(folder);
        Assert.Equal(count, received.Length);
        HashSet<string> stored = [.. Directory.EnumerateFiles(fixture.Files, "*", SearchOption.AllDirectories).Select(f => Convert.ToHexString(TestInstance.DataSetOf(f)))];
        Assert.All(received, r => Assert.Contains(Convert.ToHexString(TestInstance.DataSetOf(r)), stored));
    }

    private static int CountFiles(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count();
}
