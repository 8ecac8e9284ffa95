using System.Buffers.Binary;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation.TestData;

/// <summary>The Image Pixel module (PS3.3 C.7.6.3) around phantom pixels.</summary>
internal static class PixelModules
{
    /// <summary>One sample in 16 bits, of which the lower ones are used.</summary>
    public static void SetGray16(DicomDataset set, double[] brightness, int rows, int columns, int bitsStored, string photometric)
    {
        Describe(set, rows, columns, 1, photometric, 16, bitsStored);
        var top = (1 << bitsStored) - 1;
        var bytes = new byte[brightness.Length * 2];
        for (var i = 0; i < brightness.Length; i++)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(i * 2), (ushort)(brightness[i] * top));
        set.SetBytes(DicomTags.PixelData, DicomVR.OW, bytes);
    }

    /// <summary>One sample in 8 bits, frames one after another.</summary>
    public static void SetGray8(DicomDataset set, IReadOnlyList<double[]> frames, int rows, int columns)
    {
        Describe(set, rows, columns, 1, "MONOCHROME2", 8, 8);
        SetBytes(set, [.. frames.SelectMany(frame => frame.Select(value => (byte)(value * 255)))]);
    }

    /// <summary>Red, green and blue of each pixel together.</summary>
    public static void SetRgb(DicomDataset set, double[] brightness, int rows, int columns)
    {
        Describe(set, rows, columns, 3, "RGB", 8, 8);
        set.SetUInt16(DicomTags.PlanarConfiguration, 0);
        var bytes = new byte[brightness.Length * 3];
        for (var i = 0; i < brightness.Length; i++)
        {
            // From left to right through the colours, so that a swapped channel shows.
            var hue = (double)(i % columns) / columns;
            bytes[i * 3] = (byte)(brightness[i] * 255);
            bytes[(i * 3) + 1] = (byte)(brightness[i] * 255 * hue);
            bytes[(i * 3) + 2] = (byte)(255 * (1 - hue) * (0.25 + (0.75 * brightness[i])));
        }

        SetBytes(set, bytes);
    }

    private static void Describe(DicomDataset set, int rows, int columns, ushort samples, string photometric, ushort bitsAllocated, int bitsStored)
    {
        set.SetUInt16(DicomTags.SamplesPerPixel, samples);
        set.SetString(DicomTags.PhotometricInterpretation, photometric);
        set.SetUInt16(DicomTags.Rows, (ushort)rows);
        set.SetUInt16(DicomTags.Columns, (ushort)columns);
        set.SetUInt16(DicomTags.BitsAllocated, bitsAllocated);
        set.SetUInt16(DicomTags.BitsStored, (ushort)bitsStored);
        set.SetUInt16(DicomTags.HighBit, (ushort)(bitsStored - 1));
        set.SetUInt16(DicomTags.PixelRepresentation, 0);
    }

    // PS3.5 A.1: OW with implicit VR; A.2: OB where samples have 8 bits. Bytes are in the order of OB.
    private static void SetBytes(DicomDataset set, byte[] bytes) =>
        set.SetBytes(DicomTags.PixelData, DicomVR.OB, bytes.Length % 2 == 0 ? bytes : [.. bytes, 0]);
}
