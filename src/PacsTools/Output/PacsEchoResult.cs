using System.Management.Automation;
using PacsTools.Services.Nodes;

namespace PacsTools.Output;

/// <summary>The outcome of one C-ECHO (PS3.7 9.1.5). A failure is a result too: <see cref="Success"/> and <see cref="Error"/> tell of it.</summary>
public sealed record PacsEchoResult
{
    /// <summary>The node as it was reached.</summary>
    public required PacsNode Node { get; init; }

    /// <summary>Host name or address called.</summary>
    public string HostName => Node.HostName;

    /// <summary>Port called.</summary>
    public int Port => Node.Port;

    /// <summary>AE title called.</summary>
    public string CalledAETitle => Node.CalledAETitle;

    /// <summary>True if the node answered with status 0000.</summary>
    public bool Success { get; init; }

    /// <summary>The status answered; null if none came.</summary>
    public ushort? Status { get; init; }

    /// <summary>Milliseconds from the request to its response; null if none came.</summary>
    public double? RoundtripTime { get; init; }

    /// <summary>Milliseconds from connecting to the accepted association; null if there was none.</summary>
    public double? AssociationTime { get; init; }

    /// <summary>Implementation Version Name of the peer (PS3.7 D.3.3.2); null if it sent none.</summary>
    public string? ImplementationVersionName { get; init; }

    /// <summary>Implementation Class UID of the peer (PS3.7 D.3.3.2); null if there was no association.</summary>
    public string? ImplementationClassUID { get; init; }

    /// <summary>The longest P-DATA-TF the peer takes (PS3.8 D.1), in bytes; 0 is unlimited.</summary>
    public uint? MaxPduLength { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public ErrorRecord? Error { get; init; }
}
