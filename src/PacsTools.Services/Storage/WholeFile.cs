using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;

namespace PacsTools.Services.Storage;

/// <summary>Looks whether a file is a whole instance: Part 10 from preamble to the last element, and the instance it should be.</summary>
internal static class WholeFile
{
    // Longer values are stepped over, so that a large file costs no memory.
    private const long LargestValue = 64 * 1024;

    /// <summary>The transfer syntax of the file if it is whole and the instance named; null if it is not.</summary>
    public static string? Check(string path, string study, string series, string instance)
    {
        try
        {
            var file = DicomFile.Open(path, new DicomFileReadOptions { ReadPixelData = true, DeferLongerThan = LargestValue });
            var isIt = file.FileMeta.MediaStorageSOPInstanceUID == instance
                && Is(file, DicomTags.SOPInstanceUID, instance)
                && Is(file, DicomTags.SeriesInstanceUID, series)
                && Is(file, DicomTags.StudyInstanceUID, study);
            return isIt ? file.TransferSyntax.UID : null;
        }
        catch (Exception e) when (e is DicomDataException || StorageFault.IsFileSystem(e))
        {
            return null;
        }
    }

    private static bool Is(DicomFile file, DicomTag tag, string uid) => file.Dataset.GetString(tag)?.Trim(' ', '\0') == uid;
}
