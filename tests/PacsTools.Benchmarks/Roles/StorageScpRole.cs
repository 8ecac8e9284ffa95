using System.Net;
using PacsTools.Benchmarks.Children;
using PacsTools.Services.Storage;

namespace PacsTools.Benchmarks.Roles;

/// <summary>The product's Storage SCP. Jobs: start (folder), stop.</summary>
internal sealed class StorageScpRole : IRole
{
    private readonly StorageScpRegistry _registry = new();
    private StorageScp? _scp;

    public Task<Answer> DoAsync(string[] words)
    {
        if (words[0] == "stop")
        {
            long received = _scp!.Received, failed = _scp.Failed + _scp.Refused;
            _registry.StopAll();
            return Task.FromResult(new Answer(("received", received), ("failed", failed)));
        }
        _scp = _registry.Start(new StorageScpOptions
        {
            AETitle = "BENCH",
            Port = 0,
            BindAddress = IPAddress.Loopback,
            Accept = StorageScpAccept.Any,
            Path = words[1],
        });
        return Task.FromResult(new Answer(("port", _scp.Port)));
    }
}
