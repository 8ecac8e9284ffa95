using PacsTools.Dicom.Data;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>Reads entities with what is counted rather than kept (PS3.4 C.3.4, C.6.1.1), as far as a query asks for it.</summary>
internal sealed class EntityReader(ArchiveIndex index, IReadOnlySet<DicomTag> wanted)
{
    private static readonly DicomTag[] s_counted =
    [
        DicomTags.NumberOfPatientRelatedStudies, DicomTags.NumberOfPatientRelatedSeries, DicomTags.NumberOfPatientRelatedInstances,
        DicomTags.ModalitiesInStudy, DicomTags.SOPClassesInStudy, DicomTags.NumberOfStudyRelatedSeries, DicomTags.NumberOfStudyRelatedInstances,
        DicomTags.NumberOfSeriesRelatedInstances,
    ];

    private readonly bool _counts = s_counted.Any(wanted.Contains);

    public DicomDataset Read(IndexedEntity entity)
    {
        var attributes = entity.ReadAttributes();
        if (_counts && entity is IndexedGroup group)
            AddCounts(attributes, group.Level, index.TotalsOf(group));
        return attributes;
    }

    private static void AddCounts(DicomDataset attributes, QueryLevel level, GroupTotals totals)
    {
        switch (level)
        {
            case QueryLevel.Patient:
                attributes.SetInt32(DicomTags.NumberOfPatientRelatedStudies, totals.Studies);
                attributes.SetInt32(DicomTags.NumberOfPatientRelatedSeries, totals.Series);
                attributes.SetInt32(DicomTags.NumberOfPatientRelatedInstances, totals.Instances);
                break;
            case QueryLevel.Study:
                attributes.SetString(DicomTags.ModalitiesInStudy, [.. totals.Modalities]);
                attributes.SetString(DicomTags.SOPClassesInStudy, [.. totals.SopClasses]);
                attributes.SetInt32(DicomTags.NumberOfStudyRelatedSeries, totals.Series);
                attributes.SetInt32(DicomTags.NumberOfStudyRelatedInstances, totals.Instances);
                break;
            case QueryLevel.Series:
                attributes.SetInt32(DicomTags.NumberOfSeriesRelatedInstances, totals.Instances);
                break;
        }
    }
}
