using System.Buffers.Binary;
using System.Text;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Grammars;

/// <summary>Makes data sets, and changes them element by element.</summary>
internal static class DicomGrammar
{
    private const uint Item = 0xFFFEE000;

    /// <summary>A data set, in the order of its tags more often than not.</summary>
    internal static List<DicomNode> Generate(FuzzRandom random, int depth = 0)
    {
        var nodes = new List<DicomNode>();
        for (int count = random.Length(depth == 0 ? 30 : 6); count > 0; count--) nodes.Add(Element(random, depth));
        if (depth == 0 && random.OneIn(2)) nodes.Add(CharacterSet(random));
        if (depth == 0 && random.OneIn(100)) nodes.AddRange(Flood(random));
        if (!random.OneIn(5)) nodes.Sort((a, b) => a.Tag.CompareTo(b.Tag));
        return nodes;
    }

    internal static void Mutate(List<DicomNode> nodes, FuzzRandom random)
    {
        for (int left = 1 + random.Next(3); left > 0; left--)
        {
            List<DicomNode> level = Level(nodes, random);
            if (level.Count == 0)
            {
                level.Add(Element(random, 3));
                continue;
            }

            Change(level, random.Next(level.Count), random);
        }
    }

    internal static byte[] Value(string vr, FuzzRandom random)
    {
        if (random.OneIn(12)) return random.Bytes(random.Length(100));
        int unit = vr switch { "US" or "SS" or "OW" => 2, "UL" or "SL" or "FL" or "OL" or "OF" or "AT" => 4, "FD" or "OD" or "SV" or "UV" or "OV" => 8, _ => 0 };
        if (unit > 0) return Numbers(unit, random);
        if (vr is "OB" or "UN" or "OX" or "ZZ") return random.Bytes(random.Length(60));
        if (vr == "UI") return Text(random.Pick(Vocabulary.Uids));
        var text = new ByteWriter().Add(Text(random.Pick(Vocabulary.Texts)));
        while (random.OneIn(3)) text.Add((byte)'\\').Add(Text(random.Pick(Vocabulary.Texts)));
        if ((text.Length & 1) != 0 && !random.OneIn(6)) text.Add(random.OneIn(4) ? (byte)0 : (byte)' ');
        return text.ToArray();
    }

    private static void Change(List<DicomNode> level, int at, FuzzRandom random)
    {
        DicomNode node = level[at];
        switch (random.Next(12))
        {
            case 0: level.RemoveAt(at); break;
            case 1: level.Insert(random.Next(level.Count + 1), node.Clone()); break;
            case 2: node.Tag = random.OneIn(4) ? (uint)random.Next64() : random.Pick(Vocabulary.Tags).Tag; break;
            case 3: node.VR = random.Pick(Vocabulary.VRs); break;
            case 4: node.Value = Value(node.VR, random); node.Children = null; break;
            case 5: node.IsOpen = !node.IsOpen; break;
            case 6: node.Length = (uint)random.Next64() >> random.Next(32); break;
            case 7: node.Length = (uint)(node.Value.Length + random.Next(-3, 4)); break;
            case 8: level[at] = Wrap(node, random); break;
            case 9: (level[at], level[random.Next(level.Count)]) = (level[random.Next(level.Count)], level[at]); break;
            case 10: node.Value = [.. node.Value, .. Value(node.VR, random)]; break;
            default: level.Insert(at, Element(random, 3)); break;
        }
    }

    private static List<DicomNode> Level(List<DicomNode> nodes, FuzzRandom random)
    {
        List<DicomNode> level = nodes;
        while (!random.OneIn(3))
        {
            List<DicomNode>[] inner = [.. level.Where(node => node.Children is not null).Select(node => node.Children!)];
            if (inner.Length == 0) return level;
            level = random.Pick(inner);
        }

        return level;
    }

    private static DicomNode Wrap(DicomNode node, FuzzRandom random)
    {
        for (int depth = random.OneIn(6) ? random.Next(75) : 1 + random.Next(3); depth > 0; depth--)
        {
            var item = new DicomNode { Tag = Item, Children = [node], IsOpen = random.OneIn(2) };
            node = new DicomNode { Tag = random.OneIn(2) ? 0x0040A730u : 0x00081115u, VR = random.OneIn(6) ? "UN" : "SQ", Children = [item], IsOpen = random.OneIn(2) };
        }

        return node;
    }

    private static DicomNode Element(FuzzRandom random, int depth)
    {
        (uint tag, string vr) = random.Pick(Vocabulary.Tags);
        if (random.OneIn(10)) tag = (tag & 0xFFFF0000) | (uint)random.Next(0x10000);
        if (random.OneIn(8)) vr = random.Pick(Vocabulary.VRs);
        var node = new DicomNode { Tag = tag, VR = vr };
        if (vr == "SQ" && depth < 4)
        {
            node.Children = [];
            node.IsOpen = random.OneIn(2);
            for (int items = random.Next(4); items > 0; items--)
                node.Children.Add(new DicomNode { Tag = random.OneIn(20) ? tag : Item, Children = Generate(random, depth + 1), IsOpen = random.OneIn(2) });
        }
        else if (tag == 0x7FE00010 && random.OneIn(2))
        {
            node.VR = random.OneIn(4) ? "OW" : "OB";
            node.IsOpen = true;
            node.Children = [];
            for (int fragments = random.Next(5); fragments > 0; fragments--) node.Children.Add(new DicomNode { Tag = Item, Value = random.Bytes(random.Length(80)) });
        }
        else
        {
            node.Value = Value(vr, random);
        }

        if (random.OneIn(25)) node.Length = (uint)random.Next64() >> random.Next(32);
        return node;
    }

    private static DicomNode CharacterSet(FuzzRandom random)
    {
        string terms = random.Pick(Vocabulary.CharacterSets);
        while (random.OneIn(2)) terms += "\\" + random.Pick(Vocabulary.CharacterSets);
        return new DicomNode { Tag = 0x00080005, VR = "CS", Value = Text(terms.Length % 2 == 0 ? terms : terms + " ") };
    }

    // Many small elements, in an order that makes work.
    private static IEnumerable<DicomNode> Flood(FuzzRandom random)
    {
        int count = random.Next(4000);
        bool descends = random.OneIn(2);
        for (int i = 0; i < count; i++) yield return new DicomNode { Tag = 0x00110000 + (uint)(descends ? count - i : i), VR = "UN" };
    }

    private static byte[] Numbers(int unit, FuzzRandom random)
    {
        byte[] bytes = new byte[unit * random.Next(random.OneIn(4) ? 12 : 4)];
        for (int at = 0; at < bytes.Length; at += unit)
        {
            ulong value = random.Next(6) switch
            {
                0 => ulong.MaxValue,
                1 => 1UL << ((8 * unit) - 1),
                2 => BitConverter.DoubleToUInt64Bits(random.OneIn(2) ? double.NaN : double.PositiveInfinity),
                3 => random.Next64(),
                _ => (ulong)random.Next(600),
            };
            byte[] eight = new byte[8];
            BinaryPrimitives.WriteUInt64LittleEndian(eight, value);
            eight.AsSpan(0, unit).CopyTo(bytes.AsSpan(at));
        }

        return random.OneIn(20) && bytes.Length > 1 ? bytes[..^1] : bytes;
    }

    private static byte[] Text(string text) => Encoding.Latin1.GetBytes(text);
}
