using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>A TLS handshake for its own sake, to be told what is there. Sends no byte of DICOM.</summary>
public static class TlsProbe
{
    /// <summary>
    /// Connects, shakes hands and closes; blocks. A certificate that would not do is told in <see cref="TlsSession.Flaw"/>, with the chain it came
    /// with. A peer that wants a certificate of ours and gets none or another is not found out here: TLS 1.3 says so only to an association.
    /// </summary>
    /// <param name="hostName">Host name or address.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="options">What to ask for and to trust.</param>
    /// <param name="timeout">Bound over resolving, connecting and the handshake.</param>
    /// <param name="timeProvider">The clock of the bound.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <exception cref="TlsException">The handshake failed for another reason than the peer's certificate.</exception>
    /// <exception cref="DicomNetworkException">There was no connection.</exception>
    /// <exception cref="DicomTimeoutException">The peer took too long to be connected (<c>Connect</c>) or to shake hands (<c>Tls</c>).</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static TlsSession Run(
        string hostName, int port, TlsClientOptions options, TimeSpan timeout, TimeProvider? timeProvider = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var connection = new AssociationOptions
        {
            HostName = hostName,
            Port = port,
            Contexts = [],
            Tls = options,
            AssociationTimeout = timeout,
            TimeProvider = timeProvider ?? TimeProvider.System,
        };
        using var transport = Connector.Connect(connection, cancellation, onlyLook: true);
        return ((TlsTransport)transport).Session;
    }
}
