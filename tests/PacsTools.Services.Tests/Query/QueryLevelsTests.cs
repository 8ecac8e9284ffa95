using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Simulation;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;
using static PacsTools.Services.Tests.Query.FindScript;
using WorklistQuery = PacsTools.Services.Query.WorklistQuery;

namespace PacsTools.Services.Tests.Query;

/// <summary>Queries below and above the study, what has to be agreed on for them, and archives that stop short.</summary>
public sealed class QueryLevelsTests : IDisposable
{
    private static readonly TestStudyOptions[] s_studies =
        [.. Enumerable.Range(1, 12).Select(i => TestStudy.Tiny(2, seed: 900 + i) with { Series = 2, PatientID = $"P{i}", PatientName = $"DOE^JANE{i}", StudyDate = $"202401{i:00}" })];

    private readonly RecordingLog _log = new();
    private readonly TemporaryFolder _files = new("levels");

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_relational_archive_is_asked_without_the_study()
    {
        using var archive = Start();
        var (series, error) = await AskAsync(archive.Node, new SeriesQuery { Modality = ["CT"] });
        Assert.Null(error);
        Assert.Equal(24, series.Count);
        Assert.All(series, one => Assert.StartsWith("DOE^JANE", one.PatientName));
        var (instances, _) = await AskAsync(archive.Node, new InstanceQuery { Relational = true, Filter = [new("PatientID", "P3")] });
        Assert.Equal(4, instances.Count);
    }

    [Fact]
    public async Task A_query_of_all_that_an_archive_holds_below_its_studies_is_warned_of_once()
    {
        using var archive = Start();
        DicomQuery<DicomInstanceInfo>[] whole = [new InstanceQuery(), new InstanceQuery { StudyInstanceUID = [""], InstanceNumber = "" }];
        foreach (var query in whole)
        {
            _log.Warnings.Clear();
            Assert.Equal(48, (await AskAsync(archive.Node, query)).Items.Count);
            Assert.Contains("StudyInstanceUID", Assert.Single(_log.Warnings).Text);
        }

        _log.Warnings.Clear();
        await AskAsync(archive.Node, new InstanceQuery { InstanceNumber = "1" });
        await AskAsync(archive.Node, new InstanceQuery { MaxResults = 3 });
        await AskAsync(archive.Node, new InstanceQuery { Relational = true });
        await AskAsync(archive.Node, new StudyQuery());
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task A_study_is_gone_through_series_by_series()
    {
        using var archive = Start();
        var uid = TestStudy.StudyInstanceUID(s_studies[0]);
        var (instances, error) = await AskAsync(archive.Node, new InstanceQuery { StudyInstanceUID = [uid, TestStudy.StudyInstanceUID(s_studies[1])], Filter = [new("SeriesNumber", "1")] });
        Assert.Null(error);
        Assert.Equal(4, instances.Count);
        Assert.Equal(2, instances.Count(instance => instance.StudyInstanceUID == uid));
        Assert.Equal(2, instances.Select(instance => instance.SeriesInstanceUID).Distinct().Count());
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task An_archive_that_answers_no_extended_negotiation_accepts_nothing()
    {
        await using var peer = ScriptedPeer.Listen(Refuse, Refuse, Refuse);
        (DicomQuery<DicomSeries> Query, string Id, byte[] Offered)[] table =
        [
            (new SeriesQuery(), "Query.RelationalNotAccepted", [1]),
            (new SeriesQuery { StudyInstanceUID = ["1.2"], Relational = true }, "Query.RelationalNotAccepted", [1]),
            (new SeriesQuery { StudyInstanceUID = ["1.2"], Fuzzy = true }, "Query.FuzzyNotAccepted", [0, 0, 1]),
        ];
        foreach (var (query, id, offered) in table)
        {
            var (series, error) = await AskAsync(Node(peer), query);
            Assert.Empty(series);
            Assert.Equal(id, Assert.IsType<QueryNotAcceptedException>(error).Id);
            Assert.Equal(offered, _offered);
        }
    }

    [Fact]
    public async Task The_error_names_the_key_that_is_missing()
    {
        await using var peer = ScriptedPeer.Listen(Refuse, Refuse);
        Assert.Contains("needs StudyInstanceUID", (await AskAsync(Node(peer), new InstanceQuery { SOPInstanceUID = ["1.2"] })).Error!.Message);
        Assert.DoesNotContain("StudyInstanceUID", (await AskAsync(Node(peer), new InstanceQuery { SOPInstanceUID = ["1.2"], Relational = true })).Error!.Message);
    }

    [Fact]
    public async Task Fuzzy_names_are_not_held_against_the_key()
    {
        using var archive = Start();
        var (studies, error) = await AskAsync(archive.Node, new StudyQuery { PatientName = "JANE3 DOE", Fuzzy = true });
        Assert.Null(error);
        Assert.Contains("P3", studies.Select(study => study.PatientID));
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [InlineData("2024-01-01..2024-01-31")]
    [InlineData("2024-01-01..")]
    [InlineData("..2024-01-31")]
    public async Task A_range_is_divided_when_the_archive_stops_with_A700(string range)
    {
        using var archive = Start(new SimulatorFaults { ResultCap = 3 });
        var (studies, error) = await AskAsync(archive.Node, new StudyQuery { StudyDate = DicomDateRange.Parse(range) });
        Assert.Null(error);
        Assert.Equal(s_studies.Select(study => study.PatientID).Order(), studies.Select(study => study.PatientID).Order());
        Assert.Empty(_log.Warnings);
        Assert.Contains(_log.Verboses, text => text.Contains("asked for apart"));
    }

    [Fact]
    public async Task Without_a_range_the_archives_error_comes_after_what_it_gave()
    {
        using var archive = Start(new SimulatorFaults { ResultCap = 3 });
        var (studies, error) = await AskAsync(archive.Node, new StudyQuery { PatientName = "DOE*" });
        Assert.Equal(3, studies.Count);
        Assert.Equal(0xA700, Assert.IsType<DimseStatusException>(error).Status);
    }

    [Fact]
    public async Task A_page_that_cannot_be_divided_is_a_warning()
    {
        using var archive = Start();
        var (studies, _) = await AskAsync(archive.Node, new StudyQuery { StudyDate = DicomDateRange.Parse("20240101"), PageSize = 1 });
        Assert.Single(studies);
        var (all, _) = await AskAsync(archive.Node, new StudyQuery { PatientName = "DOE*", PageSize = 12 });
        Assert.Equal(12, all.Count);
        Assert.Equal(["Query.LimitReached", "Query.LimitReached"], _log.Warnings.Select(warning => warning.Id));
    }

    [Fact]
    public async Task Patients_come_from_either_model()
    {
        using var archive = Start();
        foreach (var model in new QueryModel?[] { null, QueryModel.Patient, QueryModel.Study })
        {
            var (patients, error) = await AskAsync(archive.Node, new PatientQuery { PatientID = "P1?", Model = model });
            Assert.Null(error);
            Assert.Equal(["P10", "P11", "P12"], patients.Select(patient => patient.PatientID).Order());
        }
    }

    [Fact]
    public async Task Wildcards_can_be_meant_literally()
    {
        using var archive = Start(extra: TestStudy.Tiny(1, seed: 999) with { PatientID = "P?*", PatientName = "STAR*^OF?" });
        Assert.Equal(13, (await AskAsync(archive.Node, new PatientQuery { PatientID = "P?*" })).Items.Count);
        Assert.Equal("P?*", Assert.Single((await AskAsync(archive.Node, new PatientQuery { PatientID = "P?*", LiteralValue = true })).Items).PatientID);
        Assert.Equal("P?*", Assert.Single((await AskAsync(archive.Node, new PatientQuery { PatientName = "STAR*^OF?", LiteralValue = true })).Items).PatientID);
        Assert.Empty((await AskAsync(archive.Node, new PatientQuery { PatientID = "*", LiteralValue = true })).Items);
    }

    [Fact]
    public async Task A_worklist_item_with_several_steps_comes_out_whole()
    {
        var item = new DicomDataset();
        item.SetString(DicomTags.PatientID, "W1");
        item.SetString(DicomTags.StudyInstanceUID, "2.25.1");
        item.SetItems(DicomTags.ScheduledProcedureStepSequence, Step("S1", "CT", "20240115"), Step("S2", "US", "20240116"));
        using var archive = PacsSimulator.Start(new PacsSimulatorOptions { Worklist = [item] });
        var (all, error) = await AskAsync(archive.Node, new WorklistQuery { PatientID = "W1" });
        Assert.Null(error);
        var found = Assert.Single(all);
        Assert.Equal(("CT", "S1", new DateTime(2024, 1, 15)), (found.Modality, found.ScheduledProcedureStepID, found.ScheduledProcedureStepStartDate));
        Assert.Equal([("S1", "CT"), ("S2", "US")], found.ScheduledProcedureStepSequence.Select(step => (step.ScheduledProcedureStepID!, step.Modality!)));
        Assert.Single((await AskAsync(archive.Node, new WorklistQuery { Modality = ["US"], ScheduledDate = DicomDateRange.Parse("20240116") })).Items);
        Assert.Empty((await AskAsync(archive.Node, new WorklistQuery { Modality = ["MR"] })).Items);
    }

    [Theory]
    [InlineData("MÜLLER^JÖRG", "ISO_IR 100")]
    [InlineData("山田^太郎", "ISO_IR 192")]
    public void Text_inside_a_sequence_is_written_in_the_set_declared_above(string name, string term)
    {
        var query = new WorklistQuery { Filter = [new("ScheduledProcedureStepSequence.ScheduledPerformingPhysicianName", name)] };
        var sent = DatasetReader.Read(DatasetWriter.Write(Assert.Single(query.Plan().Parts).Identifier, TransferSyntax.ImplicitVRLittleEndian), TransferSyntax.ImplicitVRLittleEndian);
        Assert.Equal(term, sent.GetText(DicomTags.SpecificCharacterSet));
        Assert.Equal(name, Assert.Single(sent.GetItems(DicomTags.ScheduledProcedureStepSequence)).GetText(DicomTags.ScheduledPerformingPhysicianName));
        Assert.False(sent.Contains(DicomTags.QueryRetrieveLevel));
    }

    [Theory]
    [InlineData(null, "PAUL^M\uFFFDLLER", "what could not be read")]
    [InlineData("iso-8859-1", "PAUL^MÜLLER", "it was read as iso-8859-1")]
    public async Task Undeclared_text_inside_a_sequence_is_told_once_and_falls_back(string? fallback, string name, string warning)
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            for (var i = 0; i < 2; i++)
            {
                var step = new DicomDataset();
                step.SetBytes(DicomTags.ScheduledPerformingPhysicianName, DicomVR.PN, System.Text.Encoding.Latin1.GetBytes("PAUL^MÜLLER "));
                var item = new DicomDataset();
                item.SetItems(DicomTags.ScheduledProcedureStepSequence, step);
                await PendingAsync(connection, query, DatasetWriter.Write(item, TransferSyntax.ImplicitVRLittleEndian));
            }

            await EndAsync(connection, query);
        });
        var (items, error) = await AskAsync(Node(peer), new WorklistQuery { FallbackEncoding = fallback is null ? null : System.Text.Encoding.GetEncoding(fallback) });
        Assert.Null(error);
        Assert.Equal([name, name], items.Select(item => item.ScheduledPerformingPhysicianName));
        Assert.Contains(warning, Assert.Single(_log.Warnings).Text);
    }

    [Fact]
    public void A_worklist_has_no_levels() =>
        Assert.Equal("Query.NoLevels", Assert.Throws<QueryKeyException>(() => new WorklistQuery { Relational = true }.Plan()).Id);

    [Fact]
    public void Keys_above_name_one_patient_and_no_more_than_the_model_knows()
    {
        var query = new SeriesQuery { StudyInstanceUID = ["1.2"], PatientID = "P*" };
        Assert.Equal("Query.UpperLevelKey", Assert.Throws<QueryKeyException>(() => (query with { Model = QueryModel.Patient }).Plan()).Id);
        Assert.False(Assert.Single(query.Plan().Parts).Identifier.Contains(DicomTags.PatientID));
        Assert.Equal("P1", Assert.Single((query with { PatientID = "P1", Model = QueryModel.Patient }).Plan().Parts).Identifier.GetString(DicomTags.PatientID));
    }

    [Fact]
    public void Several_studies_and_modalities_are_asked_one_by_one_but_uids_of_the_level_at_once()
    {
        var parts = new SeriesQuery { StudyInstanceUID = ["1.1\\1.2", "1.1"], Modality = ["CT", "MR"], SeriesInstanceUID = ["2.1", "2.2"] }.Plan().Parts;
        Assert.Equal(
            ["1.1 CT 2.1\\2.2", "1.1 MR 2.1\\2.2", "1.2 CT 2.1\\2.2", "1.2 MR 2.1\\2.2"],
            parts.Select(part => $"{part.Identifier.GetText(DicomTags.StudyInstanceUID)} {part.Identifier.GetText(DicomTags.Modality)} {part.Identifier.GetText(DicomTags.SeriesInstanceUID)}"));
    }

    private byte[] _offered = [];

    private async Task Refuse(ScriptedConnection connection)
    {
        var request = await connection.AcceptAssociationAsync();
        // PS3.7 D.3.3.5.1: a length and the UID, then the information.
        var item = request.UserItems.Single(one => one.Type == 0x56).Value;
        _offered = item[(2 + item[1])..];
        await connection.AnswerReleaseAsync();
    }

    private static DicomDataset Step(string id, string modality, string date)
    {
        var step = new DicomDataset();
        step.SetString(DicomTags.ScheduledProcedureStepID, id);
        step.SetString(DicomTags.Modality, modality);
        step.SetString(DicomTags.ScheduledProcedureStepStartDate, date);
        return step;
    }

    private PacsSimulator Start(SimulatorFaults? faults = null, TestStudyOptions? extra = null)
    {
        foreach (var study in extra is null ? s_studies : [.. s_studies, extra])
            TestStudy.Save(study, _files.Path);
        return PacsSimulator.Start(new PacsSimulatorOptions { Path = _files.Path, Faults = faults ?? SimulatorFaults.None });
    }

    private async Task<(List<T> Items, Exception? Error)> AskAsync<T>(PacsNode node, DicomQuery<T> query) =>
        await CollectAsync(new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(node, (DicomQuery<T>)((DicomQuery)query with { Retry = RetryPolicy.None }), _log));
}
