using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Encoding;

/// <summary>The value representation of an element which came without one (PS3.5 7.1.3; choices as in Annex A.1).</summary>
internal static class ImplicitVR
{
    /// <summary>The representation from the dictionary and, where it gives several, from the data set read so far.</summary>
    internal static DicomVR For(DicomTag tag, DicomDataset dataset)
    {
        if (tag.IsPrivate || tag.IsGroupLength) return DictionaryVR.ForKnown(tag);
        if (!DicomDictionary.Default.TryGet(tag, out DictionaryEntry? entry)) return DicomVR.UN;
        IReadOnlyList<DicomVR> vrs = entry.VRs;
        return vrs.Count switch { 0 => DicomVR.UN, 1 => vrs[0], _ => Choose(vrs, dataset) };
    }

    private static DicomVR Choose(IReadOnlyList<DicomVR> vrs, DicomDataset dataset)
    {
        if (vrs.Contains(DicomVR.SS)) return IsSigned(dataset) ? DicomVR.SS : DicomVR.US;
        return vrs.Contains(DicomVR.OW) ? DicomVR.OW : vrs[0];
    }

    private static bool IsSigned(DicomDataset dataset)
    {
        for (DicomDataset? level = dataset; level is not null; level = level.Parent)
        {
            if (level.GetInt32(DicomTags.PixelRepresentation) is { } representation) return representation == 1;
        }

        return false;
    }
}
