using System.Buffers.Binary;
using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Encoding;

/// <summary>Tag, VR and length of an element, item or delimiter as they stand before its value (PS3.5 7.1, 7.5).</summary>
internal readonly record struct ElementHeader(DicomTag Tag, DicomVR VR, uint Length, int Size, ElementForm Form)
{
    /// <summary>The longest header: explicit VR with a 32-bit length.</summary>
    internal const int MaxSize = 12;

    /// <summary>The shortest header.</summary>
    internal const int MinSize = 8;

    internal const uint UndefinedLength = 0xFFFFFFFF;

    /// <summary>The group of items and delimiters; no data set has an element of it.</summary>
    internal const ushort ItemGroup = 0xFFFE;

    internal static readonly DicomTag Item = new(ItemGroup, 0xE000);
    internal static readonly DicomTag ItemDelimitation = new(ItemGroup, 0xE00D);
    internal static readonly DicomTag SequenceDelimitation = new(ItemGroup, 0xE0DD);

    internal bool IsDelimitation => Tag == ItemDelimitation || Tag == SequenceDelimitation;

    internal bool IsUndefinedLength => Length == UndefinedLength;

    /// <summary>
    /// Reads a header. <paramref name="room"/> is how many bytes there are from its start to the end of what it is in; it tells
    /// wrong from right where a VR is none.
    /// </summary>
    /// <returns>False if more bytes are needed.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> bytes, ElementForm form, long room, out ElementHeader header)
    {
        header = default;
        if (bytes.Length < MinSize) return false;
        DicomTag tag = ReadTag(bytes, form.IsBigEndian);
        if (!form.IsExplicit || IsMark(tag))
        {
            header = new ElementHeader(tag, default, ReadUInt32(bytes[4..], form.IsBigEndian), 8, form);
            return true;
        }

        var vr = (DicomVR)((bytes[4] << 8) | bytes[5]);
        if (!vr.IsKnown()) return TryReadUnknown(bytes, tag, form, room, out header);
        if (!vr.HasLongLength())
        {
            header = new ElementHeader(tag, vr, ReadUInt16(bytes[6..], form.IsBigEndian), 8, form);
            return true;
        }

        if (bytes.Length < MaxSize) return false;
        header = new ElementHeader(tag, vr, ReadUInt32(bytes[8..], form.IsBigEndian), 12, form);
        return true;
    }

    /// <summary>True for an item and the two delimiters, which have no VR in any syntax; no other element of their group is defined (PS3.5 7.5).</summary>
    internal static bool IsMark(DicomTag tag) => tag == Item || tag == ItemDelimitation || tag == SequenceDelimitation;

    internal static DicomTag ReadTag(ReadOnlySpan<byte> bytes, bool bigEndian) => new(ReadUInt16(bytes, bigEndian), ReadUInt16(bytes[2..], bigEndian));

    // What is seen in practice: VRs newer than we know, which have the long form (PS3.5 7.1.2); "??", "--" or spaces with the
    // short form; and elements of implicit VR in between, written by those who inserted them without looking.
    private static bool TryReadUnknown(ReadOnlySpan<byte> bytes, DicomTag tag, ElementForm form, long room, out ElementHeader header)
    {
        header = default;
        bool letters = char.IsAsciiLetterUpper((char)bytes[4]) && char.IsAsciiLetterUpper((char)bytes[5]);
        uint shortLength = ReadUInt16(bytes[6..], form.IsBigEndian);
        if (letters && shortLength == 0)
        {
            if (bytes.Length < MaxSize) return false;
            header = new ElementHeader(tag, DicomVR.UN, ReadUInt32(bytes[8..], form.IsBigEndian), 12, form);
            return true;
        }

        bool printable = bytes[4] is >= 0x20 and < 0x7F && bytes[5] is >= 0x20 and < 0x7F;
        uint implicitLength = ReadUInt32(bytes[4..], form.IsBigEndian);
        bool asImplicit = !printable && (implicitLength == UndefinedLength || implicitLength <= room - 8);
        header = asImplicit
            ? new ElementHeader(tag, default, implicitLength, 8, form with { IsExplicit = false })
            : new ElementHeader(tag, DictionaryVR.ForKnown(tag), shortLength, 8, form);
        return true;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
