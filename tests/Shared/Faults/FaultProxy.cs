using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace PacsTools.TestKit.Faults;

/// <summary>
/// A stretch of network between two peers on 127.0.0.1 that does to each connection what its script says: delays, throttles, fragments, cuts and changes
/// it. A connection counts as open until both peers have closed it, so that what a peer leaves open shows here.
/// </summary>
public sealed class FaultProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<Connection, bool> _open = new();
    private readonly ConcurrentQueue<string> _journal = new();
    private readonly Func<int> _target;
    private readonly LinkKind _kind;
    private readonly Func<int, ConnectionScript> _script;
    private volatile bool _isHealed;
    private int _accepted;
    private int _connections;

    /// <param name="target">The port of the peer that listens, asked for with every connection.</param>
    /// <param name="kind">What passes through.</param>
    /// <param name="script">What happens to each connection, counted from 0.</param>
    public FaultProxy(Func<int> target, LinkKind kind, Func<int, ConnectionScript> script)
    {
        (_target, _kind, _script) = (target, kind, script);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Connections accepted so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Connections that a peer has not closed yet.</summary>
    public int Open => Volatile.Read(ref _connections);

    /// <summary>The faults that struck, in their order.</summary>
    public IReadOnlyList<string> Journal => [.. _journal];

    /// <summary>From now on everything passes untouched. Connections on which something was lost for good are reset, as nothing could make them good again.</summary>
    public void Heal()
    {
        _isHealed = true;
        foreach (Connection connection in _open.Keys)
        {
            connection.There.Heal();
            connection.Back.Heal();
            if (connection.There.IsDead || connection.Back.IsDead)
                connection.Reset();
        }
    }

    /// <summary>Closes the port and drops every connection.</summary>
    public void Dispose()
    {
        _listener.Stop();
        foreach (Connection connection in _open.Keys)
            connection.Drop();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                Socket near = await _listener.AcceptSocketAsync().ConfigureAwait(false);
                int number = Interlocked.Increment(ref _accepted) - 1;
                Interlocked.Increment(ref _connections);
                _ = CarryAsync(near, number, _isHealed ? ConnectionScript.Clean : _script(number));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task CarryAsync(Socket near, int number, ConnectionScript script)
    {
        using var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (near)
        {
            near.NoDelay = true;
            var connection = new Connection(near, far, Pipe(near, far, script.ToServer, '→'), Pipe(far, near, script.ToClient, '←'));
            try
            {
                _open[connection] = true;
                await far.ConnectAsync(IPAddress.Loopback, _target()).ConfigureAwait(false);
                Task<CutKind?> there = connection.There.RunAsync(), back = connection.Back.RunAsync();
                CutKind? end = await (await Task.WhenAny(there, back).ConfigureAwait(false)).ConfigureAwait(false);
                end ??= await (there.IsCompleted ? back : there).ConfigureAwait(false);
                if (end == CutKind.Reset)
                    connection.Reset();
                else
                    connection.Finish();
                // Whatever is left ends with its sockets.
                connection.Drop();
                await Task.WhenAll(there, back).ConfigureAwait(false);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // Nobody listens there: whoever connected learns it by the end of the connection.
            }
            finally
            {
                _open.TryRemove(connection, out _);
                Interlocked.Decrement(ref _connections);
            }
        }

        FaultPipe Pipe(Socket from, Socket to, IReadOnlyList<Fault> faults, char arrow) => new(
            from, to, faults, _kind, what => _journal.Enqueue(string.Create(CultureInfo.InvariantCulture, $"connection {number} {arrow} {what}")));
    }

    private sealed class Connection(Socket near, Socket far, FaultPipe there, FaultPipe back)
    {
        public FaultPipe There => there;

        public FaultPipe Back => back;

        public void Drop()
        {
            near.Dispose();
            far.Dispose();
        }

        /// <summary>FIN to both sides. Closing alone, while the other pipe still waits for bytes, may reset.</summary>
        public void Finish() => OnBoth(socket => socket.Shutdown(SocketShutdown.Send));

        public void Reset()
        {
            OnBoth(socket => socket.LingerState = new LingerOption(true, 0));
            Drop();
        }

        private void OnBoth(Action<Socket> act)
        {
            foreach (Socket socket in new[] { near, far })
            {
                try
                {
                    act(socket);
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    // Gone already.
                }
            }
        }
    }
}
