using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>What a SERIES query asks for, and how a response becomes a <see cref="DicomSeries"/>.</summary>
internal static class SeriesAttributes
{
    /// <summary>The attributes of <see cref="DicomSeries"/> at its own level, since archives may refuse others; the required keys are those of PS3.4 Table C.6-3.</summary>
    public static readonly QueryTarget Target = QueryTarget.Of(
        QueryLevel.Series,
        "a series",
        "series",
        [
            DicomTags.SeriesInstanceUID, DicomTags.Modality,
            DicomTags.SeriesNumber, DicomTags.SeriesDescription, DicomTags.SeriesDate, DicomTags.SeriesTime, DicomTags.BodyPartExamined,
            DicomTags.ProtocolName, DicomTags.NumberOfSeriesRelatedInstances, DicomTags.InstanceAvailability, DicomTags.RetrieveAETitle,
        ],
        [DicomTags.Modality, DicomTags.SeriesNumber, DicomTags.SeriesInstanceUID],
        DicomTags.SeriesInstanceUID);

    public static DicomSeries Read(DicomDataset dataset, PacsNode node, string[] unsupportedKeys) => new()
    {
        PatientName = dataset.GetString(DicomTags.PatientName),
        PatientID = dataset.GetString(DicomTags.PatientID),
        StudyInstanceUID = dataset.GetString(DicomTags.StudyInstanceUID),
        SeriesInstanceUID = dataset.GetString(DicomTags.SeriesInstanceUID),
        Modality = dataset.GetString(DicomTags.Modality),
        SeriesNumber = dataset.GetInt32(DicomTags.SeriesNumber),
        SeriesDescription = dataset.GetString(DicomTags.SeriesDescription),
        SeriesDate = dataset.GetDate(DicomTags.SeriesDate),
        SeriesTime = dataset.GetTime(DicomTags.SeriesTime),
        BodyPartExamined = dataset.GetString(DicomTags.BodyPartExamined),
        ProtocolName = dataset.GetString(DicomTags.ProtocolName),
        NumberOfSeriesRelatedInstances = dataset.GetCount(DicomTags.NumberOfSeriesRelatedInstances),
        InstanceAvailability = dataset.GetString(DicomTags.InstanceAvailability),
        RetrieveAETitle = dataset.GetFilled(DicomTags.RetrieveAETitle),
        Node = node,
        Dataset = dataset,
        UnsupportedKeys = unsupportedKeys,
    };
}
