using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>Opens the transport of a requestor: resolve, connect, TLS; one bound over the three and one reason if they fail.</summary>
internal static class Connector
{
    public static ByteTransport Connect(AssociationOptions options, CancellationToken cancellation)
    {
        var peer = $"{options.HostName}:{options.Port}";
        using var timeout = new CancellationTokenSource(options.AssociationTimeout, options.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        try
        {
            var socket = ConnectSocket(options, peer, either.Token);
            try
            {
                var plain = new SocketTransport(socket);
                return options.Tls is null ? plain : Secure(plain, options, peer, either.Token);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
        catch (Exception) when (timeout.IsCancellationRequested)
        {
            throw new DicomTimeoutException(
                "Connect",
                options.AssociationTimeout,
                $"no connection to {peer} within {options.AssociationTimeout.TotalSeconds:0.###} s");
        }
    }

    private static Socket ConnectSocket(AssociationOptions options, string peer, CancellationToken cancellation)
    {
        SocketException? last = null;
        foreach (var address in Resolve(options.HostName, cancellation))
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                // A blocked connect returns when the socket is disposed.
                using var stop = cancellation.UnsafeRegister(static s => ((Socket)s!).Dispose(), socket);
                socket.Connect(address, options.Port);
                cancellation.ThrowIfCancellationRequested();
                return socket;
            }
            catch (SocketException e)
            {
                socket.Dispose();
                last = e;
                cancellation.ThrowIfCancellationRequested();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw NetworkErrors.Connecting(last!, peer);
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

    private static TlsTransport Secure(SocketTransport plain, AssociationOptions options, string peer, CancellationToken cancellation)
    {
        var tls = new TlsTransport(plain);
        using var stop = cancellation.UnsafeRegister(static t => ((ByteTransport)t!).ShutdownBoth(), plain);
        try
        {
            tls.Stream.AuthenticateAsClient(options.Tls!);
            return tls;
        }
        catch (Exception e) when (e is AuthenticationException or IOException or SocketException or InvalidOperationException)
        {
            tls.Dispose();
            throw new DicomNetworkException($"the TLS handshake with {peer} failed: {e.Message}", isTransient: false, e) { Failure = NetworkFailure.Tls };
        }
    }
}
