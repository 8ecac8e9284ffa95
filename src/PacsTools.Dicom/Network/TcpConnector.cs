using System.Net;
using System.Net.Sockets;

namespace PacsTools.Dicom.Network;

/// <summary>Opens TCP connections, as a requestor of associations does, for whoever needs one to a host that may have several addresses.</summary>
public static class TcpConnector
{
    /// <summary>
    /// Connects to the first of a host's addresses that takes the connection; blocks. The next one is tried when the one before has failed, or beside it when
    /// that has been silent for 250 ms (RFC 8305): one that leads nowhere costs that moment, and not all the time there is.
    /// </summary>
    /// <param name="addresses">The addresses, the best first.</param>
    /// <param name="port">The TCP port.</param>
    /// <param name="time">The clock of the 250 ms.</param>
    /// <param name="cancellation">Ends the attempts. It is the only bound: a silent host is otherwise waited for as long as the system does.</param>
    /// <returns>The connected socket, blocking; the caller's to dispose.</returns>
    /// <exception cref="SocketException">No address takes the connection. Of several reasons a refusal is told, else the last.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Socket Connect(IReadOnlyList<IPAddress> addresses, int port, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(addresses);
        ArgumentNullException.ThrowIfNull(time);
        return new ConnectionAttempts(addresses, port, time, static (socket, to) => socket.Connect(to)).Run(cancellation);
    }
}
