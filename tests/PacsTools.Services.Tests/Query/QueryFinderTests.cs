using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.TestKit.Scripting;
using static PacsTools.Services.Tests.Query.FindScript;

namespace PacsTools.Services.Tests.Query;

public sealed class QueryFinderTests
{
    private readonly RecordingLog _log = new();

    private static StudyQuery Query { get; } = new() { Retry = RetryPolicy.None };

    [Fact]
    public async Task Nothing_is_sent_if_a_key_is_wrong()
    {
        await using var peer = ScriptedPeer.Listen();
        Assert.Throws<QueryKeyException>(() => new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(Node(peer), Query with { PatientID = "a\\b" }, _log));
        Assert.Equal(0, peer.Accepted);
    }

    [Fact]
    public async Task Modalities_are_asked_one_by_one_and_merged()
    {
        var asked = new List<string?>();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.AcceptAssociationAsync();
            foreach (var uids in new[] { new[] { "1.1", "1.2" }, ["1.2", "1.3"] })
            {
                var query = await QueryAsync(connection);
                asked.Add(Identifier(query).GetString(DicomTags.ModalitiesInStudy));
                foreach (var uid in uids)
                {
                    await PendingAsync(connection, query, uid, change: d => d.SetString(DicomTags.ModalitiesInStudy, DicomVR.CS, "CT", "MR"));
                }

                await FinalAsync(connection, query);
            }

            await connection.AnswerReleaseAsync();
        });

        var (studies, error) = await CollectAsync(new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(Node(peer), Query with { Modality = ["CT", "MR"] }, _log));
        Assert.Null(error);
        Assert.Equal(["CT", "MR"], asked);
        Assert.Equal(["1.1", "1.2", "1.3"], studies.Select(study => study.StudyInstanceUID));
        Assert.All(studies, study => Assert.Equal(Node(peer), study.Node));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task Enough_results_end_the_query_on_the_wire()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            await PendingAsync(connection, query, "1.1");
            await PendingAsync(connection, query, "1.1");
            await PendingAsync(connection, query, "1.2");
            await ExpectCancelAsync(connection, query);
            await FinalAsync(connection, query, 0xFE00);
            await connection.AnswerReleaseAsync();
        });

        var (studies, error) = await CollectAsync(new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(Node(peer), Query with { MaxResults = 2, Modality = [] }, _log));
        Assert.Null(error);
        Assert.Equal(["1.1", "1.2"], studies.Select(study => study.StudyInstanceUID));
        await peer.Completion.WaitAsync(Bound);
    }

    [Fact]
    public async Task An_ignored_key_is_one_warning_and_costs_no_result()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            for (var i = 0; i < 3; i++)
            {
                await PendingAsync(connection, query, $"1.{i}", change: d => d.Remove(DicomTags.ModalitiesInStudy));
            }

            await EndAsync(connection, query);
        });

        var (studies, error) = await CollectAsync(new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(Node(peer), Query with { Modality = ["US"] }, _log));
        Assert.Null(error);
        Assert.Equal(3, studies.Count);
        Assert.All(studies, study => Assert.Equal(["ModalitiesInStudy"], study.UnsupportedKeys));
        Assert.Contains("the archive ignored ModalitiesInStudy; results are not filtered by it", Assert.Single(_log.Warnings).Text);
    }

    [Fact]
    public async Task Contradicting_responses_are_dropped_but_raw_ones_are_not()
    {
        static async Task Script(ScriptedConnection connection)
        {
            var query = await BeginAsync(connection);
            await PendingAsync(connection, query, "1.1", change: d => d.SetString(DicomTags.PatientID, DicomVR.LO, "A"));
            await PendingAsync(connection, query, "1.2", change: d => d.SetString(DicomTags.PatientID, DicomVR.LO, "B"));
            await PendingAsync(connection, query, "1.1", change: d => d.SetString(DicomTags.PatientID, DicomVR.LO, "A"));
            await EndAsync(connection, query);
        }

        await using var peer = ScriptedPeer.Listen(Script, Script);
        var query = Query with { PatientID = "A" };
        var (studies, _) = await CollectAsync(new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(Node(peer), query, _log));
        Assert.Equal("1.1", Assert.Single(studies).StudyInstanceUID);
        Assert.Contains("1 response contradicted PatientID and was dropped", Assert.Single(_log.Warnings).Text);

        var (raw, _) = await CollectAsync(new QueryFinder(new FindScu(DirectAssociations.Default)).FindRawAsync(Node(peer), query, _log));
        Assert.Equal(["1.1", "1.2", "1.1"], raw.Select(dataset => dataset.GetString(DicomTags.StudyInstanceUID)));
    }

    [Fact]
    public async Task What_was_counted_is_told_even_if_the_query_fails()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            await PendingAsync(connection, query, "1.1", change: d => d.SetString(DicomTags.PatientID, DicomVR.LO, "B"));
            await PendingAsync(connection, query, "1.2", change: d => d.SetString(DicomTags.PatientID, DicomVR.LO, "A"));
            await FinalAsync(connection, query, 0xC000);
            await connection.AnswerReleaseAsync();
        });

        var (studies, error) = await CollectAsync(new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(Node(peer), Query with { PatientID = "A" }, _log));
        Assert.Single(studies);
        Assert.Equal(0xC000, Assert.IsType<DimseStatusException>(error).Status);
        Assert.Equal("Query.ContradictingResponses", Assert.Single(_log.Warnings).Id);
        Assert.True(Assert.Single(_log.Progresses, progress => progress.Completed).Done == 1);
    }

    [Fact]
    public async Task Nothing_told_to_the_log_holds_patient_data()
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            await PendingAsync(connection, query, "1.1", change: d => d.SetString(DicomTags.PatientName, DicomVR.PN, "SECRET^OTHER"));
            await PendingAsync(connection, query, "1.2", change: d => d.Remove(DicomTags.PatientName));
            await FinalAsync(connection, query, 0xC000);
            await connection.AnswerReleaseAsync();
        });

        var (_, error) = await CollectAsync(new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(Node(peer), Query with { PatientName = "SECRET^NAME" }, _log));
        Assert.Equal(2, _log.Warnings.Count);
        Assert.DoesNotContain("SECRET", string.Concat(_log.Warnings.Select(w => w.Text).Concat(_log.Verboses)) + error!.Message);
    }

    [Fact]
    public async Task The_patient_root_is_searched_level_by_level()
    {
        var levels = new List<string>();
        async Task Patients(ScriptedConnection connection)
        {
            var query = await BeginAsync(connection);
            Note(query);
            foreach (var (id, name) in new[] { ("A", "DOE^JANE"), ("", "DOE^NOBODY"), ("B", "DOE^JÖRG") })
            {
                var patient = new DicomDataset();
                patient.SetString(DicomTags.SpecificCharacterSet, DicomVR.CS, "ISO_IR 100");
                patient.SetString(DicomTags.PatientID, DicomVR.LO, id);
                patient.SetString(DicomTags.PatientName, DicomVR.PN, name);
                await PendingAsync(connection, query, DatasetWriter.Write(patient, TransferSyntax.ImplicitVRLittleEndian));
            }

            await EndAsync(connection, query);
        }

        async Task Studies(ScriptedConnection connection)
        {
            var query = await BeginAsync(connection);
            Note(query);
            var id = Identifier(query).GetString(DicomTags.PatientID)!;
            await PendingAsync(connection, query, $"1.{(int)id[0]}", change: d => d.SetString(DicomTags.PatientID, DicomVR.LO, id));
            await EndAsync(connection, query);
        }

        void Note(RawMessage query)
        {
            var identifier = Identifier(query);
            levels.Add($"{identifier.GetString(DicomTags.QueryRetrieveLevel)} {identifier.GetString(DicomTags.PatientID)} {identifier.GetString(DicomTags.PatientName)} {identifier.GetString(DicomTags.StudyDate)}");
            Assert.Equal(DicomUids.PatientRootQueryRetrieveInformationModelFind, query.Command.AffectedSOPClassUID);
        }

        await using var peer = ScriptedPeer.Listen(Patients, Studies, Studies);
        var query = Query with { Model = QueryModel.Patient, PatientName = "DOE*", StudyDate = DicomDateRange.Parse("2024-01-01..") };
        var (studies, error) = await CollectAsync(new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(Node(peer), query, _log));
        Assert.Null(error);
        Assert.Equal(["PATIENT  DOE* ", "STUDY A  20240101-", "STUDY B  20240101-"], levels);
        Assert.Equal([("1.65", "DOE^JANE"), ("1.66", "DOE^JÖRG")], studies.Select(study => (study.StudyInstanceUID!, study.PatientName!)));
    }

    [Theory]
    [InlineData(null, null, "DOE^J\uFFFDRG", "came without a Specific Character Set; what could not be read")]
    [InlineData(null, "iso-8859-1", "DOE^JÖRG", "came without a Specific Character Set; it was read as iso-8859-1")]
    [InlineData("ISO_IR 999", "iso-8859-1", "DOE^JÖRG", "unknown character set 'ISO_IR 999'; it was read as iso-8859-1")]
    [InlineData("ISO_IR 100", "utf-8", "DOE^JÖRG", null)]
    public async Task Text_without_its_character_set_is_told_once(string? declared, string? fallback, string name, string? warning)
    {
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            var query = await BeginAsync(connection);
            for (var i = 0; i < 2; i++)
            {
                await PendingAsync(connection, query, $"1.{i}", change: d =>
                {
                    d.SetBytes(DicomTags.PatientName, DicomVR.PN, new byte[] { 0x44, 0x4F, 0x45, 0x5E, 0x4A, 0xD6, 0x52, 0x47 });
                    if (declared is not null)
                    {
                        d.SetString(DicomTags.SpecificCharacterSet, declared);
                    }
                });
            }

            await EndAsync(connection, query);
        });

        var encoding = fallback is null ? null : System.Text.Encoding.GetEncoding(fallback);
        var (studies, error) = await CollectAsync(new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(Node(peer), Query with { FallbackEncoding = encoding }, _log));
        Assert.Null(error);
        Assert.All(studies, study => Assert.Equal(name, study.PatientName));
        if (warning is null)
        {
            Assert.Empty(_log.Warnings);
        }
        else
        {
            Assert.Contains(warning, Assert.Single(_log.Warnings).Text);
        }
    }
}
