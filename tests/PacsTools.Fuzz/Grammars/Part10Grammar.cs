using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Fuzz.Mutation;
using PacsTools.Fuzz.Targets;

namespace PacsTools.Fuzz.Grammars;

/// <summary>Makes files (PS3.10 7.1), and changes them element by element.</summary>
internal static class Part10Grammar
{
    private const int Preamble = 128;

    private static readonly DicomForm s_meta = new(true, false);

    internal static byte[] Generate(FuzzRandom random, List<DicomNode>? dataset = null, string? syntaxUid = null)
    {
        syntaxUid ??= random.OneIn(4) ? random.Pick(Vocabulary.Uids) : random.Pick(Vocabulary.Uids.AsSpan(1, 7).ToArray());
        TransferSyntax syntax = TransferSyntax.Get(syntaxUid);
        byte[] body = SyntaxByte.Pack(DicomNode.Write(dataset ?? DicomGrammar.Generate(random), SyntaxByte.FormOf(syntax)), syntax, random);
        return random.OneIn(15) ? body : [.. Head(random, syntaxUid), .. body];
    }

    internal static byte[]? Mutate(byte[] input, FuzzRandom random)
    {
        if (input.Length < Preamble + 4) return null;
        ReadOnlySpan<byte> rest = input.AsSpan(Preamble + 4);
        int meta = MetaLength(rest);
        List<DicomNode> group = DicomNode.Read(rest[..meta], s_meta, out _);
        string uid = Encoding.Latin1.GetString(group.Find(node => node.Tag == 0x00020010)?.Value ?? []).TrimEnd('\0', ' ');
        byte[] body = rest[meta..].ToArray();
        if (random.OneIn(3)) DicomGrammar.Mutate(group, random);
        else body = MutateBody(body, TransferSyntax.Get(uid), random) ?? body;
        return [.. input.AsSpan(0, Preamble + 4), .. DicomNode.Write(group, s_meta), .. body];
    }

    private static byte[]? MutateBody(byte[] body, TransferSyntax syntax, FuzzRandom random)
    {
        if (syntax.IsDeflated) return SyntaxByte.Mutate([3, .. body], random)?[1..];
        List<DicomNode> nodes = DicomNode.Read(body, SyntaxByte.FormOf(syntax), out _);
        DicomGrammar.Mutate(nodes, random);
        return DicomNode.Write(nodes, SyntaxByte.FormOf(syntax));
    }

    private static byte[] Head(FuzzRandom random, string syntaxUid)
    {
        var group = new List<DicomNode> { new() { Tag = 0x00020001, VR = "OB", Value = [0, 1] } };
        if (!random.OneIn(8)) group.Add(Uid(0x00020002, random.Pick(Vocabulary.Uids)));
        if (!random.OneIn(8)) group.Add(Uid(0x00020003, random.Pick(Vocabulary.Uids)));
        if (!random.OneIn(12)) group.Add(Uid(0x00020010, syntaxUid));
        if (random.OneIn(2)) group.Add(Uid(0x00020012, random.Pick(Vocabulary.Uids)));
        if (random.OneIn(4)) group.Add(new DicomNode { Tag = 0x00020016, VR = "AE", Value = DicomGrammar.Value("AE", random) });
        if (random.OneIn(6)) group.Add(new DicomNode { Tag = 0x00020102, VR = "OB", Value = random.Bytes(random.Length(100)) });
        byte[] rest = DicomNode.Write(group, s_meta);
        if (!random.OneIn(8)) rest = [.. DicomNode.Write([Length(rest.Length, random)], s_meta), .. rest];
        byte[] preamble = random.OneIn(20) ? [] : new byte[Preamble];
        return random.OneIn(25) ? [.. preamble, .. rest] : [.. preamble, .. "DICM"u8, .. rest];
    }

    private static DicomNode Length(int length, FuzzRandom random) => random.OneIn(15)
        ? new DicomNode { Tag = 0x00020000, VR = random.Pick(Vocabulary.VRs), Value = DicomGrammar.Value(random.Pick(Vocabulary.VRs), random) }
        : new DicomNode { Tag = 0x00020000, VR = "UL", Value = BitConverter.GetBytes(random.OneIn(8) ? (int)random.Next64() : length) };

    private static DicomNode Uid(uint tag, string uid) => new() { Tag = tag, VR = "UI", Value = Encoding.Latin1.GetBytes(uid.Length % 2 == 0 ? uid : uid + "\0") };

    private static int MetaLength(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        while (bytes.Length - at >= 12 && bytes[at] == 2 && bytes[at + 1] == 0)
        {
            bool isLong = DicomNode.IsLong($"{(char)bytes[at + 4]}{(char)bytes[at + 5]}");
            long length = isLong ? BitConverter.ToUInt32(bytes[(at + 8)..]) : BitConverter.ToUInt16(bytes[(at + 6)..]);
            long next = at + (isLong ? 12 : 8) + length;
            if (next > bytes.Length) break;
            at = (int)next;
        }

        return at;
    }
}
