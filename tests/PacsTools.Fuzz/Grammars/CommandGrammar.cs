using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Grammars;

/// <summary>Makes command sets (PS3.7 E.1): implicit VR little endian, all of group 0000.</summary>
internal static class CommandGrammar
{
    private static readonly DicomForm s_form = new(false, false);

    private static readonly ushort[] s_fields =
    [
        0x0001, 0x8001, 0x0010, 0x8010, 0x0020, 0x8020, 0x0021, 0x8021, 0x0030, 0x8030, 0x0100, 0x8100, 0x0110, 0x8110, 0x0120, 0x8120, 0x0130, 0x8130, 0x0140, 0x8140, 0x0150, 0x8150, 0x0FFF, 0x1234,
    ];

    private static readonly ushort[] s_statuses = [0, 1, 0x0105, 0x0107, 0x0110, 0x0116, 0x0117, 0x0122, 0x0124, 0xA700, 0xA701, 0xA801, 0xA900, 0xB000, 0xB006, 0xB007, 0xC000, 0xC123, 0xFE00, 0xFF00, 0xFF01, 0xFFFF];

    private static readonly (ushort Element, bool IsNumber)[] s_elements =
    [
        (0x0002, false), (0x0003, false), (0x0110, true), (0x0120, true), (0x0600, false), (0x0700, true), (0x0901, false), (0x0902, false), (0x0903, true), (0x1000, false), (0x1001, false), (0x1002, true),
        (0x1008, true), (0x1005, false), (0x1020, true), (0x1021, true), (0x1022, true), (0x1023, true), (0x1030, false), (0x1031, true), (0x0010, false), (0x4000, false), (0xFFFF, false),
    ];

    internal static byte[] Generate(FuzzRandom random, ushort? field = null, bool? hasDataSet = null)
    {
        var nodes = new List<DicomNode> { Number(0x0100, field ?? random.Pick(s_fields)) };
        if (hasDataSet is { } has) nodes.Add(Number(0x0800, (ushort)(has ? 1 : 0x0101)));
        else if (!random.OneIn(10)) nodes.Add(Number(0x0800, (ushort)(random.OneIn(2) ? 0x0101 : random.Next(3))));
        if (!random.OneIn(3)) nodes.Add(Number(0x0900, random.Pick(s_statuses)));
        if (!random.OneIn(3)) nodes.Add(Number(0x0110, (ushort)random.Next(4)));
        if (!random.OneIn(3)) nodes.Add(Number(0x0120, (ushort)random.Next(4)));
        for (int count = random.Next(8); count > 0; count--)
        {
            (ushort element, bool isNumber) = random.Pick(s_elements);
            nodes.Add(isNumber && !random.OneIn(15) ? Number(element, (ushort)random.Next(65536)) : new DicomNode { Tag = element, Value = DicomGrammar.Value(random.OneIn(2) ? "UI" : "LO", random) });
        }

        if (!random.OneIn(6)) nodes.Sort((a, b) => a.Tag.CompareTo(b.Tag));
        byte[] rest = DicomNode.Write(nodes, s_form);
        return random.OneIn(8) ? rest : [.. DicomNode.Write([new DicomNode { Tag = 0, Value = BitConverter.GetBytes(rest.Length) }], s_form), .. rest];
    }

    internal static byte[]? Mutate(byte[] input, FuzzRandom random)
    {
        List<DicomNode> nodes = DicomNode.Read(input, s_form, out _);
        if (nodes.Count == 0) return null;
        DicomGrammar.Mutate(nodes, random);
        if (!random.OneIn(10)) nodes.ForEach(node => node.Tag &= 0xFFFF);
        return DicomNode.Write(nodes, s_form);
    }

    private static DicomNode Number(ushort element, ushort value) => new() { Tag = element, VR = "US", Value = [(byte)value, (byte)(value >> 8)] };
}
