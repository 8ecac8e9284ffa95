using System.Buffers.Binary;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Grammars;

/// <summary>Makes files with pictures in them: native and RLE, grey and colour, with tables and windows, some of which contradict each other.</summary>
internal static class ImageGrammar
{
    private static readonly string[] s_photometrics = ["MONOCHROME1", "MONOCHROME2", "RGB", "PALETTE COLOR", "YBR_FULL", "YBR_FULL_422", "X"];
    private static readonly string[] s_syntaxes = ["1.2.840.10008.1.2.1", "1.2.840.10008.1.2", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.5", "1.2.840.10008.1.2.1.99"];

    internal static byte[] Generate(FuzzRandom random)
    {
        string photometric = random.Pick(s_photometrics);
        int samples = photometric is "RGB" or "YBR_FULL" or "YBR_FULL_422" ? 3 : 1;
        int allocated = samples == 3 ? 8 : random.Pick([1, 8, 8, 16, 16, 32]);
        int rows = random.OneIn(30) ? random.Next(65536) : 1 + random.Next(12), columns = random.OneIn(30) ? random.Next(65536) : 1 + random.Next(12);
        int stored = random.OneIn(3) ? 1 + random.Next(allocated) : allocated;
        string syntax = random.Pick(s_syntaxes);
        List<DicomNode> nodes =
        [
            Number(0x00280002, samples, random), new DicomNode { Tag = 0x00280004, VR = "CS", Value = [.. photometric.Select(c => (byte)c), .. photometric.Length % 2 == 1 ? " "u8 : default] }, Number(0x00280010, rows, random),
            Number(0x00280011, columns, random), Number(0x00280100, allocated, random), Number(0x00280101, stored, random), Number(0x00280102, stored - 1, random), Number(0x00280103, random.Next(2), random),
        ];
        if (samples == 3) nodes.Add(Number(0x00280006, random.Next(2), random));
        int frames = random.OneIn(3) ? 1 + random.Next(4) : 1;
        if (frames > 1 || random.OneIn(20)) nodes.Add(new DicomNode { Tag = 0x00280008, VR = "IS", Value = random.OneIn(10) ? DicomGrammar.Value("IS", random) : [(byte)('0' + frames), (byte)' '] });
        Tables(nodes, photometric, random);
        int pixels = Math.Min(rows * (rows > 200 || columns > 200 ? 1 : columns), 20_000);
        int frame = allocated == 1 ? (pixels + 7) / 8 : pixels * samples * (allocated / 8);
        nodes.Add(syntax == "1.2.840.10008.1.2.5" ? Rle(Math.Min(frame, 2000), pixels, Math.Max(1, allocated / 8) * samples, frames, random) : new DicomNode { Tag = 0x7FE00010, VR = "OW", Value = random.Bytes(Math.Clamp((frame * frames) - (random.OneIn(12) ? 1 : 0), 0, 8000)) });
        if (random.OneIn(6)) DicomGrammar.Mutate(nodes, random);
        nodes.Sort((a, b) => a.Tag.CompareTo(b.Tag));
        return Part10Grammar.Generate(random, nodes, syntax);
    }

    private static DicomNode Number(uint tag, int value, FuzzRandom random)
    {
        if (random.OneIn(60)) value = random.Next(65536);
        return new DicomNode { Tag = tag, VR = "US", Value = [(byte)value, (byte)(value >> 8)] };
    }

    private static void Tables(List<DicomNode> nodes, string photometric, FuzzRandom random)
    {
        foreach (uint tag in new uint[] { 0x00281050, 0x00281051, 0x00281052, 0x00281053 })
        {
            if (random.OneIn(3)) nodes.Add(random.OneIn(6) ? new DicomNode { Tag = tag, VR = "FD", Value = DicomGrammar.Value("FD", random) } : new DicomNode { Tag = tag, VR = "DS", Value = DicomGrammar.Value("DS", random) });
        }

        if (random.OneIn(4)) nodes.Add(new DicomNode { Tag = 0x00281056, VR = "CS", Value = random.OneIn(2) ? "SIGMOID "u8.ToArray() : "LINEAR_EXACT"u8.ToArray() });
        if (random.OneIn(4)) nodes.Add(Lut(0x00283000, random));
        if (random.OneIn(4)) nodes.Add(Lut(0x00283010, random));
        if (photometric != "PALETTE COLOR") return;
        for (uint colour = 1; colour <= 3; colour++)
        {
            nodes.Add(Descriptor(0x00281100 + colour, random));
            nodes.Add(new DicomNode { Tag = 0x00281200 + colour, VR = "OW", Value = random.Bytes(random.Next(40)) });
        }
    }

    private static DicomNode Lut(uint tag, FuzzRandom random) => new()
    {
        Tag = tag, VR = "SQ",
        Children = [new DicomNode { Tag = 0xFFFEE000, Children = [Descriptor(0x00283002, random), new DicomNode { Tag = 0x00283006, VR = random.OneIn(2) ? "US" : "OW", Value = random.Bytes(2 * random.Next(20)) }] }],
    };

    private static DicomNode Descriptor(uint tag, FuzzRandom random)
    {
        string vr = random.Pick(["US", "SS", "UL", "SV"]);
        if (random.OneIn(4)) return new DicomNode { Tag = tag, VR = vr, Value = DicomGrammar.Value(vr, random) };
        int count = random.OneIn(6) ? random.Next(65536) : random.Next(20), first = random.OneIn(3) ? random.Next(65536) : 0, bits = random.OneIn(8) ? random.Next(40) : random.OneIn(2) ? 8 : 16;
        return new DicomNode { Tag = tag, VR = vr is "US" or "SS" ? vr : "US", Value = [(byte)count, (byte)(count >> 8), (byte)first, (byte)(first >> 8), (byte)bits, 0] };
    }

    private static DicomNode Rle(int length, int pixels, int planes, int frames, FuzzRandom random)
    {
        var pixelData = new DicomNode { Tag = 0x7FE00010, VR = "OB", IsOpen = true, Children = [new DicomNode { Tag = 0xFFFEE000 }] };
        for (int i = 0; i < frames; i++)
        {
            byte[] header = new byte[64];
            var body = new ByteWriter();
            BinaryPrimitives.WriteInt32LittleEndian(header, random.OneIn(15) ? (int)random.Next64() : planes);
            for (int plane = 0; plane < Math.Min(planes, 15); plane++)
            {
                BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4 * (plane + 1)), random.OneIn(20) ? (int)random.Next64() : 64 + body.Length);
                for (int left = Math.Min(length, pixels); left > 0;)
                {
                    int run = Math.Min(left, 1 + random.Next(128));
                    if (random.OneIn(2)) body.Add((byte)(1 - run), random.Byte());
                    else body.Add((byte)(run - 1)).Add(random.Bytes(run));
                    left -= run;
                }
            }

            pixelData.Children.Add(new DicomNode { Tag = 0xFFFEE000, Value = [.. header, .. body.ToArray()] });
        }

        return pixelData;
    }
}
