using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Encoding;

/// <summary>The elements which hold pixels: integers, floats, doubles (PS3.3 C.7.6.3, C.7.6.24, C.7.6.25).</summary>
internal static class PixelDataTags
{
    internal static bool Contains(DicomTag tag) => tag.Value is 0x7FE00008 or 0x7FE00009 or 0x7FE00010;
}
