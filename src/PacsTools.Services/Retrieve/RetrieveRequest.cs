using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>What to retrieve, from where, and where to.</summary>
internal sealed record RetrieveRequest
{
    public required PacsNode Node { get; init; }

    public RetrieveLevel Level { get; init; }

    /// <summary>The study; never empty.</summary>
    public required string StudyInstanceUID { get; init; }

    /// <summary>The series, one or more at level Series, exactly one at level Image.</summary>
    public IReadOnlyList<string> SeriesInstanceUIDs { get; init; } = [];

    /// <summary>The instances, one or more at level Image.</summary>
    public IReadOnlyList<string> SOPInstanceUIDs { get; init; } = [];

    /// <summary>Needed by Patient Root.</summary>
    public string? PatientID { get; init; }

    public RetrieveMethod Method { get; init; }

    /// <summary>The folder to put files below; null for temporary storage of the operation's own.</summary>
    public string? Destination { get; init; }

    /// <summary>The layout below the destination; null for the default.</summary>
    public PathLayout? Layout { get; init; }

    public IfExists IfExists { get; init; }

    /// <summary>fsync of file and folder before the archive is told success.</summary>
    public bool FlushToDisk { get; init; }

    /// <summary>Which Storage SCP the archive is to send to.</summary>
    public StorageScpChoice Scp { get; init; } = StorageScpChoice.Default;

    /// <summary>Do not ask the archive by C-FIND what there is; its counters are believed.</summary>
    public bool NoVerify { get; init; }

    /// <summary>Do not fetch what lies whole in the destination already. It takes the archive's list of instances, whatever <see cref="NoVerify"/> says.</summary>
    public bool Resume { get; init; }

    /// <summary>Where files only pass through on their way to somewhere else; null if they stay. The destination is its folder then.</summary>
    public IRetrieveSpool? Spool { get; init; }

    /// <summary>Tells with <see cref="Resume"/> what of the list need not be fetched; null to look for it in the destination.</summary>
    public Func<ExpectedSet, CancellationToken, Task<IReadOnlyList<DicomInstanceFile>>>? FindHeld { get; init; }

    /// <summary>Bounds the bytes a second, together with all who share it; null for none.</summary>
    public RateLimit? Rate { get; init; }

    /// <summary>Inactivity bound of one try; null for the node's, else the default.</summary>
    public TimeSpan? Timeout { get; init; }

    public RetryPolicy Retry { get; init; } = new();

    /// <summary>How many results may wait for the consumer before the archive is made to wait.</summary>
    public int QueueLength { get; init; } = 256;
}
