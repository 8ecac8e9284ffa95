namespace PacsTools.Dicom.Encoding;

/// <summary>
/// How far an item or a sequence reaches (PS3.5 7.5.1). Of undefined length it ends with its delimiter, and in any case within
/// what it is in.
/// </summary>
/// <param name="End">Offset no byte of it lies beyond.</param>
/// <param name="IsOpen">True if a delimiter ends it.</param>
internal readonly record struct Extent(long End, bool IsOpen)
{
    /// <summary>The data set itself, which ends where its bytes do.</summary>
    internal static Extent DataSet => new(long.MaxValue, false);

    /// <summary>What starts in here at an offset with a header's length.</summary>
    internal Extent Inner(long start, ElementHeader header) =>
        header.IsUndefinedLength ? new Extent(End, true) : new Extent(start + header.Length, false);
}
