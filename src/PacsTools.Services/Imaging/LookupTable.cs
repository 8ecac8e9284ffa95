using System.Buffers.Binary;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Imaging;

/// <summary>A modality or VOI lookup table (PS3.3 C.11.1, C.11.2).</summary>
internal sealed class LookupTable
{
    private static readonly DicomTag s_descriptor = new(0x0028, 0x3002);
    private static readonly DicomTag s_data = new(0x0028, 0x3006);

    private readonly ushort[] _entries;
    private readonly int _first;
    private readonly int _bits;

    private LookupTable(ushort[] entries, int first, int bits)
    {
        _entries = entries;
        _first = first;
        _bits = bits;
    }

    /// <summary>The first table of a sequence; null if there is none that can be used.</summary>
    public static LookupTable? Of(DicomDataset dataset, DicomTag sequence, bool isSigned)
    {
        if (dataset.GetItems(sequence) is not [var item, ..] || item.GetValues<long>(s_descriptor) is not [var count, var first, var bits])
            return null;
        var entries = Entries(item[s_data], count, bits);
        return entries.Length == 0 ? null : new LookupTable(entries, isSigned ? (short)first : (ushort)first, (int)bits);
    }

    /// <summary>The entry of a value; values beyond the table have its first or last.</summary>
    public double Map(double value)
    {
        // A slope that is not a number makes values that are none, and no entry belongs to those.
        var index = Math.Clamp(Math.Round(value) - _first, 0, _entries.Length - 1);
        return _entries[double.IsNaN(index) ? 0 : (int)index];
    }

    /// <summary>The same from 0 to 1.</summary>
    public double MapToUnit(double value) => Map(value) / ((1 << _bits) - 1);

    /// <summary>The entries of a table: 16 bits each, or 8 if the bytes are as many as the entries.</summary>
    /// <param name="data">The table; null for none.</param>
    /// <param name="said">How many entries its descriptor says, 16 bits of it; 0 stands for 65,536 (PS3.3 C.11.1.1.1).</param>
    /// <param name="bits">Bits of an entry, by the descriptor.</param>
    /// <returns>No entries if there is no such table.</returns>
    public static ushort[] Entries(DicomElement? data, long said, long bits)
    {
        if (data is null || data.IsDeferred || bits is < 1 or > 16)
            return [];
        // An archive's SS for what is US makes it negative, other VRs anything.
        var count = (int)(said & 0xFFFF) is var low and > 0 ? low : 65536;
        var bytes = data.Value.Span;
        if (bytes.Length >= 2 * count)
        {
            var entries = new ushort[count];
            for (var i = 0; i < count; i++)
                entries[i] = BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]);
            return entries;
        }

        return bytes.Length >= count ? [.. bytes[..count].ToArray().Select(b => (ushort)b)] : [];
    }
}
