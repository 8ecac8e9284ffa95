using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;

namespace PacsTools.Services.Simulation;

/// <summary>Reads of a file what the index needs: the header, values of any size left where they are.</summary>
internal static class HeaderReader
{
    private const int LongestValue = 64 * 1024;

    // What identifies an instance stands far before; a few hundred kilobytes can be deflated from any amount of nothing.
    private const long MostInflated = 4 << 20;

    /// <summary>The header of a DICOM instance.</summary>
    /// <returns>Null if the file is none, or cannot be read: a folder may hold anything.</returns>
    public static InstanceHeader? TryRead(string path)
    {
        try
        {
            // What is broken behind the identifying attributes is sent as it is, like everything else.
            var file = DicomFile.Open(path, new DicomFileReadOptions { DeferLongerThan = LongestValue, MaxInflatedBytes = MostInflated, Lenient = true });
            var header = new InstanceHeader(
                file.Dataset, file.TransferSyntax.UID, Path.GetDirectoryName(path)!, Path.GetFileName(path), checked((int)file.DatasetOffset));
            return header.IsComplete ? header : null;
        }
        catch (Exception e) when (e is DicomDataException or IOException or UnauthorizedAccessException or OverflowException)
        {
            return null;
        }
    }
}
