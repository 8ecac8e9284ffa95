using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>A study as an archive describes it (PS3.4 C.6.2.1.2). Property names are DICOM keywords; what is absent, empty or illegal is null and stays as it came in <see cref="Dataset"/>.</summary>
public sealed record DicomStudy
{
    /// <summary>Patient's Name (0010,0010), all groups as in DICOM.</summary>
    public string? PatientName { get; init; }

    /// <summary>Patient ID (0010,0020).</summary>
    public string? PatientID { get; init; }

    /// <summary>Patient's Birth Date (0010,0030).</summary>
    public DateTime? PatientBirthDate { get; init; }

    /// <summary>Patient's Sex (0010,0040).</summary>
    public string? PatientSex { get; init; }

    /// <summary>Study Date (0008,0020).</summary>
    public DateTime? StudyDate { get; init; }

    /// <summary>Study Time (0008,0030).</summary>
    public TimeSpan? StudyTime { get; init; }

    /// <summary>Accession Number (0008,0050).</summary>
    public string? AccessionNumber { get; init; }

    /// <summary>Study ID (0020,0010).</summary>
    public string? StudyID { get; init; }

    /// <summary>Study Description (0008,1030).</summary>
    public string? StudyDescription { get; init; }

    /// <summary>Modalities in Study (0008,0061); empty if the archive did not say.</summary>
    public string[] ModalitiesInStudy { get; init; } = [];

    /// <summary>Referring Physician's Name (0008,0090).</summary>
    public string? ReferringPhysicianName { get; init; }

    /// <summary>Number of Study Related Series (0020,1206).</summary>
    public int? NumberOfStudyRelatedSeries { get; init; }

    /// <summary>Number of Study Related Instances (0020,1208).</summary>
    public int? NumberOfStudyRelatedInstances { get; init; }

    /// <summary>Study Instance UID (0020,000D), the unique key.</summary>
    public string? StudyInstanceUID { get; init; }

    /// <summary>Instance Availability (0008,0056): ONLINE, NEARLINE, OFFLINE or UNAVAILABLE.</summary>
    public string? InstanceAvailability { get; init; }

    /// <summary>Retrieve AE Title (0008,0054): where the study can be retrieved from.</summary>
    public string[] RetrieveAETitle { get; init; } = [];

    /// <summary>The node that answered, as it was reached.</summary>
    public required PacsNode Node { get; init; }

    /// <summary>The whole response.</summary>
    public required DicomDataset Dataset { get; init; }

    /// <summary>Keys asked for and absent from the response, and those the archive declared unsupported (status FF01).</summary>
    public string[] UnsupportedKeys { get; init; } = [];

    /// <summary>The Study Instance UID; never patient data.</summary>
    public override string ToString() => StudyInstanceUID ?? "(no StudyInstanceUID)";
}
