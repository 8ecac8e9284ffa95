using System.Text.RegularExpressions;
using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Query;

/// <summary>Orthanc, dcmqrscp and the simulator with the same six studies of two series of two instances, each started when first asked for.</summary>
public sealed partial class QueryArchives : IAsyncDisposable
{
    private static readonly string[] s_names = ["DOE^JANE", "DOE^JOHN", "SMITH^JOHN"];
    private readonly SemaphoreSlim _gate = new(1);
    private readonly Dictionary<string, PacsNode> _nodes = [];
    private readonly List<ExternalPeer> _peers = [];
    private PacsSimulator? _simulator;
    private readonly TemporaryFolder _files = new("query-table");

    private static TestStudyOptions[] Studies { get; } =
    [
        .. Enumerable.Range(0, 6).Select(i => TestStudy.Tiny(2, seed: 300 + i) with
        {
            Series = 2,
            PatientID = $"P{i % 3}",
            PatientName = s_names[i % 3],
            PatientSex = i % 3 == 0 ? "F" : "M",
            PatientBirthDate = $"19{7 + (i % 3)}50101",
            StudyDate = new[] { "20240115", "20240116", "20230601" }[i / 2],
            StudyTime = i % 2 == 0 ? "101500" : "143000",
            AccessionNumber = $"A{i}",
            StudyID = $"S{i}",
            StudyDescription = i < 3 ? "CHEST ROUTINE" : "HEAD",
            Modality = i % 2 == 0 ? TestModality.CT : TestModality.MR,
        }),
    ];

    /// <summary>Reads <c>PatientID=P1|StudyInstanceUID=#0</c>: #n is a study, #n.m a series, #n.m.k an instance, all from 0.</summary>
    public static IReadOnlyList<(string Keyword, string Value)> Keys(string query) =>
    [
        .. query.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(key => key.Split('=', 2)).Select(key => (key[0], Number().Replace(key[1], Uid))),
    ];

    public async Task<PacsNode> GetAsync(string name)
    {
        await _gate.WaitAsync();
        try
        {
            return _nodes.TryGetValue(name, out PacsNode? node) ? node : _nodes[name] = name == "simulator" ? StartSimulator() : await StartAsync(name);
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (ExternalPeer peer in _peers)
            await peer.DisposeAsync();
        _simulator?.Dispose();
        _files.Dispose();
        _gate.Dispose();
    }

    private static string Uid(Match match)
    {
        int[] at = [.. match.Value[1..].Split('.').Select(int.Parse)];
        TestStudyOptions study = Studies[at[0]];
        return at switch
        {
            [_] => TestStudy.StudyInstanceUID(study),
            [_, int series] => TestStudy.CreateOne(study, series + 1).SeriesInstanceUID,
            _ => TestStudy.CreateOne(study, at[1] + 1, at[2] + 1).SOPInstanceUID,
        };
    }

    private PacsNode StartSimulator()
    {
        string folder = _files.Create("simulator");
        foreach (TestStudyOptions study in Studies)
            TestStudy.Save(study, folder);
        _simulator = PacsSimulator.Start(new PacsSimulatorOptions { Path = folder });
        return _simulator.Node;
    }

    private async Task<PacsNode> StartAsync(string name)
    {
        if (name == "orthanc")
        {
            OrthancPeer orthanc = await OrthancPeer.StartAsync();
            _peers.Add(orthanc);
            await orthanc.UploadAsync(Studies.SelectMany(TestStudy.Create).Select(i => i.ToFile()));
            return orthanc.ToNode();
        }
        DcmqrscpPeer dcmqrscp = await DcmqrscpPeer.StartAsync();
        _peers.Add(dcmqrscp);
        await dcmqrscp.IndexAsync(Studies.SelectMany(s => TestStudy.Save(s, _files.Create("dcmqrscp"))));
        return dcmqrscp.ToNode();
    }

    [GeneratedRegex(@"#\d(\.\d)*")]
    private static partial Regex Number();
}
