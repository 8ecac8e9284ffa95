using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation.Web;

/// <summary>
/// A small HTTP/1.1 server (RFC 9112): a thread that accepts, and one for each connection, up to a limit. HttpListener would be at hand, but can
/// neither take any free port nor break an answer off, which is what faults are made of.
/// </summary>
internal sealed class HttpServer : IDisposable
{
    private static readonly TimeSpan s_breathAfterFailure = TimeSpan.FromMilliseconds(50);

    private readonly Socket _listener;
    private readonly TlsServerOptions? _tls;
    private readonly HttpLimits _limits;
    private readonly TimeProvider _time;
    private readonly Action<HttpWire, HttpHead, HttpBody, HttpReply> _serve;
    private readonly Action<Exception> _onFailure;
    private readonly ConcurrentDictionary<HttpWire, bool> _open = new();
    private readonly SessionCounter _sessions = new();
    private readonly ManualResetEventSlim _stopping = new();

    /// <exception cref="DicomNetworkException">The port cannot be opened.</exception>
    public HttpServer(
        IPAddress address, int port, TlsServerOptions? tls, HttpLimits limits, TimeProvider time, Action<HttpWire, HttpHead, HttpBody, HttpReply> serve, Action<Exception> onFailure)
    {
        _tls = tls;
        _limits = limits;
        _time = time;
        _serve = serve;
        _onFailure = onFailure;
        _listener = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _listener.Bind(new IPEndPoint(address, port));
            _listener.Listen();
        }
        catch (SocketException e)
        {
            _listener.Dispose();
            throw new DicomNetworkException($"the DICOMweb port {port} on {address} cannot be listened on: {e.Message}", isTransient: false, e) { Failure = NetworkFailure.PortInUse };
        }

        Port = ((IPEndPoint)_listener.LocalEndPoint!).Port;
        new Thread(Accept) { IsBackground = true, Name = "DICOMweb listener" }.Start();
    }

    public int Port { get; }

    /// <summary>Closes the port and every connection, and waits for their threads.</summary>
    public void Dispose()
    {
        _stopping.Set();
        _listener.Dispose();
        foreach (var wire in _open.Keys)
            wire.Close();
        _sessions.WaitForAll();
    }

    private void Accept()
    {
        while (!_stopping.IsSet)
        {
            try
            {
                AcceptOne();
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OutOfMemoryException or ThreadStartException)
            {
                // The end; or a client that was gone before it was accepted, or no descriptor, thread or memory left for now: the next one may do better.
                _stopping.Wait(s_breathAfterFailure);
            }
        }
    }

    private void AcceptOne()
    {
        var connection = _listener.Accept();
        HttpWire wire;
        try
        {
            wire = new HttpWire(connection, _limits, _time);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It was reset while it waited to be accepted.
            connection.Dispose();
            return;
        }

        try
        {
            Enter(wire);
        }
        catch
        {
            _open.TryRemove(wire, out _);
            wire.Dispose();
            throw;
        }
    }

    private void Enter(HttpWire wire)
    {
        if (_open.Count >= _limits.MaxConnections && !LetOneGo())
        {
            Refuse(wire);
            return;
        }

        _open[wire] = true;
        new Thread(() => Serve(wire)) { IsBackground = true, Name = "DICOMweb connection" }.Start();
    }

    /// <summary>Closes the connection that has waited longest for a request that has not come: a crowd of the silent keeps nobody out who speaks.</summary>
    /// <returns>False if all are at work.</returns>
    private bool LetOneGo()
    {
        if (_open.Keys.Where(wire => wire.WaitingSince > 0).MinBy(wire => wire.WaitingSince) is not { } idle)
            return false;
        _open.TryRemove(idle, out _);
        idle.Close();
        return true;
    }

    private static void Refuse(HttpWire wire)
    {
        using (wire)
        {
            try
            {
                new HttpReply(wire, null).Send(new HttpError(503, "there are too many connections", ("Retry-After", "1")));
            }
            catch (IOException)
            {
                // It did not wait for that.
            }
        }
    }

    private void Serve(HttpWire wire)
    {
        using (_sessions.Enter())
        using (wire)
        {
            try
            {
                if (_tls is not null)
                    wire.Secure(_tls);
                // A connection that came while the server stopped was not seen by it.
                while (!_stopping.IsSet && ServeOne(wire))
                {
                }
            }
            catch (Exception e)
            {
                // The boundary of the thread: whatever leaves it ends the user's process.
                _onFailure(e);
            }
            finally
            {
                _open.TryRemove(wire, out _);
            }
        }
    }

    /// <returns>True if the connection can be used again.</returns>
    private bool ServeOne(HttpWire wire)
    {
        HttpHead? head = null;
        HttpReply? reply = null;
        try
        {
            var bytes = wire.ReadHead();
            if (bytes.IsEmpty)
                return false;
            head = HttpHeadParser.Parse(bytes, _limits.MaxHeaders);
            reply = new HttpReply(wire, head);
            var body = new HttpBody(wire, head.ContentLength, head.ExpectsContinue ? reply.Continue : null);
            Answer(wire, head, body, reply);
            if (!reply.Closes && body.Drain())
                return true;
        }
        catch (HttpError e)
        {
            _onFailure(e);
            if (reply is { HasBegun: true })
                return false;
            new HttpReply(wire, head) { Closes = true }.Send(e);
        }

        wire.Finish();
        return false;
    }

    private void Answer(HttpWire wire, HttpHead head, HttpBody body, HttpReply reply)
    {
        try
        {
            _serve(wire, head, body, reply);
        }
        catch (HttpError e) when (!reply.HasBegun && !e.EndsConnection)
        {
            reply.Closes |= !body.IsAtEnd && head.ExpectsContinue;
            reply.Send(e);
        }
        catch (Exception e) when (e is not (HttpError or IOException))
        {
            // Nothing a client sends may end the process; it is our own fault, and said to be.
            _onFailure(e);
            if (reply.HasBegun)
                throw new IOException($"an answer could not be completed: {e.Message}", e);
            reply.Closes = true;
            reply.Send(new HttpError(500, e.Message));
        }
    }
}
