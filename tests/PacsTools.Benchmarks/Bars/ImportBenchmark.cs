using PacsTools.Benchmarks.Peers;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Peers;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bar 9: what importing the module and the first C-ECHO add to the start of PowerShell.</summary>
internal sealed class ImportBenchmark : Benchmark
{
    private static readonly Bar s_import = new(9, "Import-Module, as a part of pwsh's own start", 0.25, Sense.AtMost);
    private static readonly Bar s_echo = new(9, "the first Test-PacsEcho after it, as a part of pwsh's own start", 1.0 / 3, Sense.AtMost);

    public override string Name => "import";

    public override string What => s_import.Text;

    public override IReadOnlyList<Bar> Bars => [s_import, s_echo];

    public override IReadOnlyList<string> Programs => ["pwsh", "storescp"];

    public override string? Obstacle() => base.Obstacle() ?? (PwshHost.Module is null ? "the staged module was not found" : null);

    public override async Task<IReadOnlyList<BarResult>> RunAsync(BenchRun run)
    {
        await using var scope = new Resources();
        StorescpPeer peer = scope.Add(await StorescpPeer.StartAsync("STORESCP", noDelay: true));
        string import = $"Import-Module '{PwshHost.Module}'";
        List<(double Start, double Import, double Echo)> rounds = [];
        for (int round = 0; round <= run.Options.Pairs; round++)
        {
            double start = await StartAsync("exit"), imported = await StartAsync(import), echoed = await StartAsync($"{import}; if (-not (Test-PacsEcho {peer.Address}).Success) {{ exit 1 }}");
            run.Say($"  {(round == 0 ? "warm-up" : $"round {round}")}: start {Figure.Short(start)} s, with import {Figure.Short(imported)} s, with echo {Figure.Short(echoed)} s");
            if (round > 0)
                rounds.Add((start, imported - start, echoed - imported));
        }
        string own = $"{Figure.Short(Spread.Of(rounds.Select(r => r.Start * 1000)).Median)} ms";
        return
        [
            new BarResult(s_import) { Value = Spread.Of(rounds.Select(r => r.Import / r.Start)), Ours = $"{Figure.Short(Spread.Of(rounds.Select(r => r.Import * 1000)).Median)} ms", Theirs = own },
            new BarResult(s_echo) { Value = Spread.Of(rounds.Select(r => r.Echo / r.Start)), Ours = $"{Figure.Short(Spread.Of(rounds.Select(r => r.Echo * 1000)).Median)} ms", Theirs = own },
        ];
    }

    private static async Task<double> StartAsync(string command) =>
        (await ClientTool.RunAsync("pwsh", noDelay: true, null, "-NoProfile", "-NonInteractive", "-Command", command)).Seconds;
}
