using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Peers;

namespace PacsTools.Benchmarks.Transfers;

/// <summary>A server that stays for the whole benchmark.</summary>
internal sealed class FixedReceiver(Func<Task<ExternalPeer>> start) : IReceiver
{
    private ExternalPeer? _peer;

    public async Task PrepareAsync(BenchRun run, Resources scope) => _peer = scope.Add(await start());

    public Task<Endpoint> StartAsync(BenchRun run) => Task.FromResult(new Endpoint(_peer!.Port, _peer.AETitle));

    public Task<ProcessUsage> StopAsync(int expected) => Task.FromResult(default(ProcessUsage));
}
