using PacsTools.Benchmarks.Data;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Transfers;

/// <summary>One way from a sender to a receiver.</summary>
internal sealed record Way(ISender From, IReceiver To)
{
    /// <summary>Only as many of the instances, where all would take all day; rates are compared.</summary>
    public int? AtMost { get; init; }
}

/// <summary>Instances over two ways, of which one has our sender or receiver.</summary>
internal sealed class TransferBenchmark(string name, Bar bar, Func<BenchRun, int, Load> load, Way ours, Way theirs) : PairBenchmark(name, bar)
{
    /// <summary>The programs it needs.</summary>
    public IReadOnlyList<string> Needs { get; init; } = ["storescu", "storescp"];

    /// <summary>True if the receivers are compared, false for the senders.</summary>
    public bool Receiving { get; init; } = true;

    /// <summary>Bound on what we allocate for each instance, in KiB.</summary>
    public Bar? Allocation { get; init; }

    public override IReadOnlyList<string> Programs => Needs;

    public override IReadOnlyList<Bar> Bars => Allocation is null ? base.Bars : [.. base.Bars, Allocation];

    protected override async Task PrepareAsync(BenchRun run, Resources scope)
    {
        foreach (Way way in (Way[])[ours, theirs])
        {
            await way.From.PrepareAsync(run, scope);
            await way.To.PrepareAsync(run, scope);
        }
    }

    protected override Task<Sample> OursAsync(BenchRun run, int round) => SendAsync(run, 2 * round, ours);

    protected override Task<Sample> TheirsAsync(BenchRun run, int round) => SendAsync(run, (2 * round) + 1, theirs);

    protected override IEnumerable<BarResult> Judge(IReadOnlyList<Pair> pairs)
    {
        foreach (BarResult result in base.Judge(pairs))
            yield return result;
        if (Allocation is not null)
        {
            Spread kib = Spread.Of(pairs.Select(p => p.Ours.Used.Allocated / p.Ours.Work / 1024));
            yield return new BarResult(Allocation) { Value = kib, Ours = $"{Figure.Short(kib.Median)} KiB" };
        }
    }

    private async Task<Sample> SendAsync(BenchRun run, int number, Way way)
    {
        Load what = load(run, number).Take(way.AtMost is { } most ? (run.Options.Quick ? Math.Max(most / 20, 5) : most) : int.MaxValue);
        Endpoint to = await way.To.StartAsync(run);
        Sample sent = await way.From.SendAsync(what, to);
        ProcessUsage received = await way.To.StopAsync(what.Paths.Count);
        return Receiving ? sent with { Used = received } : sent;
    }
}
