namespace PacsTools.Dicom.Encoding;

/// <summary>Something in a data set that PS3.5 does not allow and that was tolerated.</summary>
/// <param name="Message">What it is, naming the element; never a value.</param>
/// <param name="Offset">Offset in bytes from the start of the data set (of the file, if read from one).</param>
public sealed record DatasetProblem(string Message, long Offset)
{
    /// <summary>True if the whole data set is in another encoding than its transfer syntax says; it was read in the one it is in.</summary>
    public bool IsOtherEncoding { get; init; }
}
