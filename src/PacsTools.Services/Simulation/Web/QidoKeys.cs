using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation.Web;

/// <summary>What a search returns of each level unless told otherwise (PS3.18 10.6.3.3).</summary>
internal static class QidoKeys
{
    private static readonly DicomTag[] s_study =
    [
        DicomTags.StudyDate, DicomTags.StudyTime, DicomTags.AccessionNumber, DicomTags.ModalitiesInStudy, DicomTags.ReferringPhysicianName,
        DicomTags.PatientName, DicomTags.PatientID, DicomTags.PatientBirthDate, DicomTags.PatientSex, DicomTags.StudyInstanceUID, DicomTags.StudyID,
        DicomTags.NumberOfStudyRelatedSeries, DicomTags.NumberOfStudyRelatedInstances,
    ];

    private static readonly DicomTag[] s_series =
    [
        DicomTags.Modality, DicomTags.SeriesDescription, DicomTags.SeriesInstanceUID, DicomTags.SeriesNumber, DicomTags.NumberOfSeriesRelatedInstances,
        DicomTags.PerformedProcedureStepStartDate, DicomTags.PerformedProcedureStepStartTime, DicomTags.RequestAttributesSequence,
    ];

    private static readonly DicomTag[] s_instance =
    [
        DicomTags.SOPClassUID, DicomTags.SOPInstanceUID, DicomTags.InstanceNumber, DicomTags.Rows, DicomTags.Columns, DicomTags.BitsAllocated,
        DicomTags.NumberOfFrames,
    ];

    /// <summary>The attributes of a level; those of the levels above it too, where the path does not name the entity there.</summary>
    public static IEnumerable<DicomTag> Default(WebTarget target)
    {
        IEnumerable<DicomTag> keys = [];
        for (var level = QueryLevel.Study; level <= target.Level; level++)
        {
            if (level == target.Level || target.Uids.All(uid => uid.Tag != LevelAttributes.UniqueKey(level)))
                keys = keys.Concat(Of(level));
        }

        return keys;
    }

    /// <summary>Everything there is of a level and those above it.</summary>
    public static IEnumerable<DicomTag> All(QueryLevel level) => Enumerable.Range(0, (int)level + 1).SelectMany(at => LevelAttributes.KeptAt((QueryLevel)at))
        .Concat(s_study).Concat(level >= QueryLevel.Series ? s_series : []);

    private static DicomTag[] Of(QueryLevel level) => level switch
    {
        QueryLevel.Study => s_study,
        QueryLevel.Series => s_series,
        _ => s_instance,
    };
}
