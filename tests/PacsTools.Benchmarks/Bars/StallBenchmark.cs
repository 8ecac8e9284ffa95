using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Peers;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bar 7: a storescp as shipped does not make our C-ECHO wait for a delayed acknowledgement, which takes 40 ms.</summary>
internal sealed class StallBenchmark : Benchmark
{
    private static readonly Bar s_open = new(7, "C-ECHO on a pooled association with storescp as shipped: no stall of 40 ms", 10, Sense.AtMost, "ms");
    private static readonly Bar s_new = new(7, "association and C-ECHO with storescp as shipped: no stall of 40 ms", 10, Sense.AtMost, "ms");

    public override string Name => "echo-stock";

    public override string What => s_open.Text;

    public override IReadOnlyList<Bar> Bars => [s_open, s_new];

    public override IReadOnlyList<string> Programs => ["storescp"];

    public override async Task<IReadOnlyList<BarResult>> RunAsync(BenchRun run)
    {
        await using var scope = new Resources();
        StorescpPeer peer = scope.Add(await StorescpPeer.StartAsync());
        Child child = scope.Add(await Child.StartAsync(run, RoleList.Echo));
        return [await MeasureAsync(run, child, peer, "pooled", s_open), await MeasureAsync(run, child, peer, "direct", s_new)];
    }

    private static async Task<BarResult> MeasureAsync(BenchRun run, Child child, StorescpPeer peer, string what, Bar bar)
    {
        const int Times = 50;
        List<double> each = [];
        for (int round = 0; round <= run.Options.Pairs; round++)
        {
            double ms = (await child.AskAsync(what, peer.Port, peer.AETitle, Times)).Seconds * 1000 / Times;
            if (round > 0)
                each.Add(ms);
        }
        Spread spread = Spread.Of(each);
        return new BarResult(bar) { Value = spread, Ours = $"{Figure.Short(spread.Median)} ms" };
    }
}
