using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What a STUDY query asks for, and how a response becomes a <see cref="DicomStudy"/>.</summary>
internal static class StudyAttributes
{
    /// <summary>Every attribute of <see cref="DicomStudy"/>.</summary>
    public static readonly IReadOnlyList<DicomTag> ReturnKeys =
    [
        DicomTags.StudyDate, DicomTags.StudyTime, DicomTags.AccessionNumber, DicomTags.RetrieveAETitle, DicomTags.InstanceAvailability,
        DicomTags.ModalitiesInStudy, DicomTags.ReferringPhysicianName, DicomTags.StudyDescription, DicomTags.PatientName, DicomTags.PatientID,
        DicomTags.PatientBirthDate, DicomTags.PatientSex, DicomTags.StudyInstanceUID, DicomTags.StudyID, DicomTags.NumberOfStudyRelatedSeries,
        DicomTags.NumberOfStudyRelatedInstances,
    ];

    /// <summary>Unique and required keys (PS3.4 Table C.6-5): every archive has to support them.</summary>
    public static readonly IReadOnlySet<DicomTag> RequiredKeys = new HashSet<DicomTag>
    {
        DicomTags.StudyDate, DicomTags.StudyTime, DicomTags.AccessionNumber, DicomTags.PatientName, DicomTags.PatientID, DicomTags.StudyID, DicomTags.StudyInstanceUID,
    };

    /// <summary>Attributes of the patient, which belong to the level above in the Patient Root model (PS3.4 Table C.6-1).</summary>
    public static readonly IReadOnlySet<DicomTag> PatientLevel = new HashSet<DicomTag>
    {
        DicomTags.PatientName, DicomTags.PatientID, DicomTags.PatientBirthDate, DicomTags.PatientSex,
    };

    public static DicomStudy ToStudy(DicomDataset dataset, PacsNode node, string[] unsupportedKeys) => new()
    {
        PatientName = dataset.GetString(DicomTags.PatientName),
        PatientID = dataset.GetString(DicomTags.PatientID),
        PatientBirthDate = dataset.GetDate(DicomTags.PatientBirthDate),
        PatientSex = dataset.GetString(DicomTags.PatientSex),
        StudyDate = dataset.GetDate(DicomTags.StudyDate),
        StudyTime = dataset.GetTime(DicomTags.StudyTime),
        AccessionNumber = dataset.GetString(DicomTags.AccessionNumber),
        StudyID = dataset.GetString(DicomTags.StudyID),
        StudyDescription = dataset.GetString(DicomTags.StudyDescription),
        ModalitiesInStudy = Values(dataset, DicomTags.ModalitiesInStudy),
        ReferringPhysicianName = dataset.GetString(DicomTags.ReferringPhysicianName),
        NumberOfStudyRelatedSeries = Count(dataset, DicomTags.NumberOfStudyRelatedSeries),
        NumberOfStudyRelatedInstances = Count(dataset, DicomTags.NumberOfStudyRelatedInstances),
        StudyInstanceUID = dataset.GetString(DicomTags.StudyInstanceUID),
        InstanceAvailability = dataset.GetString(DicomTags.InstanceAvailability),
        RetrieveAETitle = Values(dataset, DicomTags.RetrieveAETitle),
        Node = node,
        Dataset = dataset,
        UnsupportedKeys = unsupportedKeys,
    };

    private static string[] Values(DicomDataset dataset, DicomTag tag) => Array.FindAll(dataset.GetStrings(tag), value => value.Length > 0);

    // A count below zero is as illegal as letters.
    private static int? Count(DicomDataset dataset, DicomTag tag) => dataset.GetInt32(tag) is { } count and >= 0 ? count : null;
}
