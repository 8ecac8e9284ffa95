using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>Accepts associations on a TCP port: one thread for the port, one for each association. Nothing a peer does ends the listener.</summary>
public sealed class DicomListener : IDisposable
{
    /// <summary>Connections over the association limit that are still heard, to be told so; with more, those that have been silent longest are closed.</summary>
    private const int OverLimitConnections = 64;
    private static readonly TimeSpan BreathAfterFailure = TimeSpan.FromMilliseconds(50);

    private readonly ListenerOptions _options;
    private readonly Socket _socket;
    private readonly ConcurrentDictionary<ByteTransport, Association?> _open = new();
    private readonly ManualResetEventSlim _stopping = new();
    private readonly SslStreamCertificateContext? _certificate;
    private readonly AssociationSlots _slots;
    private readonly ConnectionRoom _room;

    private DicomListener(ListenerOptions options, Socket socket, SslStreamCertificateContext? certificate)
    {
        _options = options;
        _socket = socket;
        _certificate = certificate;
        _slots = new AssociationSlots(options.MaxAssociations, options.MaxAssociationsPerPeer);
        _room = new ConnectionRoom(options.MaxAssociations + OverLimitConnections);
        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint LocalEndPoint { get; }

    /// <summary>The TCP port it listens on.</summary>
    public int Port => LocalEndPoint.Port;

    /// <summary>Associations now open.</summary>
    public int ActiveAssociations => _slots.Taken;

    /// <summary>Connections now open, those among them that are no association yet or no longer.</summary>
    internal int OpenConnections => _open.Count;

    /// <summary>Binds the port and begins to accept.</summary>
    /// <exception cref="DicomNetworkException">The port is taken (<see cref="NetworkFailure.PortInUse"/>) or may not be bound.</exception>
    public static DicomListener Start(ListenerOptions options)
    {
        // Built once, offline, since no association is to wait for the download of an intermediate certificate; and before the port is taken, since it may fail.
        var certificate = options.Tls is { } tls ? SslStreamCertificateContext.Create(tls.Certificate, [.. tls.Intermediates], offline: true) : null;
        var listener = new DicomListener(options, Bind(options), certificate);
        // Unsafe only in name: the listener outlives whoever starts it, and must not carry their asynchronous context along.
        try
        {
            new Thread(listener.AcceptLoop) { IsBackground = true, Name = $"DICOM listener {listener.Port}" }.UnsafeStart();
            return listener;
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    /// <summary>Frees the port at once and aborts every open association.</summary>
    public void Stop()
    {
        if (_stopping.IsSet)
        {
            return;
        }

        _stopping.Set();
        _socket.Dispose();
        foreach (var (transport, association) in _open)
        {
            if (association is null)
            {
                transport.ShutdownBoth();
            }
            else
            {
                association.Abort();
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Stop();

    private static Socket Bind(ListenerOptions options)
    {
        // One IPv6 socket hears both families, where the machine has IPv6 at all.
        var dual = options.BindAddress is null && Socket.OSSupportsIPv6;
        var address = options.BindAddress ?? (dual ? IPAddress.IPv6Any : IPAddress.Any);
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (dual)
            {
                socket.DualMode = true;
            }

            socket.Bind(new IPEndPoint(address, options.Port));
            socket.Listen(512);
            return socket;
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new DicomNetworkException(
                e.SocketErrorCode == SocketError.AccessDenied
                    ? $"port {options.Port} may not be bound by this user"
                    : $"port {options.Port} on {address} cannot be listened on: {e.Message}",
                isTransient: e.SocketErrorCode == SocketError.AddressAlreadyInUse,
                e)
            {
                Failure = e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied ? NetworkFailure.PortInUse : NetworkFailure.Other,
            };
        }
    }

    private void AcceptLoop()
    {
        var isStarved = false;
        while (!_stopping.IsSet)
        {
            try
            {
                AcceptOne();
                isStarved = false;
            }
            catch (Exception) when (_stopping.IsSet)
            {
                return;
            }
            catch (Exception e) when (e is SocketException || IsStarvation(e))
            {
                // A connection that died in the queue, or nothing left for now to serve it with: the next one may do better. Told once, however long it lasts.
                if (!isStarved && IsStarvation(e))
                {
                    isStarved = true;
                    Tell(null, NetworkErrors.Starved(Port, e));
                }

                _stopping.Wait(BreathAfterFailure);
            }
        }
    }

    private void AcceptOne()
    {
        var connection = _socket.Accept();
        if (Enter(connection) is not { } place)
        {
            connection.Dispose();
            return;
        }

        try
        {
            _options.StartThread(new Thread(() => Serve(place)) { IsBackground = true, Name = $"DICOM association on {Port}" });
        }
        catch
        {
            place.Transport.Dispose();
            _room.Leave(place);
            throw;
        }
    }

    /// <summary>True if the process has no descriptor, thread or memory left.</summary>
    private static bool IsStarvation(Exception e) =>
        e is OutOfMemoryException or ThreadStartException or SocketException { SocketErrorCode: SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable };

    private void Tell(EndPoint? remote, Exception failure)
    {
        try
        {
            _options.OnFailure?.Invoke(remote, failure);
        }
        catch (Exception)
        {
            // There is nobody above to tell, and on a thread of its own what escapes ends the process.
        }
    }

    private ConnectionPlace? Enter(Socket connection)
    {
        try
        {
            return _room.TryEnter(new SocketTransport(connection));
        }
        catch (Exception e) when (NetworkErrors.IsTransport(e))
        {
            // It was reset while it waited to be accepted.
            return null;
        }
    }

    private void Serve(ConnectionPlace place)
    {
        var transport = place.Transport;
        var remote = transport.RemoteEndPoint;
        try
        {
            _open[transport] = null;
            if (_certificate is { } certificate)
            {
                var tls = new TlsTransport(transport, $"{remote}", isClient: false);
                _open[tls] = null;
                _open.TryRemove(transport, out _);
                transport = tls;
                Secure(tls, place.Transport, certificate);
            }

            Serve(place, transport);
        }
        catch (Exception e)
        {
            // The boundary of the thread: whatever went wrong with one peer concerns no other.
            if (!_stopping.IsSet)
            {
                Tell(remote, place.WasLetGo ? NetworkErrors.LetGo($"{remote}", e) : e);
            }
        }
        finally
        {
            _open.TryRemove(transport, out _);
            transport.Dispose();
            place.Transport.Dispose();
            _room.Leave(place);
        }
    }

    private void Serve(ConnectionPlace place, ByteTransport transport)
    {
        var peer = transport.RemoteEndPoint;
        var counted = false;
        using var association = Association.ForConnection(transport, _options);
        // Known before it is answered: a peer that has its A-ASSOCIATE-AC is owed an A-ABORT, whenever the listener stops.
        _open[transport] = association;
        if (_stopping.IsSet)
        {
            return;
        }

        try
        {
            association.Answer(
                _options,
                request =>
                {
                    _room.NoteAsked(place);
                    if (!_slots.TryTake(peer))
                    {
                        return AcceptDecision.RejectLocalLimit();
                    }

                    counted = true;
                    var decision = _options.OnRequest(request with { ActiveAssociations = _slots.Taken });
                    if (decision.Rejection is not null)
                    {
                        Free();
                    }

                    return decision;
                });
            _options.OnAssociation(association);
            Free();
            if (association.IsReleased)
            {
                association.AwaitClose(_options.ArtimTimeout);
            }
        }
        finally
        {
            Free();
        }

        void Free()
        {
            if (counted)
            {
                counted = false;
                _slots.Return(peer);
            }
        }
    }

    private void Secure(TlsTransport tls, ByteTransport plain, SslStreamCertificateContext certificate)
    {
        using var artim = new CancellationTokenSource(_options.ArtimTimeout, _options.TimeProvider);
        using var stop = artim.Token.UnsafeRegister(static t => ((ByteTransport)t!).ShutdownBoth(), plain);
        if (_stopping.IsSet)
        {
            // Whoever stopped the listener may have looked through what is open before this was.
            plain.ShutdownBoth();
        }

        TlsHandshake.AsServer(tls, _options.Tls!, certificate);
    }
}
