namespace PacsTools.Dicom.Data;

/// <summary>Finds tags by keyword.</summary>
internal static class DicomKeyword
{
    internal static bool TryFind(string keyword, out DicomTag tag)
    {
        tag = default;
        return false;
    }
}
