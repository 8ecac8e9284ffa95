using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Data;
using PacsTools.Benchmarks.Peers;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Peers;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bar 5: the simulator's answers against dcmqrscp's, over the same files and to the same client.</summary>
internal sealed class SimulatorBenchmark() : PairBenchmark("find-simulator", new Bar(5, "5,000 images from the simulator, against dcmqrscp", 3))
{
    private Child? _client;
    private Child? _simulator;
    private DcmqrscpPeer? _dcmqrscp;
    private Load? _load;
    private int _port;

    public override IReadOnlyList<string> Programs => ["dcmqrscp"];

    protected override async Task PrepareAsync(BenchRun run, Resources scope)
    {
        _load = run.Loads.Tiny0;
        _client = scope.Add(await Child.StartAsync(run, RoleList.Find));
        _simulator = scope.Add(await Child.StartAsync(run, RoleList.Simulator));
        _port = (await _simulator.AskAsync("start", Path.GetDirectoryName(_load.Paths[0])!)).Port;
        _dcmqrscp = await Archives.DcmqrscpAsync(scope, _load);
    }

    protected override async Task<Sample> OursAsync(BenchRun run, int round)
    {
        ProcessUsage before = (await _simulator!.AskAsync("look")).Usage;
        Sample sample = await AskAsync(_port, "SIM_PACS");
        return sample with { Used = (await _simulator.AskAsync("look")).Usage.Since(before) };
    }

    protected override async Task<Sample> TheirsAsync(BenchRun run, int round)
    {
        ProcessUsage before = PeerUsage.Of(_dcmqrscp!);
        Sample sample = await AskAsync(_dcmqrscp!.Port, _dcmqrscp.AETitle);
        return sample with { Used = PeerUsage.Of(_dcmqrscp).Since(before) };
    }

    private async Task<Sample> AskAsync(int port, string aeTitle)
    {
        Answer found = await _client!.AskAsync(port, aeTitle, "engine", _load!.StudyInstanceUID, Archives.SeriesOf(_load));
        return found["count"] == _load.Paths.Count
            ? new Sample(found.Seconds, _load.Paths.Count)
            : throw new InvalidOperationException($"{found["count"]} of {_load.Paths.Count} results came.");
    }
}
