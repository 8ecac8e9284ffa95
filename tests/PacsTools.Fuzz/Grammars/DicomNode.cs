using System.Buffers.Binary;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Grammars;

/// <summary>How the elements of a data set are written (PS3.5 7.1).</summary>
internal readonly record struct DicomForm(bool IsExplicit, bool IsBigEndian);

/// <summary>An element, item or delimiter as bytes are made of it: nothing about it has to be right.</summary>
internal sealed class DicomNode
{
    internal uint Tag { get; set; }

    /// <summary>Two letters; written as they are.</summary>
    internal string VR { get; set; } = "UN";

    /// <summary>The value, where there are no children.</summary>
    internal byte[] Value { get; set; } = [];

    /// <summary>The items of a sequence or fragments of pixel data, or the elements of an item; null for a value.</summary>
    internal List<DicomNode>? Children { get; set; }

    /// <summary>True for a length of FFFFFFFF and a delimiter.</summary>
    internal bool IsOpen { get; set; }

    /// <summary>A length that need not be true; null for the right one.</summary>
    internal uint? Length { get; set; }

    internal DicomNode Clone() => new()
    {
        Tag = Tag, VR = VR, Value = Value, IsOpen = IsOpen, Length = Length, Children = Children?.ConvertAll(child => child.Clone()),
    };

    internal static byte[] Write(IEnumerable<DicomNode> nodes, DicomForm form)
    {
        var bytes = new ByteWriter();
        foreach (DicomNode node in nodes) node.Write(bytes, form);
        return bytes.ToArray();
    }

    private void Write(ByteWriter bytes, DicomForm form)
    {
        byte[] content = Children is { } children ? Write(children, form) : Value;
        bytes.UInt16((ushort)(Tag >> 16), form.IsBigEndian).UInt16((ushort)Tag, form.IsBigEndian);
        uint length = Length ?? (IsOpen ? 0xFFFFFFFF : (uint)content.Length);
        if (!form.IsExplicit || Tag >> 16 == 0xFFFE) bytes.UInt32(length, form.IsBigEndian);
        else if (IsLong(VR)) bytes.Text(VR).Add(0, 0).UInt32(length, form.IsBigEndian);
        else bytes.Text(VR).UInt16((ushort)length, form.IsBigEndian);
        bytes.Add(content);
        if (!IsOpen || Children is null) return;
        uint delimiter = Tag == 0xFFFEE000 ? 0xFFFEE00D : 0xFFFEE0DD;
        bytes.UInt16((ushort)(delimiter >> 16), form.IsBigEndian).UInt16((ushort)delimiter, form.IsBigEndian).UInt32(0, form.IsBigEndian);
    }

    internal static bool IsLong(string vr) => vr is "OB" or "OD" or "OF" or "OL" or "OV" or "OW" or "SQ" or "SV" or "UC" or "UN" or "UR" or "UT" or "UV";

    /// <summary>Reads as many elements as can be made out; what follows the last of them is left out.</summary>
    internal static List<DicomNode> Read(ReadOnlySpan<byte> bytes, DicomForm form, out int used)
    {
        used = 0;
        return ReadMany(bytes, ref used, form, 0);
    }

    private static List<DicomNode> ReadMany(ReadOnlySpan<byte> bytes, ref int at, DicomForm form, int depth)
    {
        var nodes = new List<DicomNode>();
        while (bytes.Length - at >= 8)
        {
            uint tag = ((uint)Number16(bytes[at..], form) << 16) | Number16(bytes[(at + 2)..], form);
            if (tag is 0xFFFEE00D or 0xFFFEE0DD)
            {
                at += 8;
                return nodes;
            }

            bool isItem = tag >> 16 == 0xFFFE;
            string vr = form.IsExplicit && !isItem ? $"{(char)bytes[at + 4]}{(char)bytes[at + 5]}" : Vocabulary.VROf(tag);
            int header = form.IsExplicit && !isItem && IsLong(vr) ? 12 : 8;
            if (bytes.Length - at < header) break;
            uint length = form.IsExplicit && !isItem && header == 8 ? Number16(bytes[(at + 6)..], form) : Number32(bytes[(at + header - 4)..], form);
            at += header;
            nodes.Add(ReadContent(bytes, ref at, new DicomNode { Tag = tag, VR = vr }, length, form, depth));
        }

        return nodes;
    }

    private static DicomNode ReadContent(ReadOnlySpan<byte> bytes, ref int at, DicomNode node, uint length, DicomForm form, int depth)
    {
        bool nests = depth < 80 && (node.VR == "SQ" || (node.Tag == 0xFFFEE000 && depth % 2 == 1) || (length == 0xFFFFFFFF && node.VR is "UN" or "OB" or "OW"));
        node.IsOpen = length == 0xFFFFFFFF;
        int end = node.IsOpen ? bytes.Length : (int)Math.Min(bytes.Length, at + (long)length);
        if (!node.IsOpen && length > bytes.Length - at) node.Length = length;
        if (nests && end > at)
        {
            node.Children = ReadMany(bytes[..end], ref at, form, depth + 1);
            if (!node.IsOpen) at = end;
            return node;
        }

        node.Value = bytes[at..end].ToArray();
        at = end;
        return node;
    }

    private static ushort Number16(ReadOnlySpan<byte> bytes, DicomForm form) => form.IsBigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static uint Number32(ReadOnlySpan<byte> bytes, DicomForm form) => form.IsBigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
}
