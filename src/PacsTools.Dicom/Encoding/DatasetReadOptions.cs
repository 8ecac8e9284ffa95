using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Encoding;

/// <summary>How a data set is read, and the bounds it must keep. The defaults are strict and read everything.</summary>
public sealed class DatasetReadOptions
{
    /// <summary>The most that is put into <see cref="Problems"/>.</summary>
    internal const int MaxProblems = 1000;

    /// <summary>The options used where none are given.</summary>
    public static DatasetReadOptions Default { get; } = new();

    /// <summary>
    /// Reading ends before the first top-level element with this tag or a higher one; null reads to the end.
    /// </summary>
    public DicomTag? StopBefore { get; init; }

    /// <summary>
    /// True to keep what could be read instead of throwing, as for responses of archives: a broken sequence whose length is known
    /// is passed over, anything else broken ends the data set. What was wrong goes to <see cref="Problems"/>.
    /// </summary>
    public bool Lenient { get; init; }

    /// <summary>Takes what was wrong and was tolerated, in either mode, up to a thousand of it; null if nobody wants to know. Not for two reads at a time.</summary>
    public ICollection<DatasetProblem>? Problems { get; init; }

    /// <summary>Bytes a deflated data set may inflate to; reading more is an error.</summary>
    public long MaxInflatedBytes { get; init; } = 256L << 20;

    /// <summary>Elements and items in all, those nested included; reading more is an error.</summary>
    public int MaxElements { get; init; } = 2_000_000;

    /// <summary>
    /// Values longer than this many bytes are not loaded: their elements say where they are. The fragments of encapsulated pixel data count
    /// together as one value. Null loads all up to 2 GB, the most an array can hold; longer ones (of fragments, each) are never loaded.
    /// </summary>
    public long? DeferLongerThan { get; init; }

    /// <summary>Bytes of values loaded in all; what would exceed them is deferred too.</summary>
    public long MaxLoadedBytes { get; init; } = long.MaxValue;

    /// <summary>Added to offsets of deferred values and of errors: where in the file the data set starts.</summary>
    internal long BaseOffset { get; init; }

    /// <summary>Reading ends before the first top-level element, in little endian, of another group; null reads all groups.</summary>
    internal ushort? OnlyGroup { get; init; }

    /// <summary>True to end with pixel data, whose element is deferred.</summary>
    internal bool StopAtPixelData { get; init; }
}
