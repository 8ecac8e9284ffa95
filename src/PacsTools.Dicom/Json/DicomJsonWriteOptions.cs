using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Json;

/// <summary>Says where a value is to be had that is not in the JSON itself (PS3.18 F.2.6).</summary>
/// <param name="path">
/// Where the element is: its tag, before it the sequences and the numbers (from 0) of the items it is in, such as <c>7FE00010</c> or
/// <c>54000100/0/54001010</c>.
/// </param>
/// <param name="element">The element.</param>
/// <returns>The URI; null leaves the element out.</returns>
public delegate string? BulkDataLocator(string path, DicomElement element);

/// <summary>How a data set is written as JSON.</summary>
public sealed class DicomJsonWriteOptions
{
    /// <summary>The options used where none are given: everything inline, no line breaks.</summary>
    public static DicomJsonWriteOptions Default { get; } = new();

    /// <summary>
    /// Gives the URI of what is not written inline: values left in their file, encapsulated pixel data, and values longer than
    /// <see cref="InlineLimit"/>. Null: such an element is an error.
    /// </summary>
    public BulkDataLocator? BulkData { get; init; }

    /// <summary>Bytes of the longest value written inline. At most 100,000,000, which is what a JSON text can take.</summary>
    public long InlineLimit { get; init; } = 100_000_000;

    /// <summary>True for one member a line, for people.</summary>
    public bool Indented { get; init; }
}
