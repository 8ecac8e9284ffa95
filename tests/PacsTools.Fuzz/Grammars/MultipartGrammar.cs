using System.Text;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Grammars;

/// <summary>Makes multipart bodies (RFC 2046 5.1), and changes texts line by line.</summary>
internal static class MultipartGrammar
{
    private static readonly string[] s_headers =
    [
        "Content-Type: application/dicom", "Content-Type: application/dicom; transfer-syntax=1.2.840.10008.1.2.1", "content-type:application/dicom;transfer-syntax=\"1.2\\\"3\"; x", "Content-Type: multipart/related; type=\"application/dicom\"; boundary=B",
        "Content-Transfer-Encoding: binary", "Content-Transfer-Encoding: base64", "Content-Length: 5", "Content-Location: /a/b", "nocolon", ": novalue", "X: " + "\u00ff\u0000", "Content-Type", "Content-Type:;;;=;a=;=b;\"",
    ];

    internal static byte[] Generate(FuzzRandom random, string boundary)
    {
        var bytes = new ByteWriter();
        if (random.OneIn(5)) bytes.Add(random.Bytes(random.Length(300)));
        if (random.OneIn(4)) bytes.Text("\r\n");
        for (int parts = random.Next(5); parts > 0; parts--)
        {
            bytes.Text($"--{boundary}{(random.OneIn(12) ? random.OneIn(2) ? "  " : "x" : "")}{Line(random)}");
            for (int headers = random.Next(4); headers > 0; headers--) bytes.Text(random.Pick(s_headers) + Line(random));
            bytes.Text(Line(random)).Add(Content(random, boundary)).Text(random.OneIn(12) ? "" : "\r\n");
        }

        if (!random.OneIn(10)) bytes.Text($"--{boundary}--");
        if (random.OneIn(2)) bytes.Text("\r\n");
        return bytes.ToArray();
    }

    /// <summary>Changes, doubles, moves or takes away lines.</summary>
    internal static byte[] MutateLines(ReadOnlySpan<byte> input, FuzzRandom random, IReadOnlyList<string> lines)
    {
        List<string> all = [.. Encoding.Latin1.GetString(input).Split('\n')];
        for (int left = 1 + random.Next(3); left > 0; left--)
        {
            int at = random.Next(all.Count);
            switch (random.Next(6))
            {
                case 0: all.Insert(at, random.Pick(lines) + "\r"); break;
                case 1: all.Insert(at, all[random.Next(all.Count)]); break;
                case 2 when all.Count > 1: all.RemoveAt(at); break;
                case 3: all[at] = all[at].TrimEnd('\r'); break;
                case 4: all[at] = random.Pick(lines) + "\r"; break;
                default: (all[at], all[random.Next(all.Count)]) = (all[random.Next(all.Count)], all[at]); break;
            }
        }

        return Encoding.Latin1.GetBytes(string.Join('\n', all));
    }

    internal static IReadOnlyList<string> Headers => s_headers;

    private static byte[] Content(FuzzRandom random, string boundary) => random.Next(6) switch
    {
        0 => Part10Grammar.Generate(random),
        1 => Encoding.Latin1.GetBytes($"abc\r\n--{boundary[..^1]}\r\n--\r\n"),
        2 => [.. Enumerable.Repeat("\r\n--"u8.ToArray(), random.Next(50)).SelectMany(b => b)],
        _ => random.Bytes(random.Length(3000)),
    };

    private static string Line(FuzzRandom random) => random.OneIn(15) ? "\n" : "\r\n";
}
