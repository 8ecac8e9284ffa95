using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What an IMAGE query asks for, and how a response becomes a <see cref="DicomInstanceInfo"/>.</summary>
internal static class InstanceAttributes
{
    /// <summary>The attributes of <see cref="DicomInstanceInfo"/> at its own level, since archives may refuse others; the required keys are those of PS3.4 Table C.6-4.</summary>
    public static readonly QueryTarget Target = QueryTarget.Of(
        QueryLevel.Image,
        "an instance",
        "instances",
        [
            DicomTags.SOPInstanceUID,
            DicomTags.SOPClassUID, DicomTags.InstanceNumber, DicomTags.Rows, DicomTags.Columns, DicomTags.NumberOfFrames,
            DicomTags.InstanceAvailability, DicomTags.RetrieveAETitle,
        ],
        [DicomTags.InstanceNumber, DicomTags.SOPInstanceUID],
        DicomTags.SOPInstanceUID);

    public static DicomInstanceInfo Read(DicomDataset dataset, PacsNode node, string[] unsupportedKeys) => new()
    {
        PatientName = dataset.GetString(DicomTags.PatientName),
        PatientID = dataset.GetString(DicomTags.PatientID),
        StudyInstanceUID = dataset.GetString(DicomTags.StudyInstanceUID),
        SeriesInstanceUID = dataset.GetString(DicomTags.SeriesInstanceUID),
        SOPInstanceUID = dataset.GetString(DicomTags.SOPInstanceUID),
        SOPClassUID = dataset.GetString(DicomTags.SOPClassUID),
        InstanceNumber = dataset.GetInt32(DicomTags.InstanceNumber),
        Rows = dataset.GetCount(DicomTags.Rows),
        Columns = dataset.GetCount(DicomTags.Columns),
        NumberOfFrames = dataset.GetCount(DicomTags.NumberOfFrames),
        InstanceAvailability = dataset.GetString(DicomTags.InstanceAvailability),
        RetrieveAETitle = dataset.GetFilled(DicomTags.RetrieveAETitle),
        Node = node,
        Dataset = dataset,
        UnsupportedKeys = unsupportedKeys,
    };
}
