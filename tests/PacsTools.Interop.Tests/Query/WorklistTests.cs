using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Query;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Query;

/// <summary>Worklist queries to DCMTK's wlmscpfs, through us and through its findscu.</summary>
public sealed class WorklistTests
{
    private static readonly WorklistEntry[] s_entries =
    [
        new("DOE^JANE", "P1", "A1", new WorklistStep("S1", "CT", "SCANNER1", "20240115")) { Number = 1001 },
        new("DOE^JOHN", "P2", "A2", new WorklistStep("S2", "MR", "SCANNER2", "20240116", "080000")) { Number = 1002 },
        new("SMITH^ANN", "P3", "A3", new WorklistStep("S3", "US", "SCANNER2", "20240117")) { Number = 1003 },
        new("山田^太郎", "P4", "A4", new WorklistStep("S5", "CR", "SCANNER4", "20240215")) { Number = 1004 },
    ];

    private readonly RecordingLog _log = new();

    [Fact]
    public async Task The_same_items_as_findscu()
    {
        await using WlmscpfsPeer peer = await WlmscpfsPeer.StartAsync(s_entries);
        const string Step = "(0040,0100)[0].";
        (WorklistQuery Query, string[] Keys, int Count)[] table =
        [
            (new WorklistQuery(), [], 4),
            (new WorklistQuery { PatientID = "P1" }, ["PatientID=P1"], 1),
            (new WorklistQuery { PatientName = "DOE*" }, ["PatientName=DOE*"], 2),
            (new WorklistQuery { AccessionNumber = "A3" }, ["AccessionNumber=A3"], 1),
            (new WorklistQuery { Modality = ["CT"] }, [Step + "Modality=CT"], 1),
            (new WorklistQuery { Modality = ["US"] }, [Step + "Modality=US"], 1),
            (new WorklistQuery { ScheduledStationAETitle = "SCANNER2" }, [Step + "ScheduledStationAETitle=SCANNER2"], 2),
            (new WorklistQuery { ScheduledDate = DicomDateRange.Parse("20240116-20240131") }, [Step + "ScheduledProcedureStepStartDate=20240116-20240131"], 2),
            (new WorklistQuery { ScheduledDate = DicomDateRange.Parse("20240116"), Modality = ["MR"] }, [Step + "ScheduledProcedureStepStartDate=20240116", Step + "Modality=MR"], 1),
            (new WorklistQuery { ScheduledDate = DicomDateRange.Parse("20250101") }, [Step + "ScheduledProcedureStepStartDate=20250101"], 0),
        ];
        foreach ((WorklistQuery query, string[] keys, int count) in table)
        {
            List<DicomWorklistItem> ours = await new QueryFinder().FindAsync(peer.ToNode(), query, _log).ToListAsync();
            List<string> theirs = await FindscuAsync(peer, keys);
            Assert.Equal(theirs.Order(), ours.Select(item => item.StudyInstanceUID!).Order());
            Assert.True(theirs.Count == count, $"{string.Join(' ', keys)}: {theirs.Count} and not {count}");
        }
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task Several_modalities_are_merged()
    {
        await using WlmscpfsPeer peer = await WlmscpfsPeer.StartAsync(s_entries);
        List<DicomWorklistItem> items = await new QueryFinder().FindAsync(peer.ToNode(), new WorklistQuery { Modality = ["MR", "CR"] }, _log).ToListAsync();
        Assert.Equal(["P2", "P4"], items.Select(item => item.PatientID).Order());
    }

    [Fact]
    public async Task An_item_is_flat_and_whole()
    {
        await using WlmscpfsPeer peer = await WlmscpfsPeer.StartAsync(s_entries);
        DicomWorklistItem item = Assert.Single(await new QueryFinder().FindAsync(peer.ToNode(), new WorklistQuery { PatientID = "P3" }, _log).ToListAsync());
        Assert.Equal(("SMITH^ANN", "A3", "RP1003", "HIGH", "Procedure 1003"), (item.PatientName, item.AccessionNumber, item.RequestedProcedureID, item.RequestedProcedurePriority, item.RequestedProcedureDescription));
        Assert.Equal((new DateTime(1970, 1, 31), "O", "REQUESTER^RUTH", "REFERRER^ANNE"), (item.PatientBirthDate, item.PatientSex, item.RequestingPhysician, item.ReferringPhysicianName));
        Assert.Equal(("US", "SCANNER2", "NAME-SCANNER2", "S3", "Step S3"), (item.Modality, item.ScheduledStationAETitle, item.ScheduledStationName, item.ScheduledProcedureStepID, item.ScheduledProcedureStepDescription));
        Assert.Equal((new DateTime(2024, 1, 17), new TimeSpan(10, 15, 0), "PERFORMER^PAUL", "ROOM 1"), (item.ScheduledProcedureStepStartDate, item.ScheduledProcedureStepStartTime, item.ScheduledPerformingPhysicianName, item.ScheduledProcedureStepLocation));
        DicomScheduledStep step = Assert.Single(item.ScheduledProcedureStepSequence);
        Assert.Equal(("US", "SCANNER2", "S3"), (step.Modality, step.ScheduledStationAETitle, step.ScheduledProcedureStepID));
        Assert.Equal("Step S3", step.Dataset.GetString(DicomTags.ScheduledProcedureStepDescription));
    }

    [Fact]
    public async Task Names_are_read_in_their_character_set()
    {
        await using WlmscpfsPeer peer = await WlmscpfsPeer.StartAsync(s_entries);
        DicomWorklistItem item = Assert.Single(await new QueryFinder().FindAsync(peer.ToNode(), new WorklistQuery { AccessionNumber = "A4" }, _log).ToListAsync());
        Assert.Equal("山田^太郎", item.PatientName);
    }

    private static async Task<List<string>> FindscuAsync(WlmscpfsPeer peer, string[] keys)
    {
        using var folder = new TemporaryFolder("findscu");
        string[] options = ["-W", "-X", "-od", folder.Path, "-k", "StudyInstanceUID", "-k", "(0040,0100)[0].ScheduledProcedureStepID", .. keys.SelectMany(key => new[] { "-k", key })];
        (await Dcmtk.FindscuAsync(peer.Port, peer.AETitle, options)).EnsureSuccess();
        return
        [
            .. Directory.GetFiles(folder.Path).Select(path =>
                DatasetReader.Read(TestInstance.DataSetOf(path), TransferSyntax.ExplicitVRLittleEndian).GetString(DicomTags.StudyInstanceUID)!),
        ];
    }
}
