using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Transfers;

/// <summary>The product's Storage SCP in a process of its own.</summary>
internal sealed class OurReceiver : IReceiver
{
    private Child? _child;
    private ProcessUsage _before;

    public async Task PrepareAsync(BenchRun run, Resources scope) => _child = scope.Add(await Child.StartAsync(run, RoleList.StorageScp));

    public async Task<Endpoint> StartAsync(BenchRun run)
    {
        Answer started = await _child!.AskAsync("start", run.NewFolder());
        _before = started.Usage;
        return new Endpoint(started.Port, "BENCH");
    }

    public async Task<ProcessUsage> StopAsync(int expected)
    {
        Answer stopped = await _child!.AskAsync("stop");
        if (stopped["received"] != expected || stopped["failed"] != 0)
            throw new InvalidOperationException($"The Storage SCP took {stopped["received"]} of {expected} instances and refused or failed {stopped["failed"]}.");
        return stopped.Usage.Since(_before);
    }
}
