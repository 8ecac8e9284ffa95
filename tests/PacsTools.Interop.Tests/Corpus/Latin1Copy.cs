using System.Buffers.Binary;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>A file that says it is in ISO_IR 100 instead of a character set that DCMTK's library lacks. Deflated files stay as they are.</summary>
internal static class Latin1Copy
{
    private static readonly byte[] s_little = [0x08, 0x00, 0x05, 0x00];
    private static readonly byte[] s_big = [0x00, 0x08, 0x00, 0x05];

    public static byte[] Of(byte[] file)
    {
        var copy = (byte[])file.Clone();
        foreach (var tag in new[] { s_little, s_big })
        {
            for (var at = 0; copy.AsSpan(at).IndexOf(tag) is >= 0 and var found; at += found + tag.Length)
                Rename(copy.AsSpan(at + found + tag.Length), ReferenceEquals(tag, s_big));
        }

        return copy;
    }

    private static void Rename(Span<byte> element, bool isBig)
    {
        if (element.Length < 4) return;
        var isExplicit = element.StartsWith("CS"u8);
        long length = isExplicit
            ? isBig ? BinaryPrimitives.ReadUInt16BigEndian(element[2..]) : BinaryPrimitives.ReadUInt16LittleEndian(element[2..])
            : isBig ? BinaryPrimitives.ReadUInt32BigEndian(element) : BinaryPrimitives.ReadUInt32LittleEndian(element);
        var value = element[4..];
        var term = "ISO_IR 100"u8;
        if (length > value.Length || length < term.Length || length > 200) return;
        value[..(int)length].Fill((byte)' ');
        term.CopyTo(value);
    }
}
