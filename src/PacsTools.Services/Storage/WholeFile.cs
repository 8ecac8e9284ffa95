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
    public static string? Check(string path, string study, string series, string instance) =>
        Open(path, instance, (DicomTags.SeriesInstanceUID, series), (DicomTags.StudyInstanceUID, study))?.TransferSyntax.UID;

    /// <summary>True if the file is whole and of that SOP instance, whatever study it says to belong to.</summary>
    public static bool IsInstance(string path, string instance) => Open(path, instance) is not null;

    private static DicomFile? Open(string path, string instance, params (DicomTag Tag, string Uid)[] others)
    {
        try
        {
            var file = DicomFile.Open(path, new DicomFileReadOptions { ReadPixelData = true, DeferLongerThan = LargestValue });
            return file.FileMeta.MediaStorageSOPInstanceUID == instance
                && Is(file, DicomTags.SOPInstanceUID, instance)
                && others.All(other => Is(file, other.Tag, other.Uid))
                && HasItsPixels(file) ? file : null;
        }
        catch (Exception e) when (e is DicomDataException || StorageFault.IsFileSystem(e))
        {
            return null;
        }
    }

    // A file cut between two elements reads well. What describes pixels has some (PS3.3 C.7.6.3), here or elsewhere.
    private static bool HasItsPixels(DicomFile file) => !file.Dataset.Contains(DicomTags.Rows)
        || file.Dataset.Contains(DicomTags.PixelData) || file.Dataset.Contains(DicomTags.FloatPixelData) || file.Dataset.Contains(DicomTags.DoubleFloatPixelData)
        || file.Dataset.Contains(DicomTags.PixelDataProviderURL);

    private static bool Is(DicomFile file, DicomTag tag, string uid) => file.Dataset.GetString(tag)?.Trim(' ', '\0') == uid;
}
