using System.Net;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Storage;

/// <summary>Storage SCPs on free ports of the loopback interface, and the folder they receive into.</summary>
internal sealed class ScpFixture : IDisposable
{
    private readonly List<StorageScp> _started = [];

    public TemporaryFolder Folder { get; } = new();

    public string In => Folder["in"];

    public StorageScp Start(Func<StorageScpOptions, StorageScpOptions>? change = null)
    {
        var options = new StorageScpOptions { AETitle = "STORE_SCP", Port = 0, BindAddress = IPAddress.Loopback, Accept = StorageScpAccept.Any, Path = In };
        var scp = StorageScp.Start(change?.Invoke(options) ?? options);
        _started.Add(scp);
        return scp;
    }

    public List<string> Files() => Directory.Exists(In) ? [.. Directory.EnumerateFiles(In, "*", SearchOption.AllDirectories)] : [];

    /// <summary>Stores on an association of its own and returns the statuses.</summary>
    public static List<ushort> Store(StorageScp scp, params IReadOnlyList<TestInstance> instances)
    {
        using var client = StoreClient.Open(scp.Port, instances);
        return [.. instances.Select(i => client.Store(i).Status)];
    }

    public void Dispose()
    {
        foreach (var scp in _started)
            scp.Stop();
        Folder.Dispose();
    }
}
