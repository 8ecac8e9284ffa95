namespace PacsTools.Dicom.Encoding;

/// <summary>How a data set is written.</summary>
public sealed class DatasetWriteOptions
{
    /// <summary>The options used where none are given.</summary>
    public static DatasetWriteOptions Default { get; } = new();

    /// <summary>
    /// True to write sequences and items with undefined length and delimiters; false with their lengths (PS3.5 7.5.1), which every
    /// reader can pass over.
    /// </summary>
    public bool UndefinedLengths { get; init; }
}
