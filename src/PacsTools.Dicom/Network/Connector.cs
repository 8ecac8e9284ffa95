using System.Net;
using System.Net.Sockets;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>Opens the transport of a requestor: resolve, connect, TLS; one bound over the three and one reason if they fail.</summary>
internal static class Connector
{
    /// <summary>Connects within the association timeout; blocks.</summary>
    /// <param name="options">Whom and how.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <param name="onlyLook">Goes through with TLS whatever the peer's certificate is like: nothing will be sent.</param>
    public static ByteTransport Connect(AssociationOptions options, CancellationToken cancellation, bool onlyLook = false)
    {
        var peer = $"{options.HostName}:{options.Port}";
        using var timeout = new CancellationTokenSource(options.AssociationTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        var connected = false;
        try
        {
            var plain = ConnectPlain(options, peer, either.Token);
            try
            {
                connected = true;
                return options.Tls is null ? plain : Secure(plain, options, peer, onlyLook, either.Token);
            }
            catch
            {
                plain.Dispose();
                throw;
            }
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception) when (timeout.IsCancellationRequested && connected)
        {
            throw new DicomTimeoutException(
                "Tls",
                options.AssociationTimeout,
                $"{peer} took the connection, but the TLS handshake was not done within {options.AssociationTimeout.TotalSeconds:0.###} s");
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            throw new DicomTimeoutException(
                "Connect",
                options.AssociationTimeout,
                $"no connection to {peer} within {options.AssociationTimeout.TotalSeconds:0.###} s");
        }
    }

    private static SocketTransport ConnectPlain(AssociationOptions options, string peer, CancellationToken cancellation)
    {
        var addresses = Resolve(options.HostName, cancellation);
        options.OnStep?.Invoke(new ConnectionStep(ConnectionStage.Resolved, addresses));
        Socket? socket = null;
        try
        {
            socket = TcpConnector.Connect(addresses, options.Port, options.TimeProvider, cancellation);
            options.OnStep?.Invoke(new ConnectionStep(ConnectionStage.Connected, addresses, socket.LocalEndPoint, socket.RemoteEndPoint));
            return new SocketTransport(socket);
        }
        catch (SocketException e)
        {
            // Also where the peer has reset the connection it just took.
            socket?.Dispose();
            throw NetworkErrors.Connecting(e, peer);
        }
        catch
        {
            socket?.Dispose();
            throw;
        }
    }

    private static IPAddress[] Resolve(string host, CancellationToken cancellation)
    {
        if (IPAddress.TryParse(host, out var literal))
        {
            return [literal];
        }

        try
        {
            var found = Dns.GetHostAddressesAsync(host, cancellation).GetAwaiter().GetResult();
            return found.Length > 0 ? found : throw NetworkErrors.NotResolved(host, null);
        }
        catch (SocketException e)
        {
            throw NetworkErrors.NotResolved(host, e);
        }
        catch (ArgumentException e)
        {
            throw NetworkErrors.NotResolved(host, e);
        }
    }

    private static TlsTransport Secure(SocketTransport plain, AssociationOptions options, string peer, bool onlyLook, CancellationToken cancellation)
    {
        using var stop = cancellation.UnsafeRegister(static t => ((ByteTransport)t!).ShutdownBoth(), plain);
        return TlsHandshake.AsClient(plain, options.Tls!, options.HostName, peer, onlyLook);
    }
}
