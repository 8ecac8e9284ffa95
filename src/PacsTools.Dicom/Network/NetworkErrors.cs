using System.Net.Sockets;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>Turns the transport's errors into ours, with words that name the peer.</summary>
internal static class NetworkErrors
{
    public static DicomNetworkException NotResolved(string host, Exception? cause) =>
        new($"the host name '{host}' does not resolve", isTransient: (cause as SocketException)?.SocketErrorCode == SocketError.TryAgain, cause)
        {
            Failure = NetworkFailure.NameNotResolved,
        };

    public static DicomNetworkException Connecting(SocketException e, string peer) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => new($"nothing accepts connections at {peer} (connection refused)", true, e) { Failure = NetworkFailure.ConnectionRefused },
        SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown =>
            new($"{peer} cannot be reached ({e.Message})", true, e) { Failure = NetworkFailure.Unreachable },
        SocketError.TimedOut => new($"{peer} did not answer the connection request", true, e) { Failure = NetworkFailure.Unreachable },
        _ => new($"connecting to {peer} failed: {e.Message}", true, e),
    };

    public static DicomNetworkException Closed(string peer, string when) =>
        new($"{peer} closed the connection {when}", isTransient: true) { Failure = NetworkFailure.ConnectionLost };

    public static DicomNetworkException Lost(Exception e, string peer, string when) =>
        new($"the connection to {peer} broke {when}: {e.Message}", isTransient: true, e) { Failure = NetworkFailure.ConnectionLost };

    public static DicomNetworkException LetGo(string peer, Exception cause) =>
        new($"{peer} had not asked for an association when there were too many connections, and made room for others", isTransient: true, cause);

    public static DicomNetworkException Starved(int port, Exception cause) =>
        new($"a connection to port {port} could not be served, since this process has no descriptors, threads or memory left ({cause.Message})", isTransient: true, cause);

    /// <summary>True for what a transport throws when the connection is gone.</summary>
    public static bool IsTransport(Exception e) => e is SocketException or IOException or ObjectDisposedException;
}
