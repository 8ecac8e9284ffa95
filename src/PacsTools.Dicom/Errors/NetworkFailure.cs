namespace PacsTools.Dicom.Errors;

/// <summary>The kinds of transport failure that call for different advice.</summary>
public enum NetworkFailure
{
    /// <summary>None of the others.</summary>
    Other,

    /// <summary>The host name does not resolve.</summary>
    NameNotResolved,

    /// <summary>Nothing listens on the port.</summary>
    ConnectionRefused,

    /// <summary>No route to the host or network.</summary>
    Unreachable,

    /// <summary>The peer reset or closed the connection.</summary>
    ConnectionLost,

    /// <summary>The TLS handshake failed.</summary>
    Tls,

    /// <summary>A local port is taken or may not be bound.</summary>
    PortInUse,
}
