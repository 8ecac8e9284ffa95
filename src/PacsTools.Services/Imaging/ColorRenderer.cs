using System.Buffers.Binary;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Imaging;

/// <summary>From stored samples to red, green and blue, 8 bits each (PS3.3 C.7.6.3.1.2).</summary>
internal static class ColorRenderer
{
    public static byte[] Render(byte[] frame, DicomDataset dataset, PixelDescription pixels) => pixels.Photometric switch
    {
        "PALETTE COLOR" => FromPalette(frame, dataset, pixels),
        "YBR_FULL" => FromYbr(Bytes(frame, pixels), pixels),
        "YBR_FULL_422" => FromSubsampled(frame, pixels),
        _ => Interleave(Bytes(frame, pixels), pixels),
    };

    // The eight most significant of the bits stored.
    private static byte[] Bytes(byte[] frame, PixelDescription pixels)
    {
        if (pixels.BitsAllocated == 8)
            return frame;
        var bytes = new byte[frame.Length / 2];
        for (var i = 0; i < bytes.Length; i++)
            bytes[i] = (byte)(BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(2 * i)) << (15 - pixels.HighBit) >> 8);
        return bytes;
    }

    private static byte[] Interleave(byte[] frame, PixelDescription pixels)
    {
        if (!pixels.IsPlanar)
            return frame;
        var rgb = new byte[frame.Length];
        for (var i = 0; i < pixels.Pixels; i++)
        {
            for (var sample = 0; sample < 3; sample++)
                rgb[(3 * i) + sample] = frame[(sample * pixels.Pixels) + i];
        }

        return rgb;
    }

    private static byte[] FromYbr(byte[] frame, PixelDescription pixels)
    {
        var rgb = (byte[])Interleave(frame, pixels).Clone();
        for (var i = 0; i < rgb.Length; i += 3)
            ToRgb(rgb[i], rgb[i + 1], rgb[i + 2], rgb.AsSpan(i));
        return rgb;
    }

    private static byte[] FromSubsampled(byte[] frame, PixelDescription pixels)
    {
        var rgb = new byte[3 * pixels.Pixels];
        for (int i = 0, at = 0; i + 1 < pixels.Pixels; i += 2, at += 4)
        {
            ToRgb(frame[at], frame[at + 2], frame[at + 3], rgb.AsSpan(3 * i));
            ToRgb(frame[at + 1], frame[at + 2], frame[at + 3], rgb.AsSpan(3 * (i + 1)));
        }

        return rgb;
    }

    // The inverse of PS3.3 C.7.6.3.1.2, YBR_FULL (ITU-R BT.601 with full range).
    // Common viewers cut off intermediate results; rounding so keeps within one level of theirs. Grey stays what it is either way.
    private static void ToRgb(byte y, byte cb, byte cr, Span<byte> rgb)
    {
        rgb[0] = Clamp(Math.Ceiling(y + (1.402 * (cr - 128))));
        rgb[1] = Clamp(y - (0.344136 * (cb - 128)) - (0.714136 * (cr - 128)) + 0.46);
        rgb[2] = Clamp(Math.Ceiling(y + (1.772 * (cb - 128))));
    }

    private static byte Clamp(double value) => (byte)Math.Clamp((int)value, 0, 255);

    private static byte[] FromPalette(byte[] frame, DicomDataset dataset, PixelDescription pixels)
    {
        var (red, first) = Palette(dataset, DicomTags.RedPaletteColorLookupTableDescriptor, DicomTags.RedPaletteColorLookupTableData);
        var (green, _) = Palette(dataset, DicomTags.GreenPaletteColorLookupTableDescriptor, DicomTags.GreenPaletteColorLookupTableData);
        var (blue, _) = Palette(dataset, DicomTags.BluePaletteColorLookupTableDescriptor, DicomTags.BluePaletteColorLookupTableData);
        var rgb = new byte[3 * pixels.Pixels];
        for (var i = 0; i < pixels.Pixels; i++)
        {
            var value = (pixels.BitsAllocated == 8 ? frame[i] : BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(2 * i))) - first;
            rgb[3 * i] = red[Math.Clamp(value, 0, red.Length - 1)];
            rgb[(3 * i) + 1] = green[Math.Clamp(value, 0, green.Length - 1)];
            rgb[(3 * i) + 2] = blue[Math.Clamp(value, 0, blue.Length - 1)];
        }

        return rgb;
    }

    private static (byte[] Entries, int First) Palette(DicomDataset dataset, DicomTag descriptor, DicomTag data)
    {
        if (dataset.GetValues<long>(descriptor) is not [var count, var first, var bits])
            throw new ImageException("Image.Broken", "The palette of colours is missing; segmented ones cannot be shown.");
        var entries = LookupTable.Entries(dataset[data], count, bits);
        return entries.Length > 0
            ? ([.. entries.Select(e => (byte)(bits > 8 ? e >> 8 : e))], (int)first)
            : throw new ImageException("Image.Broken", "The palette of colours is missing or cut short; segmented ones cannot be shown.");
    }
}
