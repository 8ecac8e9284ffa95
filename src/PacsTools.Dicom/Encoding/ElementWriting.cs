using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Encoding;

/// <summary>The rules measuring and writing share (PS3.5 7.1.2, 7.2, 7.5).</summary>
internal static class ElementWriting
{
    /// <summary>The longest even value of a VR whose length has 16 bits.</summary>
    internal const int MaxShortLength = 65534;

    /// <summary>Group lengths would have to be true, and PS3.5 7.2 retired them.</summary>
    internal static bool IsDropped(DicomElement element) => element.Tag.IsGroupLength;

    internal static long Even(long length) => length + (length & 1);

    /// <summary>The VR written: UN for what a 16-bit length cannot tell (PS3.5 6.2.2 note 2) and for what is no VR.</summary>
    internal static DicomVR WrittenVR(DicomVR vr, long length, bool isExplicit) =>
        isExplicit && ((!vr.HasLongLength() && length > MaxShortLength) || !vr.IsKnown()) ? DicomVR.UN : vr;

    internal static int HeaderSize(DicomVR vr, bool isExplicit) => isExplicit && vr.HasLongLength() ? 12 : 8;

    internal static void CheckDepth(DicomTag tag, int depth)
    {
        if (depth > DatasetParser.MaxDepth) throw new DicomDataException($"{tag} is nested more than {DatasetParser.MaxDepth} sequences deep.");
    }
}
