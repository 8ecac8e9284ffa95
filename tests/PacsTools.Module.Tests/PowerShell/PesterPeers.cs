using System.Text.Json;
using PacsTools.Module.Tests.Packaging;
using PacsTools.Pack;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Module.Tests.PowerShell;

/// <summary>The archives the Pester tests talk to, and what they hold. Described to pwsh in a file named by PACSTOOLS_TEST_PEERS.</summary>
public sealed class PesterPeers : IAsyncLifetime
{
    public const string Variable = "PACSTOOLS_TEST_PEERS";

    private static readonly TestModality[] Modalities = [TestModality.CT, TestModality.MR, TestModality.SC];

    private static readonly TestStudyOptions Big = new() { Seed = 1, Series = 2, Instances = 100, Rows = 256, Columns = 256, PatientID = "BIG", PatientName = "BIG^ONE", AccessionNumber = "" };

    private static readonly TestStudyOptions[] Small =
    [
        .. Enumerable.Range(1, 6).Select(i => TestStudy.Tiny(5, 100 + i) with
        {
            Series = 2,
            PatientID = $"P{i}",
            PatientName = $"DOE^JOHN{i}",
            AccessionNumber = $"ACC{i}",
            StudyDate = $"2024010{i}",
            StudyDescription = $"Study {i}",
            Modality = Modalities[i % 3],
        }),
    ];

    private static readonly TestStudyOptions[] Many =
        [.. Enumerable.Range(1, 400).Select(i => TestStudy.Tiny(1, 5000 + i) with { PatientID = $"MANY{i}", PatientName = "MANY^ONE", AccessionNumber = $"M{i}" })];

    private readonly TemporaryFolder _folder = new("pester");
    private OrthancPeer? _orthanc;
    private DcmqrscpPeer? _dcmqrscp;

    // What is left in these no other test meets, whatever the order.
    private OrthancPeer? _ownOrthanc;
    private DcmqrscpPeer? _ownDcmqrscp;
    private WlmscpfsPeer? _worklist;

    private string Package { get; set; } = "";

    /// <summary>Null until the first test asks: where pwsh is missing, no archive is started either.</summary>
    public string? Description { get; private set; }

    public string Folder => _folder.Path;

    /// <summary>The folder among those of PSModulePath in which the package of the staged module is unpacked: what is tested is what people install.</summary>
    public string ModulePath => _folder["modules"];

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async Task StartAsync()
    {
        if (Description is not null) return;
        var scpPort = LoopbackPort.Take();
        // Reports of storage commitment go to the title that asked, at the same port.
        MoveDestination[] destinations = [new("RIS_STORE_SCP", scpPort), new("RIS_CONNECTOR", scpPort), new("OTHER_SCP", LoopbackPort.Take())];
        _orthanc = await OrthancPeer.StartAsync(new OrthancOptions { MoveDestinations = destinations, CheckCalledAETitle = true, DicomWeb = true });
        _dcmqrscp = await DcmqrscpPeer.StartAsync(new DcmqrscpOptions { MoveDestinations = destinations });
        await _orthanc.UploadAsync(Small.Append(Big).Concat(Many).SelectMany(TestStudy.Create).Select(i => i.ToFile()));
        await _dcmqrscp.IndexAsync(Small.Append(Big).SelectMany(study => TestStudy.Save(study, _folder[TestStudy.StudyInstanceUID(study)])));
        _ownOrthanc = await OrthancPeer.StartAsync(new OrthancOptions { MoveDestinations = destinations, CheckCalledAETitle = true, DicomWeb = true });
        _ownDcmqrscp = await DcmqrscpPeer.StartAsync(new DcmqrscpOptions { MoveDestinations = destinations });
        await _ownOrthanc.UploadAsync(Small.SelectMany(TestStudy.Create).Select(i => i.ToFile()));
        await _ownDcmqrscp.IndexAsync(Small.SelectMany(study => TestStudy.Save(study, _folder["own", TestStudy.StudyInstanceUID(study)])));
        _worklist = await WlmscpfsPeer.StartAsync(
        [
            new("DOE^JANE", "W1", "WA1", new WorklistStep("S1", "CT", "SCANNER1", "20240115")) { Number = 1001 },
            new("ROE^RICHARD", "W2", "WA2", new WorklistStep("S2", "MR", "SCANNER2", "20240116")) { Number = 1002 },
            new("山田^太郎", "W3", "WA3", new WorklistStep("S3", "CT", "SCANNER2", "20240117")) { Number = 1003 },
        ]);
        Package = ModulePackage.Write(Repository.Staged, _folder["package"]);
        var description = _folder["peers.json"];
        await File.WriteAllTextAsync(description, JsonSerializer.Serialize(new
        {
            Module = Path.Combine(InstalledModule.In(ModulePath, Package), "PacsTools.psd1"),
            Package,
            Repository = Repository.Root,
            Orthanc = _orthanc.Address,
            DicomWeb = OrthancPeer.DicomWebPlugin is null ? null : _orthanc.DicomWeb.ToString(),
            Dcmqrscp = _dcmqrscp.Address,
            OwnOrthanc = _ownOrthanc.Address,
            OwnDcmqrscp = _ownDcmqrscp.Address,
            Worklist = _worklist.Address,
            ClosedPort = LoopbackPort.Closed(),
            FreePort = LoopbackPort.Take(),
            ScpPort = scpPort,
            Folder,
            ManyCount = Many.Length,
            Big = Describe(Big),
            Small = Small.Select(Describe),
        }));
        Description = description;
    }

    /// <summary>What an archive wrote last that ended under the tests; empty if both are alive.</summary>
    public string Obituary() => string.Concat(new ExternalPeer?[] { _orthanc, _dcmqrscp, _ownOrthanc, _ownDcmqrscp, _worklist }
        .Where(p => p?.Process.HasExited == true).Select(p => $"\n{p!.AETitle} has ended:\n{string.Join('\n', p.Output.Lines.TakeLast(20))}"));

    public async ValueTask DisposeAsync()
    {
        if (_orthanc is not null) await _orthanc.DisposeAsync();
        if (_dcmqrscp is not null) await _dcmqrscp.DisposeAsync();
        if (_ownOrthanc is not null) await _ownOrthanc.DisposeAsync();
        if (_ownDcmqrscp is not null) await _ownDcmqrscp.DisposeAsync();
        if (_worklist is not null) await _worklist.DisposeAsync();
        _folder.Dispose();
    }

    private static object Describe(TestStudyOptions study) => new
    {
        StudyInstanceUID = TestStudy.StudyInstanceUID(study),
        study.PatientID,
        study.AccessionNumber,
        study.StudyDate,
        Modality = study.Modality == TestModality.SC ? "OT" : study.Modality.ToString(),
        Instances = study.Series * study.Instances,
    };
}
