using System.Buffers.Binary;
using System.Text;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>A data set written down as it comes: nothing is sorted, padded or checked.</summary>
internal sealed class OddDataSet(bool explicitVR, bool bigEndian = false)
{
    private const uint Undefined = 0xFFFFFFFF;
    private const string LongForms = "OB OD OF OL OV OW SQ SV UC UN UR UT UV";

    private readonly MemoryStream _bytes = new();

    public byte[] ToArray() => _bytes.ToArray();

    public OddDataSet Text(uint tag, string vr, string text) => Bytes(tag, vr, Encoding.ASCII.GetBytes(text));

    public OddDataSet Bytes(uint tag, string vr, byte[] value) => Element(tag, vr, (uint)value.Length, value);

    /// <summary>An element of undefined length; its delimiter is part of what is given, or missing.</summary>
    public OddDataSet Open(uint tag, string vr, byte[] content) => Element(tag, vr, Undefined, content);

    public OddDataSet Raw(byte[] bytes)
    {
        _bytes.Write(bytes);
        return this;
    }

    /// <summary>A group length which is wrong, as most are in old files.</summary>
    public OddDataSet Group0Length(ushort group) => Bytes((uint)group << 16, "UL", UInt32(40));

    public OddDataSet Fragments(params byte[][] fragments)
    {
        Element(0x7FE00010, "OB", Undefined, []);
        foreach (var fragment in fragments) Mark(0xFFFEE000, (uint)fragment.Length).Raw(fragment);
        return Mark(0xFFFEE0DD, 0);
    }

    public OddDataSet Items(uint tag, params OddDataSet[] items)
    {
        byte[][] all = [.. items.Select(item => item.ToArray())];
        Element(tag, "SQ", (uint)all.Sum(item => item.Length + 8), []);
        foreach (var item in all) Mark(0xFFFEE000, (uint)item.Length).Raw(item);
        return this;
    }

    public OddDataSet PrivateSequences()
    {
        var item = Item().Text(0x00290010, "LO", "MAKER ").Text(0x00291001, "SH", "in").ToArray();
        Text(0x00290010, "LO", "MAKER ");
        Element(0x00291002, "SQ", (uint)item.Length + 8, []).Mark(0xFFFEE000, (uint)item.Length).Raw(item);
        Element(0x00291003, "SQ", Undefined, []).Mark(0xFFFEE000, Undefined).Raw(item).Mark(0xFFFEE00D, 0).Mark(0xFFFEE0DD, 0);
        return Bytes(0x00291004, "OB", [1, 2, 3, 4]).Bytes(0x00291005, "UN", [1, 2]).Text(0x00291006, "UT", "more").Bytes(0x00311001, "FD", new byte[8]);
    }

    public OddDataSet Sequences()
    {
        var item = Item().Text(0x00080100, "SH", "CODE").ToArray();
        Element(0x00081110, "SQ", 0, []);
        Element(0x00081111, "SQ", Undefined, []).Mark(0xFFFEE0DD, 0);
        Element(0x00082218, "SQ", 16, []).Mark(0xFFFEE000, 0).Mark(0xFFFEE000, 0);
        Element(0x00082228, "SQ", Undefined, []).Mark(0xFFFEE000, (uint)item.Length).Raw(item).Mark(0xFFFEE000, Undefined).Raw(item).Mark(0xFFFEE00D, 0).Mark(0xFFFEE0DD, 0);
        Element(0x00400260, "SQ", (uint)item.Length + 16, []).Mark(0xFFFEE000, Undefined).Raw(item).Mark(0xFFFEE00D, 0);
        return Text(0x00401001, "SH", "end ");
    }

    public OddDataSet Numbers()
    {
        Bytes(0x00089007, "CS", "ORIGINAL"u8.ToArray());
        Bytes(0x00186028, "FD", bigEndian ? [0x3F, 0xB9, 0x99, 0x99, 0x99, 0x99, 0x99, 0x9A] : [0x9A, 0x99, 0x99, 0x99, 0x99, 0x99, 0xB9, 0x3F]);
        Bytes(0x0018602C, "FD", bigEndian ? [0x7F, 0xF0, 0, 0, 0, 0, 0, 0] : [0, 0, 0, 0, 0, 0, 0xF0, 0x7F]);
        Bytes(0x00189219, "SS", bigEndian ? [0x80, 0x00] : [0x00, 0x80]);
        Bytes(0x00189220, "FD", new byte[16]);
        Bytes(0x00200062, "CS", "L "u8.ToArray());
        Bytes(0x00280103, "US", bigEndian ? [0, 1] : [1, 0]);
        Bytes(0x00280106, "SS", [0xFF, 0xFF]);
        Bytes(0x00280009, "AT", bigEndian ? [0x00, 0x18, 0x10, 0x63, 0, 0x28, 0, 9] : [0x18, 0x00, 0x63, 0x10, 0x28, 0, 9, 0]);
        Bytes(0x00409094, "UL", []);
        Bytes(0x00186039, "SL", [1, 0, 0, 0, 2]);
        Bytes(0x00720082, "SV", [0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF]);
        Bytes(0x00720083, "UV", [0xFF, 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFE, 0xFF]);
        return Bytes(0x00720075, "OV", [1, 2, 3, 4, 5, 6, 7, 8]).Bytes(0x00720067, "OF", [0, 0, 128, 63]);
    }

    private OddDataSet Item() => new(explicitVR, bigEndian);

    private OddDataSet Mark(uint tag, uint length) => Raw([.. Tag(tag), .. UInt32(length)]);

    private OddDataSet Element(uint tag, string vr, uint length, byte[] value)
    {
        var code = Encoding.ASCII.GetBytes(vr);
        byte[] header = !explicitVR ? UInt32(length)
            : LongForms.Contains(vr, StringComparison.Ordinal) || vr == "ZZ" ? [.. code, 0, 0, .. UInt32(length)]
            : [.. code, .. UInt16((ushort)length)];
        return Raw([.. Tag(tag), .. header, .. value]);
    }

    private byte[] Tag(uint tag) => [.. UInt16((ushort)(tag >> 16)), .. UInt16((ushort)tag)];

    private byte[] UInt16(ushort value) => bigEndian ? [(byte)(value >> 8), (byte)value] : [(byte)value, (byte)(value >> 8)];

    private byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
