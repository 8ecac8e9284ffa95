using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Bars;

/// <summary>Bar 5: what is left of the engine's rate when objects come out of Find-DicomStudy.</summary>
internal sealed class FindPowerShellBenchmark() : PowerShellBenchmark("find-powershell", new Bar(5, "20,000 studies replayed, through PowerShell objects, against the engine alone", 0.5))
{
    private Child? _engine;
    private int _port;
    private int _count;

    public override IReadOnlyList<string> Programs => ["pwsh"];

    protected override async Task PrepareAsync(BenchRun run, Resources scope)
    {
        await base.PrepareAsync(run, scope);
        _count = run.Options.Quick ? FindBenchmark.Replayed / 20 : FindBenchmark.Replayed;
        _port = (await scope.Add(await Child.StartAsync(run, RoleList.Replay)).AskAsync("start", _count)).Port;
        _engine = scope.Add(await Child.StartAsync(run, RoleList.Find));
    }

    protected override Task<Sample> OursAsync(BenchRun run, int round) =>
        CountAsync($"$n = 0; Find-DicomStudy REPLAY@127.0.0.1:{_port} | ForEach-Object {{ $n++ }}; $n", _count);

    protected override async Task<Sample> TheirsAsync(BenchRun run, int round)
    {
        ProcessUsage before = (await _engine!.AskAsync(_port, "REPLAY", "nothing", "", "")).Usage;
        Answer found = await _engine.AskAsync(_port, "REPLAY", "engine", "", "");
        return found["count"] == _count ? new Sample(found.Seconds, _count) { Used = found.Usage.Since(before) } : throw new InvalidOperationException($"{found["count"]} of {_count} results came.");
    }
}
