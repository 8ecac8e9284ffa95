using System.Net;

namespace PacsTools.Dicom.Network;

/// <summary>How far a requestor has come on its way to a peer.</summary>
public enum ConnectionStage
{
    /// <summary>The host name has an address.</summary>
    Resolved,

    /// <summary>TCP is connected.</summary>
    Connected,
}

/// <summary>A step that was taken, told at the moment it was.</summary>
/// <param name="Stage">Which.</param>
/// <param name="Addresses">The addresses of the host.</param>
/// <param name="Local">Our end of the connection, once there is one.</param>
/// <param name="Remote">The peer's end.</param>
public sealed record ConnectionStep(ConnectionStage Stage, IReadOnlyList<IPAddress> Addresses, EndPoint? Local = null, EndPoint? Remote = null);
