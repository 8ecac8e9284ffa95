using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>Which attributes the archive keeps of each entity, so that they can be matched and returned (PS3.4 C.6.1.1), and which it counts.</summary>
internal static class LevelAttributes
{
    private static readonly DicomTag[] s_patient =
    [
        DicomTags.PatientName, DicomTags.PatientID, DicomTags.IssuerOfPatientID, DicomTags.PatientBirthDate, DicomTags.PatientBirthTime,
        DicomTags.PatientSex, DicomTags.OtherPatientIDs, DicomTags.OtherPatientNames, DicomTags.OtherPatientIDsSequence,
        DicomTags.EthnicGroup, DicomTags.PatientComments,
    ];

    private static readonly DicomTag[] s_study =
    [
        DicomTags.StudyDate, DicomTags.StudyTime, DicomTags.AccessionNumber, DicomTags.IssuerOfAccessionNumberSequence,
        DicomTags.ReferringPhysicianName, DicomTags.StudyDescription, DicomTags.ProcedureCodeSequence, DicomTags.NameOfPhysiciansReadingStudy,
        DicomTags.AdmittingDiagnosesDescription, DicomTags.PatientAge, DicomTags.PatientSize, DicomTags.PatientWeight, DicomTags.Occupation,
        DicomTags.AdditionalPatientHistory, DicomTags.StudyInstanceUID, DicomTags.StudyID,
    ];

    private static readonly DicomTag[] s_series =
    [
        DicomTags.SeriesDate, DicomTags.SeriesTime, DicomTags.Modality, DicomTags.Manufacturer, DicomTags.InstitutionName,
        DicomTags.StationName, DicomTags.SeriesDescription, DicomTags.InstitutionalDepartmentName, DicomTags.PerformingPhysicianName,
        DicomTags.OperatorsName, DicomTags.ManufacturerModelName, DicomTags.BodyPartExamined, DicomTags.ProtocolName,
        DicomTags.SeriesInstanceUID, DicomTags.SeriesNumber, DicomTags.Laterality,
        DicomTags.FrameOfReferenceUID, DicomTags.PerformedProcedureStepStartDate, DicomTags.PerformedProcedureStepStartTime,
        DicomTags.PatientPosition, DicomTags.PerformedProcedureStepID, DicomTags.PerformedProcedureStepDescription, DicomTags.RequestAttributesSequence,
    ];

    private static readonly DicomTag[] s_image =
    [
        DicomTags.ImageType, DicomTags.SOPClassUID, DicomTags.SOPInstanceUID, DicomTags.AcquisitionDate, DicomTags.ContentDate,
        DicomTags.AcquisitionDateTime, DicomTags.AcquisitionTime, DicomTags.ContentTime, DicomTags.AvailableTransferSyntaxUID,
        DicomTags.AcquisitionNumber, DicomTags.InstanceNumber, DicomTags.NumberOfFrames, DicomTags.Rows, DicomTags.Columns,
        DicomTags.BitsAllocated, DicomTags.PhotometricInterpretation, DicomTags.ConceptNameCodeSequence, DicomTags.CompletionFlag,
        DicomTags.VerificationFlag, DicomTags.ContentLabel, DicomTags.ContentDescription,
    ];

    private static readonly DicomTag[][] s_kept = [s_patient, s_study, s_series, s_image];

    private static readonly Dictionary<DicomTag, QueryLevel> s_levels = BuildLevels();

    /// <summary>The attributes kept of an entity of a level, as they are in its instances.</summary>
    public static IReadOnlyList<DicomTag> KeptAt(QueryLevel level) => s_kept[(int)level];

    /// <summary>The level an attribute belongs to; null if the archive knows nothing of it.</summary>
    public static QueryLevel? LevelOf(DicomTag tag) => s_levels.TryGetValue(tag, out var level) ? level : null;

    /// <summary>The unique key of a level (PS3.4 C.6.1.1).</summary>
    public static DicomTag UniqueKey(QueryLevel level) => level switch
    {
        QueryLevel.Patient => DicomTags.PatientID,
        QueryLevel.Study => DicomTags.StudyInstanceUID,
        QueryLevel.Series => DicomTags.SeriesInstanceUID,
        _ => DicomTags.SOPInstanceUID,
    };

    private static Dictionary<DicomTag, QueryLevel> BuildLevels()
    {
        var levels = new Dictionary<DicomTag, QueryLevel>
        {
            [DicomTags.NumberOfPatientRelatedStudies] = QueryLevel.Patient,
            [DicomTags.NumberOfPatientRelatedSeries] = QueryLevel.Patient,
            [DicomTags.NumberOfPatientRelatedInstances] = QueryLevel.Patient,
            [DicomTags.ModalitiesInStudy] = QueryLevel.Study,
            [DicomTags.SOPClassesInStudy] = QueryLevel.Study,
            [DicomTags.NumberOfStudyRelatedSeries] = QueryLevel.Study,
            [DicomTags.NumberOfStudyRelatedInstances] = QueryLevel.Study,
            [DicomTags.NumberOfSeriesRelatedInstances] = QueryLevel.Series,
        };
        for (var level = QueryLevel.Patient; level <= QueryLevel.Image; level++)
        {
            foreach (var tag in KeptAt(level))
                levels.Add(tag, level);
        }

        return levels;
    }
}
