using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace PacsTools.TestKit.Processes;

/// <summary>
/// Free ports for peers that cannot be told to take port 0. Nothing but binding itself reserves a port, so whoever uses one
/// must check that its own process took it and try again with another; <see cref="Peers.ExternalPeer"/> does.
/// </summary>
public static class LoopbackPort
{
    private static readonly ConcurrentDictionary<int, byte> Given = new();

    /// <summary>A port that was free a moment ago and that this process has not given before.</summary>
    public static int Take()
    {
        for (int i = 0; i < 200; i++)
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Any, 0));
            int port = ((IPEndPoint)socket.LocalEndPoint!).Port;
            if (Given.TryAdd(port, 0))
                return port;
        }
        throw new InvalidOperationException("No free port was found in 200 tries.");
    }

    /// <summary>A port on which nobody listens, for tests that must be refused.</summary>
    public static int Closed() => Take();

    /// <summary>True if someone accepts connections on the loopback port now.</summary>
    public static async Task<bool> IsOpenAsync(int port, CancellationToken cancellationToken = default)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
