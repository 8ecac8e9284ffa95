using System.Buffers.Binary;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Pdus;

using Encoding = System.Text.Encoding;

/// <summary>Walks through the bytes of a PDU or of one of its items. Whatever does not fit is an error naming the field and its offset in the PDU.</summary>
internal ref struct ItemCursor
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly int _start;
    private int _position;

    public ItemCursor(ReadOnlySpan<byte> bytes, int start)
    {
        _bytes = bytes;
        _start = start;
    }

    /// <summary>Offset of the next byte from the start of the PDU.</summary>
    public readonly int Offset => _start + _position;

    public readonly bool AtEnd => _position == _bytes.Length;

    public byte Byte(string field) => Take(1, field)[0];

    public ushort UInt16(string field) => BinaryPrimitives.ReadUInt16BigEndian(Take(2, field));

    public uint UInt32(string field) => BinaryPrimitives.ReadUInt32BigEndian(Take(4, field));

    public void Skip(int count, string field) => Take(count, field);

    public ReadOnlySpan<byte> Take(int count, string field)
    {
        if (count > _bytes.Length - _position)
        {
            throw new DicomProtocolException(
                $"{field} needs {count} bytes at offset {Offset}, {_bytes.Length - _position} are left", field, Offset);
        }

        var taken = _bytes.Slice(_position, count);
        _position += count;
        return taken;
    }

    /// <summary>Reads the header of an item or sub-item and returns a cursor over its body.</summary>
    /// <param name="type">The item type.</param>
    /// <param name="field">What errors call the item.</param>
    public ItemCursor Item(out byte type, string field)
    {
        type = Byte(field);
        Skip(1, field);
        int length = UInt16(field);
        var bodyOffset = Offset;
        return new ItemCursor(Take(length, field), bodyOffset);
    }

    /// <summary>The rest as a UID: unpadded by the standard, with trailing NULs and outer spaces tolerated.</summary>
    public string RestAsUid(string field) => Uid(Take(_bytes.Length - _position, field));

    /// <summary>The rest as text for people: anything that is not printable ASCII becomes a question mark.</summary>
    public string RestAsText(string field)
    {
        var text = RestAsUid(field);
        return string.Create(text.Length, text, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = from[i] is >= ' ' and <= '~' ? from[i] : '?';
        });
    }

    /// <summary>A field preceded by its length in two bytes.</summary>
    public ReadOnlySpan<byte> Counted(string field)
    {
        int length = UInt16(field);
        return Take(length, field);
    }

    /// <summary>A UID preceded by its length in two bytes.</summary>
    public string CountedUid(string field) => Uid(Counted(field));

    public ReadOnlySpan<byte> Rest(string field) => Take(_bytes.Length - _position, field);

    private static string Uid(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd("\0 "u8).TrimStart((byte)' ');
        return text.IsEmpty ? string.Empty : Encoding.Latin1.GetString(text);
    }
}
