using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace PacsTools.TestKit.Data;

/// <summary>
/// A data set as a test writes it down: elements with explicit VR, encoded in implicit or explicit VR little endian
/// (PS3.5 7.1). Apart from the engine on purpose, so that bytes the engine reads were not written by the engine.
/// </summary>
public sealed class RawDataSet
{
    private readonly SortedDictionary<uint, (string VR, byte[] Value)> _elements = [];

    /// <summary>How text of the character-set-bound VRs becomes bytes; name the matching (0008,0005) yourself.</summary>
    public Encoding Encoding { get; init; } = Encoding.ASCII;

    public bool Contains(uint tag) => _elements.ContainsKey(tag);

    /// <summary>Sets text; several values are joined by a backslash.</summary>
    public RawDataSet Text(uint tag, string vr, params string[] values)
    {
        Encoding encoding = vr is "LO" or "LT" or "PN" or "SH" or "ST" or "UC" or "UT" ? Encoding : Encoding.ASCII;
        return Bytes(tag, vr, encoding.GetBytes(string.Join('\\', values)));
    }

    /// <summary>Sets bytes, padded to even length as the VR wants it.</summary>
    public RawDataSet Bytes(uint tag, string vr, byte[] value)
    {
        if (value.Length % 2 != 0)
            value = [.. value, vr is "UI" or "OB" or "UN" ? (byte)0 : (byte)' '];
        _elements[tag] = (vr, value);
        return this;
    }

    public RawDataSet UInt16(uint tag, params ushort[] values) => Bytes(tag, "US", [.. values.SelectMany(v => (byte[])[(byte)v, (byte)(v >> 8)])]);

    public RawDataSet Number(uint tag, int value) => Text(tag, "IS", value.ToString(CultureInfo.InvariantCulture));

    public RawDataSet Decimal(uint tag, params double[] values) =>
        Text(tag, "DS", [.. values.Select(v => v.ToString("0.######", CultureInfo.InvariantCulture))]);

    /// <summary>An attribute tag as value.</summary>
    public RawDataSet Pointer(uint tag, uint value) =>
        Bytes(tag, "AT", [(byte)(value >> 16), (byte)(value >> 24), (byte)value, (byte)(value >> 8)]);

    /// <summary>A sequence of explicit length; no items is a zero-length sequence.</summary>
    public RawDataSet Sequence(uint tag, bool explicitVR, params RawDataSet[] items) => Bytes(tag, "SQ",
        [.. items.SelectMany(i =>
        {
            byte[] content = i.ToBytes(explicitVR);
            byte[] item = new byte[8 + content.Length];
            WriteTag(item, 0xFFFEE000);
            BinaryPrimitives.WriteInt32LittleEndian(item.AsSpan(4), content.Length);
            content.CopyTo(item, 8);
            return item;
        })]);

    public RawDataSet Remove(uint tag)
    {
        _elements.Remove(tag);
        return this;
    }

    /// <summary>The bytes in implicit or explicit VR little endian.</summary>
    public byte[] ToBytes(bool explicitVR)
    {
        using var bytes = new MemoryStream();
        foreach ((uint tag, (string vr, byte[] value)) in _elements)
        {
            bytes.Write(Header(tag, vr, (uint)value.Length, explicitVR));
            bytes.Write(value);
        }
        return bytes.ToArray();
    }

    /// <summary>The header of one element.</summary>
    public static byte[] Header(uint tag, string vr, uint length, bool explicitVR)
    {
        bool wide = explicitVR && vr is "OB" or "OD" or "OF" or "OL" or "OV" or "OW" or "SQ" or "SV" or "UC" or "UN" or "UR" or "UT" or "UV";
        byte[] header = new byte[wide ? 12 : 8];
        WriteTag(header, tag);
        if (!explicitVR)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(4), length);
            return header;
        }
        header[4] = (byte)vr[0];
        header[5] = (byte)vr[1];
        if (wide)
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), length);
        else
            BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), checked((ushort)length));
        return header;
    }

    private static void WriteTag(Span<byte> target, uint tag)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(target, (ushort)(tag >> 16));
        BinaryPrimitives.WriteUInt16LittleEndian(target[2..], (ushort)tag);
    }
}
