using System.Globalization;

namespace PacsTools.Benchmarks.Running;

/// <summary>Ours against theirs, turn by turn: one pair to warm both up, then those that count.</summary>
internal abstract class PairBenchmark(string name, Bar bar) : Benchmark
{
    public override string Name => name;

    public override string What => bar.Text;

    public override IReadOnlyList<Bar> Bars => [bar];

    public override async Task<IReadOnlyList<BarResult>> RunAsync(BenchRun run)
    {
        await using var scope = new Resources();
        await PrepareAsync(run, scope);
        List<Pair> pairs = [];
        for (int round = 0; round <= run.Options.Pairs; round++)
        {
            Sample ours, theirs;
            // Who goes first changes, so that neither always finds the disk as the other left it.
            if (round % 2 == 0)
            {
                ours = await MeasureAsync(run, OursAsync, round);
                theirs = await MeasureAsync(run, TheirsAsync, round);
            }
            else
            {
                theirs = await MeasureAsync(run, TheirsAsync, round);
                ours = await MeasureAsync(run, OursAsync, round);
            }
            run.Say(string.Create(CultureInfo.InvariantCulture, $"  {(round == 0 ? "warm-up" : $"pair {round}")}: {RateText(ours)} against {RateText(theirs)}, ratio {ours.Rate / theirs.Rate:0.00}{Allocated(ours)}"));
            if (round > 0)
                pairs.Add(new Pair(ours, theirs));
        }
        return [.. Judge(pairs)];
    }

    /// <summary>Data and servers; what is to be put away afterwards goes into the scope.</summary>
    protected virtual Task PrepareAsync(BenchRun run, Resources scope) => Task.CompletedTask;

    protected abstract Task<Sample> OursAsync(BenchRun run, int round);

    protected abstract Task<Sample> TheirsAsync(BenchRun run, int round);

    /// <summary>The bar on the rate; others may be added.</summary>
    protected virtual IEnumerable<BarResult> Judge(IReadOnlyList<Pair> pairs) =>
        [Result(bar, pairs, Spread.Of(pairs.Select(p => p.Ours.Rate / p.Theirs.Rate)))];

    /// <summary>A rate with its unit.</summary>
    protected virtual string RateText(Sample sample) => sample.Bytes > 0
        ? $"{Figure.Short(sample.Bytes / sample.Seconds / 1e6)} MB/s"
        : $"{Figure.Short(sample.Rate)} /s";

    protected BarResult Result(Bar of, IReadOnlyList<Pair> pairs, Spread value) => new(of)
    {
        Value = value,
        Ours = RateText(Middle(pairs.Select(p => p.Ours))),
        Theirs = RateText(Middle(pairs.Select(p => p.Theirs))),
        Cpu = $"{Cpu(pairs.Select(p => p.Ours))} / {Cpu(pairs.Select(p => p.Theirs))}",
        Memory = $"{Figure.Mebibytes(pairs.Max(p => p.Ours.Used.Peak))} / {Figure.Mebibytes(pairs.Max(p => p.Theirs.Used.Peak))}",
    };

    // Outside what is measured: what earlier runs have written is not to be written out during this one.
    private static async Task<Sample> MeasureAsync(BenchRun run, Func<BenchRun, int, Task<Sample>> side, int round)
    {
        Posix.Sync();
        return await side(run, round);
    }

    private static string Allocated(Sample ours) => ours.Used.Allocated == 0
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $"; ours allocated {Figure.Short(ours.Used.Allocated / ours.Work / 1024)} KiB each");

    private static Sample Middle(IEnumerable<Sample> samples)
    {
        Sample[] sorted = [.. samples.OrderBy(s => s.Rate)];
        return sorted[sorted.Length / 2];
    }

    private static string Cpu(IEnumerable<Sample> samples) => Spread.Of(samples.Select(s => s.Used.Cpu)).Median is > 0 and var cpu ? Figure.Short(cpu) : "–";
}
