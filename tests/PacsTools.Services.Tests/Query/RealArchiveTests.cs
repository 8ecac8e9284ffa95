using System.Text.RegularExpressions;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Query;

/// <summary>The same questions to Orthanc and dcmqrscp, through us and through DCMTK's findscu: the same studies must come back.</summary>
public sealed class RealArchiveTests(RealArchives archives) : IClassFixture<RealArchives>
{
    private readonly RecordingLog _log = new();

    public static TheoryData<string, string> Queries
    {
        get
        {
            // Each is a list of keys in findscu's notation, which ours are made from.
            string[] queries =
            [
                "", "PatientID=P1", "PatientID=P*", "PatientID=P?", "PatientName=DOE^JANE", "PatientName=DOE*", "PatientName=*JANE*", "PatientName=S?ITH^JOHN",
                "StudyDate=20240115", "StudyDate=20240101-20240131", "StudyDate=-20231231", "StudyDate=20240301-", "AccessionNumber=A3", "AccessionNumber=A*",
                "StudyID=S2", "PatientID=P1|StudyDate=20240115", "PatientID=NOBODY", "StudyTime=100000-120000", "StudyInstanceUID=#0", "StudyInstanceUID=#0\\#2\\#5",
                "StudyDescription=CHEST*", "PatientBirthDate=19800101-19891231", "PatientSex=F", "ReferringPhysicianName=REF*",
            ];
            var data = new TheoryData<string, string>();
            foreach (var archive in new[] { "orthanc", "dcmqrscp" })
            {
                foreach (var query in queries)
                {
                    data.Add(archive, query);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task The_same_studies_as_findscu(string archive, string query)
    {
        var peer = await archives.GetAsync(archive);
        var keys = archives.Keys(query);
        var ours = await AskAsync(peer, new StudyQuery { Filter = keys.Select(key => new KeyValuePair<string, object?>(key.Keyword, key.Value)) });
        var theirs = await FindscuAsync(peer, keys);
        Assert.Equal(theirs.Order(), ours.Select(study => study.StudyInstanceUID!).Order());
        Assert.Equal(query == "PatientID=NOBODY", theirs.Count == 0);
        Assert.All(ours, study => Assert.Contains(study.PatientName, RealArchives.Names));
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task Every_attribute_an_archive_knows_comes_out(string archive)
    {
        var peer = await archives.GetAsync(archive);
        var study = Assert.Single(await AskAsync(peer, new StudyQuery { StudyInstanceUID = [archives.StudyUids[0]] }));
        Assert.Equal(("DOE^JANE", "P0", "A0", "S0"), (study.PatientName, study.PatientID, study.AccessionNumber, study.StudyID));
        Assert.Equal((new DateTime(2024, 1, 15), new TimeSpan(10, 15, 0)), (study.StudyDate, study.StudyTime));
        if (archive == "orthanc")
        {
            Assert.Equal(["CT"], study.ModalitiesInStudy);
            Assert.Equal((1, 2), (study.NumberOfStudyRelatedSeries, study.NumberOfStudyRelatedInstances));
        }
        else
        {
            Assert.Contains("ModalitiesInStudy", study.UnsupportedKeys);
        }
    }

    [Fact]
    public async Task An_archive_that_ignores_the_modality_is_told_on()
    {
        var peer = await archives.GetAsync("dcmqrscp");
        var studies = await AskAsync(peer, new StudyQuery { Modality = ["US"] });
        Assert.Equal(archives.StudyUids.Count, studies.Count);
        Assert.Contains("the archive ignored ModalitiesInStudy; results are not filtered by it", Assert.Single(_log.Warnings).Text);
    }

    [Fact]
    public async Task An_archive_that_knows_modalities_is_asked_for_each()
    {
        var peer = await archives.GetAsync("orthanc");
        Assert.Equal(3, (await AskAsync(peer, new StudyQuery { Modality = ["MR"] })).Count);
        Assert.Equal(archives.StudyUids.Count, (await AskAsync(peer, new StudyQuery { Modality = ["mr", "CT", "US"] })).Count);
        Assert.Empty(_log.Warnings);
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task The_patient_root_gives_the_same_studies(string archive)
    {
        var peer = await archives.GetAsync(archive);
        foreach (var query in new[] { new StudyQuery { PatientName = "DOE*" }, new StudyQuery { PatientID = "P1", StudyDate = DicomDateRange.Parse("2024-01-01..") } })
        {
            var byStudy = await AskAsync(peer, query);
            var byPatient = await AskAsync(peer, query with { Model = QueryModel.Patient });
            Assert.NotEmpty(byStudy);
            Assert.Equal(byStudy.Select(study => study.StudyInstanceUID).Order(), byPatient.Select(study => study.StudyInstanceUID).Order());
            Assert.All(byPatient, study => Assert.NotNull(study.PatientName));
        }
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task Enough_is_enough(string archive)
    {
        var peer = await archives.GetAsync(archive);
        Assert.Equal(2, (await AskAsync(peer, new StudyQuery { MaxResults = 2 })).Count);
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task Echoes_are_answered(string archive)
    {
        var peer = await archives.GetAsync(archive);
        var (results, error) = await FindScript.CollectAsync(new EchoScu().EchoAsync(Node(peer), 3));
        Assert.Null(error);
        Assert.Equal(3, results.Count);
        Assert.All(results, result => Assert.True(result.Success, result.Error?.Message));
        Assert.All(results, result => Assert.StartsWith("OFFIS_DCMTK", result.ImplementationVersionName));
    }

    private static PacsNode Node(ExternalPeer peer) => PacsNode.Parse($"{peer.AETitle}@{peer.HostName}:{peer.Port}");

    private async Task<List<DicomStudy>> AskAsync(ExternalPeer peer, StudyQuery query)
    {
        var (studies, error) = await FindScript.CollectAsync(new QueryFinder(new FindScu(DirectAssociations.Default)).FindAsync(Node(peer), query with { Retry = RetryPolicy.None }, _log));
        Assert.Null(error);
        return studies;
    }

    private static async Task<List<string>> FindscuAsync(ExternalPeer peer, IReadOnlyList<(string Keyword, string Value)> keys)
    {
        using var folder = new TemporaryFolder("findscu");
        string[] options =
        [
            "-S", "-X", "-od", folder.Path, "-k", "QueryRetrieveLevel=STUDY", "-k", "StudyInstanceUID",
            .. keys.SelectMany(key => new[] { "-k", $"{key.Keyword}={key.Value}" }),
        ];
        (await Dcmtk.FindscuAsync(peer.Port, peer.AETitle, options)).EnsureSuccess();
        return [.. Directory.GetFiles(folder.Path).Select(path => DatasetReader.Read(TestInstance.DataSetOf(path), TransferSyntax.ExplicitVRLittleEndian).GetString(DicomTags.StudyInstanceUID)!)];
    }
}

/// <summary>Orthanc and dcmqrscp with the same studies in them, each started when first asked for.</summary>
public sealed partial class RealArchives : IAsyncLifetime
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, ExternalPeer> _peers = [];
    private readonly TemporaryFolder _files = new("studies");

    public static readonly string[] Names = ["DOE^JANE", "DOE^JOHN", "SMITH^JOHN", "ROE^RICHARD"];

    private static TestStudyOptions[] Studies { get; } =
    [
        .. Enumerable.Range(0, 8).Select(i => TestStudy.Tiny(2, seed: i + 1) with
        {
            PatientID = $"P{i % 4}",
            PatientName = Names[i % 4],
            PatientSex = i % 2 == 0 ? "F" : "M",
            PatientBirthDate = $"19{7 + (i % 2)}50101",
            StudyDate = new[] { "20240115", "20240116", "20230601", "20240401" }[i / 2],
            StudyTime = i % 2 == 0 ? "101500" : "143000",
            AccessionNumber = $"A{i}",
            StudyID = $"S{i}",
            StudyDescription = i < 4 ? "CHEST ROUTINE" : "HEAD",
            Modality = i % 3 == 1 ? TestModality.MR : TestModality.CT,
        }),
    ];

    public IReadOnlyList<string> StudyUids { get; } = [.. Studies.Select(TestStudy.StudyInstanceUID)];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Reads <c>PatientID=P1|StudyInstanceUID=#0</c>; #n is the UID of a study.</summary>
    public IReadOnlyList<(string Keyword, string Value)> Keys(string query) =>
    [
        .. query.Split('|', StringSplitOptions.RemoveEmptyEntries)
            .Select(key => key.Split('='))
            .Select(key => (key[0], Number().Replace(key[1], match => StudyUids[int.Parse(match.Groups[1].ValueSpan)]))),
    ];

    public async Task<ExternalPeer> GetAsync(string name)
    {
        await _gate.WaitAsync();
        try
        {
            return _peers.TryGetValue(name, out var peer) ? peer : _peers[name] = name == "orthanc" ? await StartOrthancAsync() : await StartDcmqrscpAsync();
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var peer in _peers.Values)
        {
            await peer.DisposeAsync();
        }

        _files.Dispose();
        _gate.Dispose();
    }

    private static async Task<ExternalPeer> StartOrthancAsync()
    {
        var orthanc = await OrthancPeer.StartAsync();
        await orthanc.UploadAsync(Studies.SelectMany(TestStudy.Create).Select(instance => instance.ToFile()));
        return orthanc;
    }

    private async Task<ExternalPeer> StartDcmqrscpAsync()
    {
        var dcmqrscp = await DcmqrscpPeer.StartAsync();
        await dcmqrscp.IndexAsync(Studies.SelectMany(study => TestStudy.Save(study, _files.Path)));
        return dcmqrscp;
    }

    [GeneratedRegex("#([0-9])")]
    private static partial Regex Number();
}
