using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>A patient as an archive describes one (PS3.4 C.6.1.1.2). Property names are DICOM keywords; what is absent, empty or illegal is null and stays as it came in <see cref="Dataset"/>.</summary>
public sealed record DicomPatient
{
    /// <summary>Patient's Name (0010,0010), all groups as in DICOM.</summary>
    public string? PatientName { get; init; }

    /// <summary>Patient ID (0010,0020), the unique key.</summary>
    public string? PatientID { get; init; }

    /// <summary>Issuer of Patient ID (0010,0021): who gave it.</summary>
    public string? IssuerOfPatientID { get; init; }

    /// <summary>Patient's Birth Date (0010,0030).</summary>
    public DateTime? PatientBirthDate { get; init; }

    /// <summary>Patient's Sex (0010,0040).</summary>
    public string? PatientSex { get; init; }

    /// <summary>Number of Patient Related Studies (0020,1200).</summary>
    public int? NumberOfPatientRelatedStudies { get; init; }

    /// <summary>Number of Patient Related Series (0020,1202).</summary>
    public int? NumberOfPatientRelatedSeries { get; init; }

    /// <summary>Number of Patient Related Instances (0020,1204).</summary>
    public int? NumberOfPatientRelatedInstances { get; init; }

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

    /// <summary>Never patient data: the node that knows the patient.</summary>
    public override string ToString() => $"a patient of {Node}";
}
