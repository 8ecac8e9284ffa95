using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What a worklist query asks for (PS3.4 Table K.6-1), and how a response becomes a <see cref="DicomWorklistItem"/>.</summary>
internal static class WorklistAttributes
{
    /// <summary>Keys that every worklist supports for matching.</summary>
    public static readonly QueryTarget Target = new(
        null,
        "an item",
        "worklist items",
        [
            .. new[]
            {
                DicomTags.PatientName,
                DicomTags.PatientID,
                DicomTags.PatientBirthDate,
                DicomTags.PatientSex,
                DicomTags.AccessionNumber,
                DicomTags.ReferringPhysicianName,
                DicomTags.RequestingPhysician,
                DicomTags.StudyInstanceUID,
                DicomTags.RequestedProcedureID,
                DicomTags.RequestedProcedureDescription,
                DicomTags.RequestedProcedurePriority,
            }.Select(AttributePath.Of),
            .. new[]
            {
                DicomTags.ScheduledStationAETitle,
                DicomTags.ScheduledStationName,
                DicomTags.ScheduledProcedureStepStartDate,
                DicomTags.ScheduledProcedureStepStartTime,
                DicomTags.Modality,
                DicomTags.ScheduledPerformingPhysicianName,
                DicomTags.ScheduledProcedureStepDescription,
                DicomTags.ScheduledProcedureStepLocation,
                DicomTags.ScheduledProcedureStepID,
                DicomTags.ScheduledProcedureStepStatus,
            }.Select(InStep),
        ],
        new HashSet<DicomTag>
        {
            DicomTags.ScheduledStationAETitle, DicomTags.ScheduledProcedureStepStartDate, DicomTags.ScheduledProcedureStepStartTime, DicomTags.Modality,
            DicomTags.ScheduledPerformingPhysicianName, DicomTags.PatientName, DicomTags.PatientID,
        },
        Identify);

    /// <summary>An attribute of the scheduled procedure step.</summary>
    public static AttributePath InStep(DicomTag tag) => AttributePath.Of(DicomTags.ScheduledProcedureStepSequence, tag);

    public static DicomWorklistItem Read(DicomDataset dataset, PacsNode node, string[] unsupportedKeys)
    {
        var steps = dataset.GetItems(DicomTags.ScheduledProcedureStepSequence).Select(ReadStep).ToArray();
        var first = steps.FirstOrDefault();
        return new DicomWorklistItem
        {
            PatientName = dataset.GetString(DicomTags.PatientName),
            PatientID = dataset.GetString(DicomTags.PatientID),
            PatientBirthDate = dataset.GetDate(DicomTags.PatientBirthDate),
            PatientSex = dataset.GetString(DicomTags.PatientSex),
            AccessionNumber = dataset.GetString(DicomTags.AccessionNumber),
            ReferringPhysicianName = dataset.GetString(DicomTags.ReferringPhysicianName),
            RequestingPhysician = dataset.GetString(DicomTags.RequestingPhysician),
            StudyInstanceUID = dataset.GetString(DicomTags.StudyInstanceUID),
            RequestedProcedureID = dataset.GetString(DicomTags.RequestedProcedureID),
            RequestedProcedureDescription = dataset.GetString(DicomTags.RequestedProcedureDescription),
            RequestedProcedurePriority = dataset.GetString(DicomTags.RequestedProcedurePriority),
            ScheduledStationAETitle = first?.ScheduledStationAETitle,
            ScheduledStationName = first?.ScheduledStationName,
            ScheduledProcedureStepStartDate = first?.ScheduledProcedureStepStartDate,
            ScheduledProcedureStepStartTime = first?.ScheduledProcedureStepStartTime,
            Modality = first?.Modality,
            ScheduledPerformingPhysicianName = first?.ScheduledPerformingPhysicianName,
            ScheduledProcedureStepDescription = first?.ScheduledProcedureStepDescription,
            ScheduledProcedureStepLocation = first?.ScheduledProcedureStepLocation,
            ScheduledProcedureStepID = first?.ScheduledProcedureStepID,
            ScheduledProcedureStepStatus = first?.ScheduledProcedureStepStatus,
            ScheduledProcedureStepSequence = steps,
            Node = node,
            Dataset = dataset,
            UnsupportedKeys = unsupportedKeys,
        };
    }

    private static DicomScheduledStep ReadStep(DicomDataset dataset) => new()
    {
        ScheduledStationAETitle = dataset.GetString(DicomTags.ScheduledStationAETitle),
        ScheduledStationName = dataset.GetString(DicomTags.ScheduledStationName),
        ScheduledProcedureStepStartDate = dataset.GetDate(DicomTags.ScheduledProcedureStepStartDate),
        ScheduledProcedureStepStartTime = dataset.GetTime(DicomTags.ScheduledProcedureStepStartTime),
        Modality = dataset.GetString(DicomTags.Modality),
        ScheduledPerformingPhysicianName = dataset.GetString(DicomTags.ScheduledPerformingPhysicianName),
        ScheduledProcedureStepDescription = dataset.GetString(DicomTags.ScheduledProcedureStepDescription),
        ScheduledProcedureStepLocation = dataset.GetString(DicomTags.ScheduledProcedureStepLocation),
        ScheduledProcedureStepID = dataset.GetString(DicomTags.ScheduledProcedureStepID),
        ScheduledProcedureStepStatus = dataset.GetString(DicomTags.ScheduledProcedureStepStatus),
        Dataset = dataset,
    };

    /// <summary>A worklist has no unique key; only an item whose every step has an ID can be known again.</summary>
    private static string? Identify(DicomDataset dataset)
    {
        var steps = dataset.GetItems(DicomTags.ScheduledProcedureStepSequence).Select(item => item.GetString(DicomTags.ScheduledProcedureStepID)).ToArray();
        return steps.Length == 0 || Array.Exists(steps, id => id is null) || dataset.GetString(DicomTags.StudyInstanceUID) is not { } study
            ? null
            : string.Join('\n', [study, dataset.GetString(DicomTags.RequestedProcedureID), .. steps]);
    }
}
