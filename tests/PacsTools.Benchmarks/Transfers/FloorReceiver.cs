using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Transfers;

/// <summary>A plain socket into files.</summary>
internal sealed class FloorReceiver : IReceiver
{
    private Child? _child;
    private ProcessUsage _before;

    public async Task PrepareAsync(BenchRun run, Resources scope) => _child = scope.Add(await Child.StartAsync(run, RoleList.FloorReceiver));

    public async Task<Endpoint> StartAsync(BenchRun run)
    {
        Answer started = await _child!.AskAsync("start", run.NewFolder());
        _before = started.Usage;
        return new Endpoint(started.Port, "");
    }

    public async Task<ProcessUsage> StopAsync(int expected) => (await _child!.AskAsync("stop")).Usage.Since(_before);
}
