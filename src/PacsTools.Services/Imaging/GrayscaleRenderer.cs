using System.Buffers.Binary;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Imaging;

/// <summary>From stored values to 256 grey levels (PS3.4 N.2): modality transformation, window, and the photometric interpretation's direction.</summary>
internal sealed class GrayscaleRenderer(DicomDataset dataset, PixelDescription pixels)
{
    private static readonly DicomTag s_modalityLut = new(0x0028, 0x3000);
    private static readonly DicomTag s_voiLut = new(0x0028, 0x3010);
    private static readonly DicomTag s_presentationLutShape = new(0x2050, 0x0020);

    /// <summary>Renders a frame.</summary>
    /// <param name="frame">Its native bytes.</param>
    /// <param name="window">The window to use; null for the file's first, or its VOI LUT, or else the range of the frame's own values.</param>
    public byte[] Render(byte[] frame, GrayWindow? window)
    {
        var values = new double[pixels.Pixels];
        var modality = LookupTable.Of(dataset, s_modalityLut, pixels.IsSigned);
        var slope = dataset.GetDouble(DicomTags.RescaleSlope) ?? 1;
        var intercept = dataset.GetDouble(DicomTags.RescaleIntercept) ?? 0;
        for (var i = 0; i < values.Length; i++)
        {
            var stored = Stored(frame, i);
            values[i] = modality?.Map(stored) ?? ((stored * slope) + intercept);
        }

        var grey = new byte[values.Length];
        var voi = window is null && Windowed() is null ? LookupTable.Of(dataset, s_voiLut, isSigned: true) : null;
        var used = window ?? Windowed() ?? GrayWindow.Around(values);
        // PS3.3 C.11.6: where a shape is given, it says what black is, whatever the photometric interpretation.
        var inverted = dataset.GetString(s_presentationLutShape) switch
        {
            "INVERSE" => true,
            "IDENTITY" => false,
            _ => pixels.Photometric == "MONOCHROME1",
        };
        for (var i = 0; i < grey.Length; i++)
        {
            var level = voi is null ? used.Apply(values[i]) : voi.MapToUnit(values[i]);
            grey[i] = (byte)Math.Clamp((int)(((inverted ? 1 - level : level) * 255) + 0.5), 0, 255);
        }

        return grey;
    }

    private GrayWindow? Windowed() =>
        First(DicomTags.WindowCenter) is { } center && First(DicomTags.WindowWidth) is { } width && width > 0
            ? new GrayWindow(center, width, dataset.GetString(DicomTags.VOILUTFunction)?.Trim() ?? "LINEAR")
            : null;

    private double? First(DicomTag tag) => dataset.GetDouble(tag);

    private long Stored(byte[] frame, int index)
    {
        var raw = pixels.BitsAllocated switch
        {
            1 => (uint)(frame[index >> 3] >> (index & 7)) & 1,
            8 => frame[index],
            16 => BinaryPrimitives.ReadUInt16LittleEndian(frame.AsSpan(2 * index)),
            _ => BinaryPrimitives.ReadUInt32LittleEndian(frame.AsSpan(4 * index)),
        };

        // Bits beyond those stored are not of the value (PS3.5 8.1.1): overlays were kept there once.
        long value = (raw >> (pixels.HighBit + 1 - pixels.BitsStored)) & (uint.MaxValue >> (32 - pixels.BitsStored));
        return pixels.IsSigned && (value >> (pixels.BitsStored - 1)) == 1 ? value - (1L << pixels.BitsStored) : value;
    }
}
