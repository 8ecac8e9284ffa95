using PacsTools.Dicom.Data;

namespace PacsTools.Benchmarks.Roles;

/// <summary>The queries of the benchmarks, for our engine and for findscu alike.</summary>
internal static class QueryIdentifiers
{
    private static readonly DicomTag[] s_study =
    [
        DicomTags.StudyDate, DicomTags.StudyTime, DicomTags.AccessionNumber, DicomTags.StudyDescription, DicomTags.PatientName,
        DicomTags.PatientID, DicomTags.PatientBirthDate, DicomTags.StudyInstanceUID, DicomTags.StudyID,
    ];

    /// <summary>Keys and values; a study names the level of its images, none that of all studies.</summary>
    public static IReadOnlyList<(DicomTag Tag, string Value)> Keys(string study, string series) => study.Length == 0
        ? [(DicomTags.QueryRetrieveLevel, "STUDY"), .. s_study.Select(t => (t, ""))]
        : [
            (DicomTags.QueryRetrieveLevel, "IMAGE"), (DicomTags.StudyInstanceUID, study), (DicomTags.SeriesInstanceUID, series),
            (DicomTags.SOPInstanceUID, ""), (DicomTags.SOPClassUID, ""), (DicomTags.InstanceNumber, ""),
        ];

    public static DicomDataset Dataset(string study, string series)
    {
        var identifier = new DicomDataset();
        foreach ((DicomTag tag, string value) in Keys(study, series))
            identifier.SetString(tag, value);
        return identifier;
    }

    /// <summary>The same as arguments of findscu.</summary>
    public static IEnumerable<string> Arguments(string study, string series) =>
        ["-S", .. Keys(study, series).SelectMany(k => (string[])["-k", $"{k.Tag.Group:x4},{k.Tag.Element:x4}={k.Value}"])];
}
