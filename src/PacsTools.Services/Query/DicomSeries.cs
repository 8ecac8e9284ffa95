using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>A series as an archive describes it (PS3.4 C.6.1.1.4). Property names are DICOM keywords; what is absent, empty or illegal is null and stays as it came in <see cref="Dataset"/>.</summary>
public sealed record DicomSeries
{
    /// <summary>Patient's Name (0010,0010); as a rule only a relational query or the Patient Root model tells it.</summary>
    public string? PatientName { get; init; }

    /// <summary>Patient ID (0010,0020); as for the name.</summary>
    public string? PatientID { get; init; }

    /// <summary>Study Instance UID (0020,000D) of the study it belongs to.</summary>
    public string? StudyInstanceUID { get; init; }

    /// <summary>Series Instance UID (0020,000E), the unique key.</summary>
    public string? SeriesInstanceUID { get; init; }

    /// <summary>Modality (0008,0060).</summary>
    public string? Modality { get; init; }

    /// <summary>Series Number (0020,0011).</summary>
    public int? SeriesNumber { get; init; }

    /// <summary>Series Description (0008,103E).</summary>
    public string? SeriesDescription { get; init; }

    /// <summary>Series Date (0008,0021).</summary>
    public DateTime? SeriesDate { get; init; }

    /// <summary>Series Time (0008,0031).</summary>
    public TimeSpan? SeriesTime { get; init; }

    /// <summary>Body Part Examined (0018,0015).</summary>
    public string? BodyPartExamined { get; init; }

    /// <summary>Protocol Name (0018,1030).</summary>
    public string? ProtocolName { get; init; }

    /// <summary>Number of Series Related Instances (0020,1209).</summary>
    public int? NumberOfSeriesRelatedInstances { get; init; }

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

    /// <summary>The Series Instance UID; never patient data.</summary>
    public override string ToString() => SeriesInstanceUID ?? "(no SeriesInstanceUID)";
}
