using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>An item of a modality worklist (PS3.4 K.6.1.2.2). The first scheduled procedure step lies flat in its own properties; all steps are in <see cref="ScheduledProcedureStepSequence"/>. Property names are DICOM keywords; what is absent, empty or illegal is null and stays as it came in <see cref="Dataset"/>.</summary>
public sealed record DicomWorklistItem
{
    /// <summary>Patient's Name (0010,0010), all groups as in DICOM.</summary>
    public string? PatientName { get; init; }

    /// <summary>Patient ID (0010,0020).</summary>
    public string? PatientID { get; init; }

    /// <summary>Patient's Birth Date (0010,0030).</summary>
    public DateTime? PatientBirthDate { get; init; }

    /// <summary>Patient's Sex (0010,0040).</summary>
    public string? PatientSex { get; init; }

    /// <summary>Accession Number (0008,0050).</summary>
    public string? AccessionNumber { get; init; }

    /// <summary>Referring Physician's Name (0008,0090).</summary>
    public string? ReferringPhysicianName { get; init; }

    /// <summary>Requesting Physician (0032,1032).</summary>
    public string? RequestingPhysician { get; init; }

    /// <summary>Study Instance UID (0020,000D) the images are to have.</summary>
    public string? StudyInstanceUID { get; init; }

    /// <summary>Requested Procedure ID (0040,1001).</summary>
    public string? RequestedProcedureID { get; init; }

    /// <summary>Requested Procedure Description (0032,1060).</summary>
    public string? RequestedProcedureDescription { get; init; }

    /// <summary>Requested Procedure Priority (0040,1003).</summary>
    public string? RequestedProcedurePriority { get; init; }

    /// <summary>Scheduled Station AE Title (0040,0001); of several the first, of the first step.</summary>
    public string? ScheduledStationAETitle { get; init; }

    /// <summary>Scheduled Station Name (0040,0010); of several the first, of the first step.</summary>
    public string? ScheduledStationName { get; init; }

    /// <summary>Scheduled Procedure Step Start Date (0040,0002) of the first step.</summary>
    public DateTime? ScheduledProcedureStepStartDate { get; init; }

    /// <summary>Scheduled Procedure Step Start Time (0040,0003) of the first step.</summary>
    public TimeSpan? ScheduledProcedureStepStartTime { get; init; }

    /// <summary>Modality (0008,0060) of the first step.</summary>
    public string? Modality { get; init; }

    /// <summary>Scheduled Performing Physician's Name (0040,0006) of the first step.</summary>
    public string? ScheduledPerformingPhysicianName { get; init; }

    /// <summary>Scheduled Procedure Step Description (0040,0007) of the first step.</summary>
    public string? ScheduledProcedureStepDescription { get; init; }

    /// <summary>Scheduled Procedure Step Location (0040,0011) of the first step.</summary>
    public string? ScheduledProcedureStepLocation { get; init; }

    /// <summary>Scheduled Procedure Step ID (0040,0009) of the first step.</summary>
    public string? ScheduledProcedureStepID { get; init; }

    /// <summary>Scheduled Procedure Step Status (0040,0020) of the first step.</summary>
    public string? ScheduledProcedureStepStatus { get; init; }

    /// <summary>Every step of the item (0040,0100), the first included.</summary>
    public DicomScheduledStep[] ScheduledProcedureStepSequence { get; init; } = [];

    /// <summary>The node that answered, as it was reached.</summary>
    public required PacsNode Node { get; init; }

    /// <summary>The whole response.</summary>
    public required DicomDataset Dataset { get; init; }

    /// <summary>Keys asked for and absent from the response, and those the archive declared unsupported (status FF01).</summary>
    public string[] UnsupportedKeys { get; init; } = [];

    /// <summary>The Study Instance UID; never patient data.</summary>
    public override string ToString() => StudyInstanceUID ?? "(no StudyInstanceUID)";
}
