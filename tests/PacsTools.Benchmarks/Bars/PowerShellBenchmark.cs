using System.Globalization;
using PacsTools.Benchmarks.Peers;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Something done in PowerShell ("ours") against the same by the engine alone ("theirs").</summary>
internal abstract class PowerShellBenchmark(string name, Bar bar) : PairBenchmark(name, bar)
{
    private PwshHost? _host;

    public override string? Obstacle() => base.Obstacle() ?? (PwshHost.Module is null ? "the staged module was not found" : null);

    protected PwshHost Host => _host!;

    protected override async Task PrepareAsync(BenchRun run, Resources scope) => _host = scope.Add(await PwshHost.StartAsync(run));

    /// <summary>Runs a line that ends in a count.</summary>
    protected async Task<Sample> CountAsync(string line, int expected)
    {
        ProcessUsage before = Host.Usage();
        (double seconds, string last) = await Host.RunAsync(line);
        return last.Trim() == expected.ToString(CultureInfo.InvariantCulture)
            ? new Sample(seconds, expected) { Used = Host.Usage().Since(before) }
            : throw new InvalidOperationException($"PowerShell counted {last} of {expected}.");
    }
}
