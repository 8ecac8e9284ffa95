using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation.Web;

/// <summary>
/// The socket of one HTTP connection with its read buffer. Every wait is bounded by a timer that shuts the socket down, which wakes up whoever waits.
/// </summary>
internal sealed class HttpWire : IDisposable
{
    private readonly Socket _socket;
    private readonly HttpLimits _limits;
    private readonly ITimer _deadline;
    private readonly byte[] _buffer;
    private SslStream? _tls;
    private long _waitingSince = Stopwatch.GetTimestamp();
    private int _start;
    private int _end;

    public HttpWire(Socket socket, HttpLimits limits, TimeProvider time)
    {
        _socket = socket;
        _socket.NoDelay = true;
        _limits = limits;
        _buffer = new byte[limits.MaxHead];
        _deadline = time.CreateTimer(static wire => ((HttpWire)wire!).Close(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public HttpLimits Limits => _limits;

    /// <summary>Since when nothing is due to the client: before its request is whole, and after its last answer. 0 while it is served.</summary>
    public long WaitingSince => Volatile.Read(ref _waitingSince);

    public System.Net.EndPoint? LocalEndPoint => _socket.LocalEndPoint;

    /// <summary>From now on everything goes by TLS.</summary>
    /// <exception cref="IOException">It did not come about.</exception>
    public void Secure(TlsServerOptions options)
    {
        Bound(_limits.HeadTime);
        SslStream? tls = null;
        try
        {
            tls = new SslStream(new NetworkStream(_socket));
            tls.AuthenticateAsServer(TlsWeb.BuildServer(options, $"{_socket.RemoteEndPoint}"));
            _tls = tls;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException or ObjectDisposedException)
        {
            // The reason is on its way; what the client has sent in the meantime must not wipe it out.
            Finish();
            tls?.Dispose();
            throw new IOException($"TLS did not come about: {e.Message}", e);
        }
        finally
        {
            Unbound();
        }
    }

    /// <summary>Reads up to and past the empty line that ends a head.</summary>
    /// <returns>The head without it, valid until the next read; empty if the client has gone instead.</returns>
    /// <exception cref="HttpError">There is no end to it.</exception>
    /// <exception cref="IOException">The connection is gone, or was too slow.</exception>
    public ReadOnlySpan<byte> ReadHead()
    {
        Volatile.Write(ref _waitingSince, Stopwatch.GetTimestamp());
        Bound(_start < _end ? _limits.HeadTime : _limits.IdleTime);
        try
        {
            var searched = 0;
            while (true)
            {
                // A line end or two before a request is tolerated (RFC 9112 2.2).
                while (_start < _end && searched == 0 && _buffer[_start] is (byte)'\r' or (byte)'\n')
                    _start++;
                if (EndOfHead(searched, out var length, out var size))
                {
                    var head = _buffer.AsSpan(_start, length);
                    _start += size;
                    Volatile.Write(ref _waitingSince, 0);
                    return head;
                }

                searched = Math.Max(0, _end - _start - 3);
                var isFirst = _start == _end;
                if (!Fill())
                    return isFirst ? default : throw new IOException("the client went in the middle of a request");
                if (isFirst)
                    Bound(_limits.HeadTime);
            }
        }
        finally
        {
            Unbound();
        }
    }

    /// <summary>Reads a line of a chunked body.</summary>
    /// <exception cref="HttpError">It is too long.</exception>
    /// <exception cref="IOException">The connection is gone, or was too slow.</exception>
    public string ReadLine(int most)
    {
        Bound(_limits.TransferTime);
        try
        {
            while (true)
            {
                var at = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
                if ((at < 0 ? _end - _start : at) > most)
                    throw HttpError.Malformed("a line of the chunked body is too long");
                if (at >= 0)
                {
                    var line = System.Text.Encoding.Latin1.GetString(_buffer, _start, at).TrimEnd('\r');
                    _start += at + 1;
                    return line;
                }

                if (!Fill())
                    throw new IOException("the client went in the middle of a body");
            }
        }
        finally
        {
            Unbound();
        }
    }

    /// <summary>Reads what has come of a body.</summary>
    /// <exception cref="IOException">The connection is gone, or was too slow.</exception>
    public int Read(Span<byte> target)
    {
        if (_start == _end)
        {
            // Long bodies go past the buffer.
            if (target.Length >= _buffer.Length)
                return Receive(target);
            _start = 0;
            _end = Receive(_buffer);
        }

        var count = Math.Min(target.Length, _end - _start);
        _buffer.AsSpan(_start, count).CopyTo(target);
        _start += count;
        return count;
    }

    /// <exception cref="IOException">The connection is gone, or was too slow.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Bound(_limits.TransferTime);
        try
        {
            while (!bytes.IsEmpty)
                bytes = bytes[Send(bytes)..];
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException("the client has gone", e);
        }
        finally
        {
            Unbound();
        }
    }

    /// <summary>Waits, for as long as it takes, until the client goes or the simulator stops.</summary>
    public void WaitForClientToGo()
    {
        try
        {
            while (ReceiveNow(_buffer) > 0)
            {
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // That is what was waited for.
        }
    }

    /// <summary>Says that nothing more comes and gives the client the chance to read what came: a close with unread bytes would discard it.</summary>
    public void Finish()
    {
        Volatile.Write(ref _waitingSince, Stopwatch.GetTimestamp());
        try
        {
            _tls?.ShutdownAsync().GetAwaiter().GetResult();
            _socket.Shutdown(SocketShutdown.Send);
            for (var left = _limits.MaxDrained; left > 0;)
            {
                var count = Receive(_buffer);
                if (count == 0)
                    break;
                left -= count;
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // It has gone already.
        }
    }

    /// <summary>Ends both directions, from whatever thread: whoever waits here wakes up and disposes.</summary>
    public void Close()
    {
        try
        {
            _socket.Shutdown(SocketShutdown.Both);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client was faster.
        }
    }

    public void Dispose()
    {
        _deadline.Dispose();
        _tls?.Dispose();
        _socket.Dispose();
    }

    private bool EndOfHead(int searched, out int length, out int size)
    {
        var bytes = _buffer.AsSpan(_start, _end - _start);
        var at = bytes[searched..].IndexOf("\r\n\r\n"u8);
        var bare = bytes[searched..].IndexOf("\n\n"u8);
        var isBare = bare >= 0 && (at < 0 || bare < at);
        length = isBare ? searched + bare : searched + at;
        size = length + (isBare ? 2 : 4);
        return at >= 0 || bare >= 0;
    }

    private bool Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
            throw HttpError.Malformed($"the request has more than {_buffer.Length} bytes before its body", 431);
        try
        {
            var count = ReceiveNow(_buffer.AsSpan(_end));
            _end += count;
            return count > 0;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException("the client has gone, or was too slow", e);
        }
    }

    private int Receive(Span<byte> target)
    {
        Bound(_limits.TransferTime);
        try
        {
            return ReceiveNow(target);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            throw new IOException("the client has gone, or was too slow", e);
        }
        finally
        {
            Unbound();
        }
    }

    private int ReceiveNow(Span<byte> target) => _tls?.Read(target) ?? _socket.Receive(target, SocketFlags.None);

    private int Send(ReadOnlySpan<byte> bytes)
    {
        if (_tls is null)
            return _socket.Send(bytes, SocketFlags.None);
        _tls.Write(bytes);
        return bytes.Length;
    }

    private void Bound(TimeSpan time) => _deadline.Change(time, Timeout.InfiniteTimeSpan);

    private void Unbound() => _deadline.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
