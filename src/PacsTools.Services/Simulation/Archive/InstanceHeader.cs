using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation;

/// <summary>What the index takes in of one file.</summary>
/// <param name="Dataset">Its data set up to the pixel data.</param>
/// <param name="TransferSyntaxUid">How it is encoded.</param>
/// <param name="Folder">The full path of the folder it lies in.</param>
/// <param name="FileName">Its name there.</param>
/// <param name="DatasetOffset">Where its data set begins.</param>
internal sealed record InstanceHeader(DicomDataset Dataset, string TransferSyntaxUid, string Folder, string FileName, int DatasetOffset)
{
    public string? SopInstanceUid => Dataset.GetString(DicomTags.SOPInstanceUID);

    public string? SopClassUid => Dataset.GetString(DicomTags.SOPClassUID);

    public string? StudyInstanceUid => Dataset.GetString(DicomTags.StudyInstanceUID);

    public string? SeriesInstanceUid => Dataset.GetString(DicomTags.SeriesInstanceUID);

    /// <summary>True if it has the UIDs that give it a place in the patient, study, series, image hierarchy.</summary>
    public bool IsComplete => SopInstanceUid is not null && SopClassUid is not null && StudyInstanceUid is not null && SeriesInstanceUid is not null;
}
