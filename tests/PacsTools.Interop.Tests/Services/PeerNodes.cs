using PacsTools.Services.Nodes;
using PacsTools.TestKit.Peers;

namespace PacsTools.Interop.Tests.Services;

/// <summary>Peers as jobs know them.</summary>
internal static class PeerNodes
{
    public static PacsNode ToNode(this ExternalPeer peer) =>
        new() { HostName = peer.HostName, Port = peer.Port, CalledAETitle = peer.AETitle };

    /// <summary>Reads a stream of results to its end.</summary>
    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> items)
    {
        List<T> all = [];
        await foreach (T item in items)
            all.Add(item);
        return all;
    }
}
