using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Json;

/// <summary>A value that is not in the JSON itself (PS3.18 F.2.6).</summary>
/// <param name="Path">The element's place, such as <c>7FE00010</c> or <c>54000100/0/54001010</c>.</param>
/// <param name="VR">Its value representation.</param>
/// <param name="Uri">Where the value is, as the server wrote it; it may be relative.</param>
public sealed record BulkDataReference(string Path, DicomVR VR, string Uri);

/// <summary>How JSON is read, and the bounds it must keep.</summary>
public sealed class DicomJsonReadOptions
{
    /// <summary>The options used where none are given.</summary>
    public static DicomJsonReadOptions Default { get; } = new();

    /// <summary>Bytes of JSON that one data set of a stream may have; more is an error.</summary>
    public int MaxDatasetBytes { get; init; } = 64 << 20;

    /// <summary>Takes what is elsewhere, whose elements are not in the data set; null if nobody wants to know. Not for two reads at a time.</summary>
    public ICollection<BulkDataReference>? BulkData { get; init; }

    /// <summary>
    /// Takes the elements of group 0002, which do not belong into the model but which some servers send; null leaves them out. Not for two reads
    /// at a time.
    /// </summary>
    public DicomDataset? FileMetaInformation { get; init; }
}
