using PacsTools.Services.Nodes;

namespace PacsTools.Services.Diagnosis;

/// <summary>The outcome of one C-ECHO.</summary>
internal sealed record EchoResult
{
    public required PacsNode Node { get; init; }

    public bool Success { get; init; }

    /// <summary>The status answered; null if none came.</summary>
    public ushort? Status { get; init; }

    /// <summary>Milliseconds from the request to its response; null if none came.</summary>
    public double? RoundtripTime { get; init; }

    /// <summary>Milliseconds from connecting to the accepted association; null if there was none.</summary>
    public double? AssociationTime { get; init; }

    public string? ImplementationVersionName { get; init; }

    public string? ImplementationClassUID { get; init; }

    /// <summary>The longest P-DATA-TF the peer takes, in bytes; 0 is unlimited.</summary>
    public uint? MaxPduLength { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public Exception? Error { get; init; }
}
