namespace PacsTools.Dicom.Data;

/// <summary>Value representations of tags whose encoding does not tell (implicit VR, UN, values set without one).</summary>
internal static class DictionaryVR
{
    /// <summary>The first representation the dictionary gives; UN if it does not know the tag.</summary>
    internal static DicomVR ForKnown(DicomTag tag)
    {
        if (tag.IsGroupLength) return DicomVR.UL;
        if (tag.IsPrivate) return tag.IsPrivateCreator ? DicomVR.LO : DicomVR.UN;
        return DicomDictionary.Default.TryGet(tag, out DictionaryEntry? entry) && entry.VRs.Count > 0 ? entry.VRs[0] : DicomVR.UN;
    }
}
