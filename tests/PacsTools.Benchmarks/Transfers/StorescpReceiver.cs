using PacsTools.Benchmarks.Peers;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit;
using PacsTools.TestKit.Peers;

namespace PacsTools.Benchmarks.Transfers;

/// <summary>storescp +B, started anew for each transfer so that it never writes over a file; its folder stays to the end of the benchmark.</summary>
/// <param name="noDelay">Nagle off, which as shipped is on.</param>
/// <param name="arguments">Beside --bit-preserving.</param>
internal sealed class StorescpReceiver(bool noDelay, params string[] arguments) : IReceiver
{
    private Resources? _scope;
    private StorescpPeer? _peer;
    private ProcessUsage _before;

    public Task PrepareAsync(BenchRun run, Resources scope)
    {
        _scope = scope;
        return Task.CompletedTask;
    }

    public async Task<Endpoint> StartAsync(BenchRun run)
    {
        string folder = run.NewFolder();
        // The last --output-directory counts: on the disk that is measured, and kept.
        _peer = _scope!.Add(await StorescpPeer.StartAsync("STORESCP", noDelay, ["--output-directory", folder, .. arguments]));
        Folder = folder;
        _before = PeerUsage.Of(_peer);
        return new Endpoint(_peer.Port, _peer.AETitle);
    }

    private string Folder { get; set; } = "";

    public async Task<ProcessUsage> StopAsync(int expected)
    {
        if (!arguments.Contains("--ignore"))
            await Eventually.TrueAsync(() => Directory.EnumerateFiles(Folder).Count() == expected, $"storescp kept {expected} files");
        ProcessUsage used = PeerUsage.Of(_peer!).Since(_before);
        _peer!.Kill();
        return used;
    }
}
