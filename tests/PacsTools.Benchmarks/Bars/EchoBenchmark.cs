using System.Globalization;
using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Peers;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Peers;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bar 7: C-ECHO on open and on new associations, against echoscu and against a socket that does nothing else.</summary>
internal sealed class EchoBenchmark(string name, Bar bar, string ours, string theirs, int count) : PairBenchmark(name, bar)
{
    private Child? _child;
    private Child? _floor;
    private StorescpPeer? _peer;

    public static IEnumerable<Benchmark> All =>
    [
        new EchoBenchmark("echo-pooled", new Bar(7, "C-ECHO on a pooled association, against echoscu --repeat", 1.0), "pooled", "echoscu-repeat", 20_000),
        new EchoBenchmark("echo-pooled-floor", new Bar(7, "C-ECHO on a pooled association, against a raw socket (within 2)", 0.5), "pooled", "raw", 20_000),
        new EchoBenchmark("echo-association", new Bar(7, "association and C-ECHO, against echoscu (its start alone taken off)", 20), "direct", "echoscu", 100),
        new EchoBenchmark("echo-association-floor", new Bar(7, "association and C-ECHO, against a raw socket (within 5)", 0.2), "direct", "raw-direct", 2000),
    ];

    public override IReadOnlyList<string> Programs => ["storescp", "echoscu"];

    protected override async Task PrepareAsync(BenchRun run, Resources scope)
    {
        _peer = scope.Add(await StorescpPeer.StartAsync("STORESCP", noDelay: true));
        _child = scope.Add(await Child.StartAsync(run, RoleList.Echo));
        _floor = scope.Add(await Child.StartAsync(run, RoleList.Echo));
    }

    protected override Task<Sample> OursAsync(BenchRun run, int round) => AskAsync(_child!, ours, Count(run));

    protected override async Task<Sample> TheirsAsync(BenchRun run, int round)
    {
        int times = Count(run);
        string[] where = ["--call", _peer!.AETitle, "127.0.0.1", _peer.Port.ToString(CultureInfo.InvariantCulture)];
        if (theirs == "echoscu-repeat")
            return await ClientTool.RunAsync("echoscu", noDelay: true, null, ["--repeat", times.ToString(CultureInfo.InvariantCulture), .. where]) with { Work = times };
        if (theirs != "echoscu")
            return await AskAsync(_floor!, theirs, times);
        double echoing = 0, starting = 0;
        for (int i = 0; i < times; i++)
        {
            echoing += (await ClientTool.RunAsync("echoscu", noDelay: true, null, where)).Seconds;
            starting += (await ClientTool.RunAsync("echoscu", noDelay: true, null, "--version")).Seconds;
        }
        return new Sample(Math.Max(echoing - starting, 1e-6), times);
    }

    protected override string RateText(Sample sample) => $"{Figure.Short(1000 / sample.Rate)} ms";

    private int Count(BenchRun run) => run.Options.Quick ? Math.Max(count / 20, 10) : count;

    private async Task<Sample> AskAsync(Child child, string what, int times)
    {
        ProcessUsage before = (await child.AskAsync("direct", _peer!.Port, _peer.AETitle, 1)).Usage;
        Answer done = await child.AskAsync(what, _peer.Port, _peer.AETitle, times);
        return new Sample(done.Seconds, times) { Used = done.Usage.Since(before) };
    }
}
