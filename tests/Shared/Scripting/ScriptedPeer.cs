using System.Net;
using System.Net.Sockets;

namespace PacsTools.TestKit.Scripting;

/// <summary>
/// A peer on 127.0.0.1 that does what a script says, connection by connection. A script that fails fails the test: await
/// <see cref="Completion"/>, or let <see cref="DisposeAsync"/> throw. To stall, a script awaits a
/// <see cref="TaskCompletionSource"/> of the test's; never a clock.
/// </summary>
public sealed class ScriptedPeer : IAsyncDisposable
{
    private static readonly TimeSpan ConnectionBound = TimeSpan.FromSeconds(60);
    private readonly Socket _listener;
    private readonly CancellationTokenSource _stop = new();
    private int _accepted;

    private ScriptedPeer(IReadOnlyList<Func<ScriptedConnection, Task>> scripts, bool repeatLast)
    {
        _listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(64);
        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        Completion = RunAsync(scripts, repeatLast);
    }

    public int Port { get; }

    public string HostName => "127.0.0.1";

    /// <summary>Connections taken so far.</summary>
    public int Accepted => Volatile.Read(ref _accepted);

    /// <summary>Ends when every script has ended; faulted with the first failure.</summary>
    public Task Completion { get; }

    /// <summary>Takes one connection for each script, in order, and runs them side by side.</summary>
    public static ScriptedPeer Listen(params Func<ScriptedConnection, Task>[] scripts) => new(scripts, repeatLast: false);

    /// <summary>Takes any number of connections and runs the script on each, until disposed.</summary>
    public static ScriptedPeer ListenForever(Func<ScriptedConnection, Task> script) => new([script], repeatLast: true);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        await Completion.WaitAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RunAsync(IReadOnlyList<Func<ScriptedConnection, Task>> scripts, bool repeatLast)
    {
        var running = new List<Task>();
        try
        {
            for (int i = 0; repeatLast || i < scripts.Count; i++)
            {
                Task<Socket> next = _listener.AcceptAsync(_stop.Token).AsTask();
                Socket socket = await (repeatLast ? next : next.WaitAsync(ConnectionBound)).ConfigureAwait(false);
                Interlocked.Increment(ref _accepted);
                running.Add(RunOneAsync(scripts[Math.Min(i, scripts.Count - 1)], socket));
            }
        }
        catch (Exception e) when (_stop.IsCancellationRequested && e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed while waiting for a connection: scripts whose connection never came are the test's own to notice.
        }
        await Task.WhenAll(running).ConfigureAwait(false);
    }

    private static async Task RunOneAsync(Func<ScriptedConnection, Task> script, Socket socket)
    {
        var connection = new ScriptedConnection(socket);
        await using (connection.ConfigureAwait(false))
            await script(connection).ConfigureAwait(false);
    }
}
