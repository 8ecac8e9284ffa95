using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;

namespace PacsTools.Services.Files;

/// <summary>A DICOM file and what it says of itself. Property names are DICOM keywords; what is absent, empty or illegal is null.</summary>
public sealed record DicomFileInfo
{
    /// <summary>The full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The same, under the name files have in PowerShell.</summary>
    public string FullName => Path;

    /// <summary>Patient's Name (0010,0010), all groups as in DICOM.</summary>
    public string? PatientName { get; init; }

    /// <summary>Patient ID (0010,0020).</summary>
    public string? PatientID { get; init; }

    /// <summary>Patient's Birth Date (0010,0030).</summary>
    public DateTime? PatientBirthDate { get; init; }

    /// <summary>Patient's Sex (0010,0040).</summary>
    public string? PatientSex { get; init; }

    /// <summary>Study Instance UID (0020,000D).</summary>
    public string? StudyInstanceUID { get; init; }

    /// <summary>Study Date (0008,0020).</summary>
    public DateTime? StudyDate { get; init; }

    /// <summary>Study Time (0008,0030).</summary>
    public TimeSpan? StudyTime { get; init; }

    /// <summary>Study Description (0008,1030).</summary>
    public string? StudyDescription { get; init; }

    /// <summary>Accession Number (0008,0050).</summary>
    public string? AccessionNumber { get; init; }

    /// <summary>Series Instance UID (0020,000E).</summary>
    public string? SeriesInstanceUID { get; init; }

    /// <summary>Series Number (0020,0011).</summary>
    public int? SeriesNumber { get; init; }

    /// <summary>Series Description (0008,103E).</summary>
    public string? SeriesDescription { get; init; }

    /// <summary>Modality (0008,0060).</summary>
    public string? Modality { get; init; }

    /// <summary>SOP Instance UID (0008,0018).</summary>
    public string? SOPInstanceUID { get; init; }

    /// <summary>SOP Class UID (0008,0016).</summary>
    public string? SOPClassUID { get; init; }

    /// <summary>Instance Number (0020,0013).</summary>
    public int? InstanceNumber { get; init; }

    /// <summary>Transfer Syntax UID (0002,0010); of a file without, the one its bytes are in.</summary>
    public required string TransferSyntaxUID { get; init; }

    /// <summary>Length of the file in bytes.</summary>
    public long Length { get; init; }

    /// <summary>The data set up to the pixel data.</summary>
    public required DicomDataset Dataset { get; init; }

    /// <summary>Reads the header of a file.</summary>
    /// <exception cref="DicomDataException">It is no DICOM file.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    internal static DicomFileInfo Read(string path)
    {
        var file = DicomFile.Open(path);
        var set = file.Dataset;
        return new DicomFileInfo
        {
            Path = path,
            PatientName = set.GetString(DicomTags.PatientName),
            PatientID = set.GetString(DicomTags.PatientID),
            PatientBirthDate = set.GetDate(DicomTags.PatientBirthDate),
            PatientSex = set.GetString(DicomTags.PatientSex),
            StudyInstanceUID = set.GetString(DicomTags.StudyInstanceUID),
            StudyDate = set.GetDate(DicomTags.StudyDate),
            StudyTime = set.GetTime(DicomTags.StudyTime),
            StudyDescription = set.GetString(DicomTags.StudyDescription),
            AccessionNumber = set.GetString(DicomTags.AccessionNumber),
            SeriesInstanceUID = set.GetString(DicomTags.SeriesInstanceUID),
            SeriesNumber = set.GetInt32(DicomTags.SeriesNumber),
            SeriesDescription = set.GetString(DicomTags.SeriesDescription),
            Modality = set.GetString(DicomTags.Modality),
            SOPInstanceUID = set.GetString(DicomTags.SOPInstanceUID),
            SOPClassUID = set.GetString(DicomTags.SOPClassUID),
            InstanceNumber = set.GetInt32(DicomTags.InstanceNumber),
            TransferSyntaxUID = file.TransferSyntax.UID,
            Length = new FileInfo(path).Length,
            Dataset = set,
        };
    }

    /// <summary>The path; never what the file says, which may be a patient's.</summary>
    public override string ToString() => Path;
}
