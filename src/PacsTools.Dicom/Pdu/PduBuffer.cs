using System.Buffers.Binary;
using System.Text;

namespace PacsTools.Dicom.Pdus;

using Encoding = System.Text.Encoding;

/// <summary>Grows a PDU in memory; lengths are filled in when their item ends.</summary>
internal sealed class PduBuffer
{
    private byte[] _bytes = new byte[512];
    private int _count;

    public PduBuffer(PduType type)
    {
        Byte((byte)type);
        Byte(0);
        Reserve(4);
    }

    public void Byte(byte value) => Reserve(1)[0] = value;

    public void UInt16(int value, string field)
    {
        if (value is < 0 or > ushort.MaxValue)
            throw new ArgumentException($"{field} does not fit two bytes: {value}.");
        BinaryPrimitives.WriteUInt16BigEndian(Reserve(2), (ushort)value);
    }

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Reserve(4), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Reserve(value.Length));

    public Span<byte> Reserve(int length)
    {
        if (length > _bytes.Length - _count)
            Array.Resize(ref _bytes, Math.Max(checked(_count + length), _bytes.Length * 2));
        var span = _bytes.AsSpan(_count, length);
        span.Clear();
        _count += length;
        return span;
    }

    /// <summary>Writes text of the default repertoire without padding, as PS3.8 F wants UIDs.</summary>
    public void Text(string text, string field)
    {
        if (!Ascii.IsValid(text))
            throw new ArgumentException($"{field} holds characters other than ASCII.");
        Encoding.ASCII.GetBytes(text, Reserve(text.Length));
    }

    public void CountedText(string text, string field)
    {
        UInt16(text.Length, field);
        Text(text, field);
    }

    public void CountedBytes(ReadOnlySpan<byte> value, string field)
    {
        UInt16(value.Length, field);
        Bytes(value);
    }

    /// <summary>Starts an item with a two-byte length; returns what <see cref="EndItem"/> needs.</summary>
    public int BeginItem(byte type)
    {
        Byte(type);
        Byte(0);
        return BeginCounted();
    }

    /// <summary>Starts a list preceded by its length in two bytes.</summary>
    public int BeginCounted()
    {
        Reserve(2);
        return _count;
    }

    public void EndItem(int start, string field)
    {
        var length = _count - start;
        if (length > ushort.MaxValue)
            throw new ArgumentException($"{field} would take {length} bytes, more than the {ushort.MaxValue} an item can hold.");
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(start - 2), (ushort)length);
    }

    public void TextItem(byte type, string text, string field)
    {
        var item = BeginItem(type);
        Text(text, field);
        EndItem(item, field);
    }

    public byte[] Finish()
    {
        BinaryPrimitives.WriteUInt32BigEndian(_bytes.AsSpan(2), (uint)(_count - PduHeader.Size));
        return _bytes.AsSpan(0, _count).ToArray();
    }
}
