using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What a STUDY query asks for, and how a response becomes a <see cref="DicomStudy"/>.</summary>
internal static class StudyAttributes
{
    /// <summary>Every attribute of <see cref="DicomStudy"/>; the required keys are those of PS3.4 Table C.6-5.</summary>
    public static readonly QueryTarget Target = QueryTarget.Of(
        QueryLevel.Study,
        "a study",
        "studies",
        [
            DicomTags.StudyDate, DicomTags.StudyTime, DicomTags.AccessionNumber, DicomTags.RetrieveAETitle, DicomTags.InstanceAvailability,
            DicomTags.ModalitiesInStudy, DicomTags.ReferringPhysicianName, DicomTags.StudyDescription, DicomTags.PatientName, DicomTags.PatientID,
            DicomTags.PatientBirthDate, DicomTags.PatientSex, DicomTags.StudyInstanceUID, DicomTags.StudyID, DicomTags.NumberOfStudyRelatedSeries,
            DicomTags.NumberOfStudyRelatedInstances,
        ],
        [
            DicomTags.StudyDate, DicomTags.StudyTime, DicomTags.AccessionNumber, DicomTags.PatientName, DicomTags.PatientID, DicomTags.StudyID,
            DicomTags.StudyInstanceUID,
        ],
        DicomTags.StudyInstanceUID);

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
        ModalitiesInStudy = dataset.GetFilled(DicomTags.ModalitiesInStudy),
        ReferringPhysicianName = dataset.GetString(DicomTags.ReferringPhysicianName),
        NumberOfStudyRelatedSeries = dataset.GetCount(DicomTags.NumberOfStudyRelatedSeries),
        NumberOfStudyRelatedInstances = dataset.GetCount(DicomTags.NumberOfStudyRelatedInstances),
        StudyInstanceUID = dataset.GetString(DicomTags.StudyInstanceUID),
        InstanceAvailability = dataset.GetString(DicomTags.InstanceAvailability),
        RetrieveAETitle = dataset.GetFilled(DicomTags.RetrieveAETitle),
        Node = node,
        Dataset = dataset,
        UnsupportedKeys = unsupportedKeys,
    };
}
