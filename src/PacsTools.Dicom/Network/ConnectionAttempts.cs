using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;

namespace PacsTools.Dicom.Network;

/// <summary>
/// The attempts to connect to one host, of which the first that succeeds wins. The caller's thread makes them in turn; when one of them keeps silent, another
/// thread goes on with the next address beside it. Each blocks, since a socket that was ever used asynchronously stays non-blocking.
/// </summary>
internal sealed class ConnectionAttempts(IReadOnlyList<IPAddress> addresses, int port, TimeProvider time, Action<Socket, IPEndPoint> connect)
{
    /// <summary>Connection Attempt Delay (RFC 8305 5): the silence after which the next address is tried beside the one before.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(250);

    private readonly object _gate = new();
    private readonly List<Socket> _trying = [];
    private int _next;
    private int _threads;
    private bool _over;
    private Socket? _connected;
    private Exception? _reason;

    /// <summary>Makes the attempts; once.</summary>
    /// <exception cref="SocketException">All have failed.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public Socket Run(CancellationToken cancellation)
    {
        using (addresses.Count > 1 ? time.CreateTimer(static a => ((ConnectionAttempts)a!).GoOnBeside(), this, Delay, Delay) : null)
        using (cancellation.UnsafeRegister(static a => ((ConnectionAttempts)a!).End(null), this))
        {
            TryInTurn();
            lock (_gate)
            {
                while (!_over && _threads > 0)
                {
                    Monitor.Wait(_gate);
                }
            }
        }

        // From here on nothing begins any more, the timer's last call included.
        End(null);
        if (cancellation.IsCancellationRequested)
        {
            _connected?.Dispose();
            throw new OperationCanceledException(cancellation);
        }

        if (_connected is null)
        {
            ExceptionDispatchInfo.Throw(_reason ?? new SocketException((int)SocketError.HostNotFound));
        }

        return _connected;
    }

    private void GoOnBeside()
    {
        lock (_gate)
        {
            if (_over || _next == addresses.Count)
            {
                return;
            }

            _threads++;
        }

        try
        {
            new Thread(() =>
            {
                TryInTurn();
                Leave();
            })
            { IsBackground = true, Name = "Connecting" }.UnsafeStart();
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            // No thread left: what is being tried goes on, and the timer asks again. On its thread what escapes would end the process.
            Leave();
        }
    }

    private void Leave()
    {
        lock (_gate)
        {
            _threads--;
            Monitor.PulseAll(_gate);
        }
    }

    private void TryInTurn()
    {
        while (Next() is { } address)
        {
            Socket? socket = null;
            try
            {
                socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
                if (!Enter(socket))
                {
                    return;
                }

                connect(socket, new IPEndPoint(address, port));
                End(socket);
                return;
            }
            catch (Exception e)
            {
                // Also where the machine has no such address family. Whatever it is, it belongs to whoever waits, and not to this thread.
                Note(e);
                socket?.Dispose();
            }
        }
    }

    private IPAddress? Next()
    {
        lock (_gate)
        {
            return _over || _next == addresses.Count ? null : addresses[_next++];
        }
    }

    private bool Enter(Socket socket)
    {
        lock (_gate)
        {
            if (!_over)
            {
                _trying.Add(socket);
                return true;
            }
        }

        socket.Dispose();
        return false;
    }

    // That somebody refuses says more than that somebody else is silent or not there.
    private void Note(Exception reason)
    {
        lock (_gate)
        {
            if (!_over && _reason is not SocketException { SocketErrorCode: SocketError.ConnectionRefused })
            {
                _reason = reason;
            }
        }
    }

    // A blocked connect returns when its socket is disposed.
    private void End(Socket? connected)
    {
        Socket[] others;
        lock (_gate)
        {
            others = _over ? connected is null ? [] : [connected] : [.. _trying.Where(s => s != connected)];
            if (!_over)
            {
                _over = true;
                _connected = connected;
            }

            _trying.Clear();
            Monitor.PulseAll(_gate);
        }

        foreach (var other in others)
        {
            other.Dispose();
        }
    }
}
