namespace PacsTools.Dicom.Data;

/// <summary>Finds tags by keyword.</summary>
internal static class DicomKeyword
{
    internal static bool TryFind(string keyword, out DicomTag tag)
    {
        bool found = DicomDictionary.Default.TryGet(keyword, out DictionaryEntry? entry);
        tag = entry?.Tag ?? default;
        return found;
    }
}
