using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>A level of a hierarchical search (PS3.4 C.4.1.2.2.1): what belongs to it, and the key that leads on downwards.</summary>
/// <param name="Level">Query/Retrieve Level.</param>
/// <param name="UniqueKey">What the level below needs of it.</param>
/// <param name="Attributes">The attributes of this level that are known as such.</param>
internal sealed record QueryStage(QueryLevel Level, DicomTag UniqueKey, IReadOnlySet<DicomTag> Attributes)
{
    public static QueryStage Patient { get; } = new(QueryLevel.Patient, DicomTags.PatientID, new HashSet<DicomTag>
    {
        DicomTags.PatientName, DicomTags.PatientID, DicomTags.PatientBirthDate, DicomTags.PatientSex,
    });

    public static QueryStage Series { get; } = new(QueryLevel.Series, DicomTags.SeriesInstanceUID, new HashSet<DicomTag>
    {
        DicomTags.SeriesInstanceUID, DicomTags.Modality, DicomTags.SeriesNumber, DicomTags.SeriesDescription, DicomTags.SeriesDate, DicomTags.SeriesTime,
        DicomTags.BodyPartExamined, DicomTags.ProtocolName,
    });

    public bool Owns(AttributePath path) => path.Tags.Count == 1 && Attributes.Contains(path.Leaf);

    /// <summary>True for what the levels above have to give: the unique keys on the way down (PS3.4 C.4.1.2.2.1).</summary>
    public bool IsAbove(AttributePath path) => path.Tags.Count == 1
        && ((Level > QueryLevel.Patient && path.Leaf == DicomTags.PatientID) || (Level > QueryLevel.Study && path.Leaf == DicomTags.StudyInstanceUID));
}
