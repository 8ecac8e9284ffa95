using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;

namespace PacsTools.Dicom.Files;

/// <summary>How much of a file is read. By default the header: everything before the pixel data, which is left in the file.</summary>
public sealed class DicomFileReadOptions
{
    private const long LargeHeaderValue = 1 << 20;
    private const long MaxHeaderBytes = 64 << 20;

    /// <summary>True to read pixel data and what follows it; values over 2 GB stay in the file even then.</summary>
    public bool ReadPixelData { get; init; }

    /// <summary>Reading ends before the first element of the data set with this tag or a higher one.</summary>
    public DicomTag? StopBefore { get; init; }

    /// <summary>
    /// Values longer than this many bytes stay in the file. Null is 1 MiB for a header (and 64 MiB for all its values), all if
    /// <see cref="ReadPixelData"/> is set.
    /// </summary>
    public long? DeferLongerThan { get; init; }

    /// <summary>As <see cref="DatasetReadOptions.Lenient"/>, for the data set.</summary>
    public bool Lenient { get; init; }

    /// <summary>As <see cref="DatasetReadOptions.Problems"/>, for the data set.</summary>
    public ICollection<DatasetProblem>? Problems { get; init; }

    /// <summary>As <see cref="DatasetReadOptions.MaxInflatedBytes"/>.</summary>
    public long MaxInflatedBytes { get; init; } = DatasetReadOptions.Default.MaxInflatedBytes;

    internal static DicomFileReadOptions Default { get; } = new();

    internal DatasetReadOptions ForDataset(long offset) => new()
    {
        BaseOffset = offset,
        StopBefore = StopBefore,
        StopAtPixelData = !ReadPixelData,
        DeferLongerThan = DeferLongerThan ?? (ReadPixelData ? null : LargeHeaderValue),
        MaxLoadedBytes = ReadPixelData ? long.MaxValue : MaxHeaderBytes,
        MaxInflatedBytes = MaxInflatedBytes,
        Lenient = Lenient,
        Problems = Problems,
    };
}
