using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>What a retrieve brought and what it did not, joined from the archive's counters and the files on disk.</summary>
public sealed record DicomRetrieveReport
{
    /// <summary>The study asked for.</summary>
    public required string StudyInstanceUID { get; init; }

    /// <summary>The node asked.</summary>
    public required PacsNode Node { get; init; }

    /// <summary>True if everything that was asked for is here, as far as anyone can tell.</summary>
    public bool Complete { get; init; }

    /// <summary>Instances to be expected; null if the archive told no numbers.</summary>
    public int? Expected { get; init; }

    /// <summary>Instances that now lie under their final names because of this retrieve, or that the destination of a copy has taken; null if the archive that copied did not count.</summary>
    public int? Stored { get; init; }

    /// <summary>Instances that were there already, byte for byte, or were skipped by wish.</summary>
    public int Duplicate { get; init; }

    /// <summary>Instances the archive could not send or that could not be kept here.</summary>
    public int Failed { get; init; }

    /// <summary>Instances to be expected that neither came nor failed.</summary>
    public int Missing { get; init; }

    /// <summary>Instances that came though nobody had announced them; they are kept.</summary>
    public int Unexpected { get; init; }

    /// <summary>Bytes of the files stored.</summary>
    public long Bytes { get; init; }

    /// <summary>From the start of the first attempt to the end of the last.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The road that was taken last: <c>CMove</c>, <c>CGet</c> or <c>DicomWeb</c>.</summary>
    public required string Method { get; init; }

    /// <summary>Every attempt, with its reason.</summary>
    public IReadOnlyList<RetrieveAttempt> Attempts { get; init; } = [];

    /// <summary>One entry an instance.</summary>
    public IReadOnlyList<DicomInstanceFile> Instances { get; init; } = [];

    /// <summary>The folder the files were put below; null for a copy, of which nothing stays here.</summary>
    public string? Path { get; init; }

    /// <summary>Where a copy went: the node or the AE title; null for what came here.</summary>
    public string? Destination { get; init; }

    /// <summary>The final DIMSE status of the last attempt; null if none came.</summary>
    public ushort? Status { get; init; }

    /// <summary>Why the retrieve is not complete; null if it is.</summary>
    public Exception? Error { get; init; }
}
