using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>Where an application entity listens.</summary>
/// <param name="HostName">Host name or address.</param>
/// <param name="Port">TCP port.</param>
internal sealed record MoveTarget(string HostName, int Port)
{
    /// <summary>How it is reached by TLS; null for plain TCP.</summary>
    public TlsClientOptions? Tls { get; init; }
}
