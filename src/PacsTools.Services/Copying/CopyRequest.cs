using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;

namespace PacsTools.Services.Copying;

/// <summary>What to copy and where to: to a node by way of us, or to an AE title the archive sends to itself. One of the two.</summary>
internal sealed record CopyRequest
{
    /// <summary>What to copy, from where, and how it is fetched; its destination is not looked at.</summary>
    public required RetrieveRequest Source { get; init; }

    /// <summary>The node to relay to; null for a C-MOVE to a third party.</summary>
    public PacsNode? DestinationNode { get; init; }

    /// <summary>The move destination; null for a relay.</summary>
    public string? DestinationAETitle { get; init; }

    /// <summary>The folder to pass files through in; null for temporary storage.</summary>
    public string? SpoolRoot { get; init; }

    /// <summary>The destination in words.</summary>
    public string Destination => DestinationNode?.ToString() ?? DestinationAETitle ?? "";

    /// <summary>What is being done, for progress.</summary>
    public string Activity => $"Copying from {Source.Node} to {Destination}";

    /// <summary>An error of this copy.</summary>
    public RetrieveException Error(string id, string text, string? advice, Exception? cause = null, ushort? status = null) => new(id, text, cause)
    {
        Node = Source.Node,
        StudyInstanceUID = Source.StudyInstanceUID,
        Status = status,
        Advice = advice,
    };
}
