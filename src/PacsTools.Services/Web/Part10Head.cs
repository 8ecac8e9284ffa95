using System.Buffers.Binary;
using System.Text;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Web;

/// <summary>What stands before the data set of a Part 10 file that comes in pieces (PS3.10 7.1).</summary>
internal sealed record Part10Head(int Length, string? SOPClassUID, string? SOPInstanceUID, string? TransferSyntaxUID)
{
    /// <summary>The longest that is waited for.</summary>
    public const int MaxLength = 1 << 20;

    private const int Start = 132;
    private const uint Group = 0x0002;

    private enum Step
    {
        Value,
        More,
        End,
        Broken,
    }

    /// <summary>Reads the head if it has come as a whole.</summary>
    /// <param name="bytes">The file from its beginning, as far as it has come.</param>
    /// <param name="head">The head; null if more bytes are needed.</param>
    /// <returns>False if this is no DICOM file.</returns>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out Part10Head? head)
    {
        head = null;
        if (bytes.Length < Start)
            return true;
        if (!bytes[128..].StartsWith("DICM"u8))
            return false;
        string? sopClass = null, instance = null, syntax = null;
        long? byLength = null;
        var at = Start;
        while (true)
        {
            // Deflated bytes can look like an element of the group; everything else ends it by its own group.
            if (byLength is { } end && at >= end && syntax is not null && TransferSyntax.Get(syntax).IsDeflated)
                break;
            switch (Element(bytes[at..], out var element, out var value, out var size))
            {
                case Step.Broken:
                    return false;
                case Step.More:
                    return bytes.Length < MaxLength;
                case Step.End:
                    if (at == Start)
                        return false;
                    head = new Part10Head(at, sopClass, instance, syntax);
                    return true;
            }

            at += size;
            switch (element)
            {
                case 0x0000 when value.Length == 4:
                    byLength = at + BinaryPrimitives.ReadUInt32LittleEndian(value);
                    break;
                case 0x0002:
                    sopClass = Uid(value);
                    break;
                case 0x0003:
                    instance = Uid(value);
                    break;
                case 0x0010:
                    syntax = Uid(value);
                    break;
            }
        }

        head = new Part10Head(at, sopClass, instance, syntax);
        return true;
    }

    private static Step Element(ReadOnlySpan<byte> bytes, out int element, out ReadOnlySpan<byte> value, out int size)
    {
        (element, size) = (0, 0);
        value = default;
        if (bytes.Length < 8)
            return bytes.Length >= 2 && BinaryPrimitives.ReadUInt16LittleEndian(bytes) != Group ? Step.End : Step.More;
        if (BinaryPrimitives.ReadUInt16LittleEndian(bytes) != Group)
            return Step.End;
        element = BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]);
        if (bytes[4] is < (byte)'A' or > (byte)'Z' || bytes[5] is < (byte)'A' or > (byte)'Z')
            return Step.Broken;
        var isLong = Encoding.ASCII.GetString(bytes.Slice(4, 2)) is "OB" or "OW" or "OF" or "OD" or "OL" or "OV" or "SQ" or "UN" or "UT" or "UC" or "UR" or "SV" or "UV";
        if (isLong && bytes.Length < 12)
            return Step.More;
        var length = isLong ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) : BinaryPrimitives.ReadUInt16LittleEndian(bytes[6..]);
        if (length > MaxLength)
            return Step.Broken;
        size = (isLong ? 12 : 8) + (int)length;
        if (bytes.Length < size)
            return Step.More;
        value = bytes[(isLong ? 12 : 8)..size];
        return Step.Value;
    }

    private static string? Uid(ReadOnlySpan<byte> value) =>
        Encoding.Latin1.GetString(value.TrimEnd((byte)0)).Trim(' ', '\0') is { Length: > 0 and <= DicomUids.MaxLength } uid ? uid : null;
}
