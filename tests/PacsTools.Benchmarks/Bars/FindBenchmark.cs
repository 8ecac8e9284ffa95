using System.Globalization;
using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Data;
using PacsTools.Benchmarks.Peers;
using PacsTools.Benchmarks.Roles;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Peers;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bar 5: our query against findscu, which hides what it gets, on the same server.</summary>
internal sealed class FindBenchmark(string name, Bar bar, string server) : PairBenchmark(name, bar)
{
    public const int Replayed = 20_000;
    private Child? _child;
    private int _port;
    private int _expected;
    private string _aeTitle = "";
    private string _study = "";
    private string _series = "";

    public static IEnumerable<Benchmark> All =>
    [
        new FindBenchmark("find-orthanc", new Bar(5, "5,000 studies from Orthanc, against findscu", 1.0), "Orthanc"),
        new FindBenchmark("find-dcmqrscp", new Bar(5, "5,000 images from dcmqrscp, against findscu", 1.0), "dcmqrscp"),
        new FindBenchmark("find-replay", new Bar(5, "20,000 studies from a server that only replays, against findscu", 1.0), "replay"),
    ];

    public override IReadOnlyList<string> Programs => server == "replay" ? ["findscu"] : ["findscu", server];

    protected override async Task PrepareAsync(BenchRun run, Resources scope)
    {
        _child = scope.Add(await Child.StartAsync(run, RoleList.Find));
        _expected = run.Options.Quick ? 300 : 5000;
        switch (server)
        {
            case "Orthanc":
                Use(await Archives.OrthancAsync(scope, noDelay: true, [run.Loads.AllStudies]));
                break;
            case "dcmqrscp":
                Load tiny = run.Loads.Tiny0;
                Use(await Archives.DcmqrscpAsync(scope, tiny));
                _study = tiny.StudyInstanceUID;
                _series = Archives.SeriesOf(tiny);
                break;
            default:
                _expected = run.Options.Quick ? Replayed / 20 : Replayed;
                _port = (await scope.Add(await Child.StartAsync(run, RoleList.Replay)).AskAsync("start", _expected)).Port;
                _aeTitle = "REPLAY";
                break;
        }
    }

    protected override async Task<Sample> OursAsync(BenchRun run, int round)
    {
        ProcessUsage before = (await _child!.AskAsync(_port, _aeTitle, "nothing", "", "")).Usage;
        Answer found = await _child.AskAsync(_port, _aeTitle, "engine", _study, _series);
        if (found["count"] != _expected)
            throw new InvalidOperationException($"{found["count"]} of {_expected} results came.");
        return new Sample(found.Seconds, _expected) { Used = found.Usage.Since(before) };
    }

    protected override async Task<Sample> TheirsAsync(BenchRun run, int round)
    {
        string[] arguments = ["-sr", "--call", _aeTitle, .. QueryIdentifiers.Arguments(_study, _series), "127.0.0.1", _port.ToString(CultureInfo.InvariantCulture)];
        return await ClientTool.RunAsync("findscu", noDelay: true, null, arguments) with { Work = _expected };
    }

    private void Use(ExternalPeer peer)
    {
        _port = peer.Port;
        _aeTitle = peer.AETitle;
    }
}
