using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>An instance as an archive describes it (PS3.4 C.6.1.1.5). Property names are DICOM keywords; what is absent, empty or illegal is null and stays as it came in <see cref="Dataset"/>.</summary>
public sealed record DicomInstanceInfo
{
    /// <summary>Patient's Name (0010,0010); as a rule only a relational query or the Patient Root model tells it.</summary>
    public string? PatientName { get; init; }

    /// <summary>Patient ID (0010,0020); as for the name.</summary>
    public string? PatientID { get; init; }

    /// <summary>Study Instance UID (0020,000D) of the study it belongs to.</summary>
    public string? StudyInstanceUID { get; init; }

    /// <summary>Series Instance UID (0020,000E) of the series it belongs to.</summary>
    public string? SeriesInstanceUID { get; init; }

    /// <summary>SOP Instance UID (0008,0018), the unique key.</summary>
    public string? SOPInstanceUID { get; init; }

    /// <summary>SOP Class UID (0008,0016).</summary>
    public string? SOPClassUID { get; init; }

    /// <summary>Instance Number (0020,0013).</summary>
    public int? InstanceNumber { get; init; }

    /// <summary>Rows (0028,0010).</summary>
    public int? Rows { get; init; }

    /// <summary>Columns (0028,0011).</summary>
    public int? Columns { get; init; }

    /// <summary>Number of Frames (0028,0008); null for what is no multi-frame image.</summary>
    public int? NumberOfFrames { get; init; }

    /// <summary>Instance Availability (0008,0056): ONLINE, NEARLINE, OFFLINE or UNAVAILABLE.</summary>
    public string? InstanceAvailability { get; init; }

    /// <summary>Retrieve AE Title (0008,0054): where it can be retrieved from.</summary>
    public string[] RetrieveAETitle { get; init; } = [];

    /// <summary>The node that answered, as it was reached.</summary>
    public required PacsNode Node { get; init; }

    /// <summary>The whole response.</summary>
    public required DicomDataset Dataset { get; init; }

    /// <summary>Keys asked for and absent from the response, and those the archive declared unsupported (status FF01).</summary>
    public string[] UnsupportedKeys { get; init; } = [];

    /// <summary>The SOP Instance UID; never patient data.</summary>
    public override string ToString() => SOPInstanceUID ?? "(no SOPInstanceUID)";
}
