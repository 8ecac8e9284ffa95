using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>A scheduled procedure step of a worklist item (PS3.3 C.4.10). Property names are DICOM keywords; what is absent, empty or illegal is null and stays as it came in <see cref="Dataset"/>.</summary>
public sealed record DicomScheduledStep
{
    /// <summary>Scheduled Station AE Title (0040,0001); of several the first.</summary>
    public string? ScheduledStationAETitle { get; init; }

    /// <summary>Scheduled Station Name (0040,0010); of several the first.</summary>
    public string? ScheduledStationName { get; init; }

    /// <summary>Scheduled Procedure Step Start Date (0040,0002).</summary>
    public DateTime? ScheduledProcedureStepStartDate { get; init; }

    /// <summary>Scheduled Procedure Step Start Time (0040,0003).</summary>
    public TimeSpan? ScheduledProcedureStepStartTime { get; init; }

    /// <summary>Modality (0008,0060).</summary>
    public string? Modality { get; init; }

    /// <summary>Scheduled Performing Physician's Name (0040,0006).</summary>
    public string? ScheduledPerformingPhysicianName { get; init; }

    /// <summary>Scheduled Procedure Step Description (0040,0007).</summary>
    public string? ScheduledProcedureStepDescription { get; init; }

    /// <summary>Scheduled Procedure Step Location (0040,0011).</summary>
    public string? ScheduledProcedureStepLocation { get; init; }

    /// <summary>Scheduled Procedure Step ID (0040,0009).</summary>
    public string? ScheduledProcedureStepID { get; init; }

    /// <summary>Scheduled Procedure Step Status (0040,0020).</summary>
    public string? ScheduledProcedureStepStatus { get; init; }

    /// <summary>The whole item of the sequence.</summary>
    public required DicomDataset Dataset { get; init; }

    /// <summary>The ID of the step; never patient data.</summary>
    public override string ToString() => ScheduledProcedureStepID ?? "(no ScheduledProcedureStepID)";
}
