using System.Globalization;
using PacsTools.Interop.Tests.Corpus;

namespace PacsTools.Interop.Tests.Files;

/// <summary>An image of a given layout (PS3.3 C.7.6.3), its pixels from a seed, written apart from the engine.</summary>
internal sealed record TestImage
{
    public const int Rows = 13;
    public const int Columns = 14;
    public const int Frames = 2;

    public string Photometric { get; init; } = "MONOCHROME2";

    public int Allocated { get; init; } = 16;

    public int Stored { get; init; } = 12;

    /// <summary>Bits below the stored ones, which belong to nobody.</summary>
    public int BitsBelow { get; init; }

    public bool IsSigned { get; init; }

    public bool IsPlanar { get; init; }

    public double? Slope { get; init; }

    public double Intercept { get; init; }

    public string? Window { get; init; }

    public bool HasModalityLut { get; init; }

    public bool HasVoiLut { get; init; }

    /// <summary>Bits of an entry of the palette.</summary>
    public int PaletteBits { get; init; } = 16;

    public string? PresentationShape { get; init; }

    private bool IsColor => Photometric is "RGB" or "YBR_FULL" or "YBR_FULL_422";

    private int BytesPerPixel => Photometric == "YBR_FULL_422" ? 2 : (IsColor ? 3 : 1) * Allocated / 8;

    /// <summary>A file without meta information: explicit VR little endian.</summary>
    public byte[] ToFile()
    {
        var set = new OddDataSet(true)
            .Text(0x00080016, "UI", "1.2.840.10008.5.1.4.1.1.7\0").Text(0x00080018, "UI", "1.2.3.4.5.6.7\0")
            .Bytes(0x00280002, "US", Word(IsColor ? 3 : 1)).Text(0x00280004, "CS", Even(Photometric));
        if (IsColor) set.Bytes(0x00280006, "US", Word(IsPlanar ? 1 : 0));
        set.Text(0x00280008, "IS", Even(Frames.ToString(CultureInfo.InvariantCulture)))
            .Bytes(0x00280010, "US", Word(Rows)).Bytes(0x00280011, "US", Word(Columns)).Bytes(0x00280100, "US", Word(Allocated))
            .Bytes(0x00280101, "US", Word(Stored)).Bytes(0x00280102, "US", Word(Stored + BitsBelow - 1)).Bytes(0x00280103, "US", Word(IsSigned ? 1 : 0));
        if (Window?.Split(' ') is [var center, var width]) set.Text(0x00281050, "DS", Even(center)).Text(0x00281051, "DS", Even(width));
        if (Slope is { } slope)
            set.Text(0x00281052, "DS", Even(Number(Intercept))).Text(0x00281053, "DS", Even(Number(slope))).Text(0x00281054, "LO", "US");
        if (Photometric == "PALETTE COLOR") Palette(set);
        if (HasModalityLut) set.Items(0x00283000, Lut(bits: 12, isModality: true));
        if (HasVoiLut) set.Items(0x00283010, Lut(bits: 10, isModality: false));
        if (PresentationShape is { } shape) set.Text(0x20500020, "CS", Even(shape));
        return set.Bytes(0x7FE00010, Allocated > 8 ? "OW" : "OB", Pixels()).ToArray();
    }

    private byte[] Pixels()
    {
        var random = new Random(Photometric.Length + Stored);
        var bytes = new byte[Rows * Columns * BytesPerPixel * Frames];
        random.NextBytes(bytes);
        if (Allocated == 16 && Stored + BitsBelow < 16)
        {
            // Nothing above the stored bits, but the sign.
            for (var i = 0; i < bytes.Length; i += 2)
            {
                int shift = 16 - Stored - BitsBelow, value = (short)((bytes[i] | (bytes[i + 1] << 8)) << shift);
                Word(IsSigned ? value >> shift : (ushort)value >> shift).CopyTo(bytes, i);
            }
        }

        return bytes;
    }

    private static OddDataSet Lut(int bits, bool isModality)
    {
        const int count = 200;
        var entries = Enumerable.Range(0, count).SelectMany(i => Word((i * i) % (1 << bits))).ToArray();
        var first = isModality ? 10 : 100;
        var item = new OddDataSet(true).Bytes(0x00283002, "US", [.. Word(count), .. Word(first), .. Word(bits)]);
        if (isModality) item.Text(0x00283004, "LO", "US");
        return item.Bytes(0x00283006, "OW", entries);
    }

    private void Palette(OddDataSet set)
    {
        const int count = 200, first = 5;
        foreach (var colour in new uint[] { 1, 2, 3 }) set.Bytes(0x00281100 + colour, "US", [.. Word(count), .. Word(first), .. Word(PaletteBits)]);
        foreach (var colour in new uint[] { 1, 2, 3 })
        {
            var entries = Enumerable.Range(0, count).Select(i => (int)(i * 323 * colour) % (1 << PaletteBits));
            set.Bytes(0x00281200 + colour, "OW", [.. PaletteBits == 8 ? entries.Select(e => (byte)e) : entries.SelectMany(Word)]);
        }
    }

    private static byte[] Word(int value) => [(byte)value, (byte)(value >> 8)];

    private static string Number(double value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Even(string text) => text.Length % 2 == 0 ? text : text + " ";
}
