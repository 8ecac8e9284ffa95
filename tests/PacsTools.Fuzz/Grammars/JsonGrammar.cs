using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PacsTools.Fuzz.Mutation;

namespace PacsTools.Fuzz.Grammars;

/// <summary>Makes DICOM JSON (PS3.18 F.2), and changes any JSON value by value.</summary>
internal static class JsonGrammar
{
    private static readonly string[] s_strings = ["", "A", "\\\"", "\\u0000", "\\ud800", "\\udc00\\ud800", "\\u00e4", "1", "1e400", "NaN", "-inf", "Infinity", "AAEC", "AAE=", "====", "a\\\\b", "ISO_IR 100", "0020000D", "(0028,0009)", "\u5c71", "http://x/bulk", "1.2.3", "null"];
    private static readonly string[] s_numbers = ["0", "-0", "1", "-1", "1.0", "1.5", "1e400", "-1e-400", "65536", "4294967296", "9007199254740993", "9223372036854775808", "18446744073709551616", "1E5", "0.1234567890123456789", "123456789012345678901234567890"];

    internal static readonly byte[][] Tokens =
    [
        "\"vr\":"u8.ToArray(), "\"Value\":["u8.ToArray(), "\"InlineBinary\":"u8.ToArray(), "\"BulkDataURI\":"u8.ToArray(), "\"Alphabetic\":"u8.ToArray(), "\"Ideographic\":"u8.ToArray(), "null"u8.ToArray(), "{}"u8.ToArray(), "[]"u8.ToArray(), "[[[[[[[["u8.ToArray(),
        "{\"00081115\":{\"vr\":\"SQ\",\"Value\":["u8.ToArray(), "\\ud800"u8.ToArray(), [0xEF, 0xBB, 0xBF], [0xC0, 0x80], [0xED, 0xA0, 0x80], "1e999"u8.ToArray(), "\"nodes\":"u8.ToArray(), "/*"u8.ToArray(), ",,"u8.ToArray(),
    ];

    internal static byte[] Generate(FuzzRandom random)
    {
        var text = new StringBuilder();
        int sets = random.Next(4);
        if (random.OneIn(3)) Dataset(text, random, 0);
        else
        {
            text.Append('[');
            for (int i = 0; i < sets; i++)
            {
                if (i > 0) text.Append(',');
                Dataset(text, random, 0);
            }

            text.Append(']');
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text.ToString());
        return random.OneIn(20) ? [0xEF, 0xBB, 0xBF, .. bytes] : bytes;
    }

    /// <summary>Changes one value, member or item of any JSON text.</summary>
    internal static byte[]? Mutate(ReadOnlySpan<byte> input, FuzzRandom random)
    {
        JsonNode? root;
        try
        {
            var reader = new Utf8JsonReader(input);
            root = JsonNode.Parse(ref reader);
            for (int left = 1 + random.Next(3); left > 0; left--) Change(root, random);
            return root is null ? null : Encoding.UTF8.GetBytes(root.ToJsonString());
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A value as text.</summary>
    internal static string Scalar(FuzzRandom random) => random.Next(8) switch
    {
        0 => "null",
        1 => "true",
        2 or 3 => random.Pick(s_numbers),
        4 => "[]",
        5 => "{}",
        _ => $"\"{random.Pick(s_strings)}\"",
    };

    private static JsonNode? ScalarNode(FuzzRandom random) => JsonNode.Parse(Scalar(random));

    private static void Change(JsonNode? root, FuzzRandom random)
    {
        JsonNode? node = root;
        while (!random.OneIn(3))
        {
            JsonNode?[] inner = node switch { JsonObject o => [.. o.Select(m => m.Value)], JsonArray a => [.. a], _ => [] };
            inner = [.. inner.Where(n => n is JsonObject or JsonArray)];
            if (inner.Length == 0) break;
            node = random.Pick(inner);
        }

        if (node is JsonArray array) Change(array, random);
        else if (node is JsonObject members) Change(members, random);
    }

    private static void Change(JsonArray array, FuzzRandom random)
    {
        if (array.Count == 0 || random.OneIn(3)) array.Insert(random.Next(array.Count + 1), ScalarNode(random));
        else if (random.OneIn(3)) array.RemoveAt(random.Next(array.Count));
        else if (random.OneIn(2)) array.Add(array[random.Next(array.Count)]?.DeepClone());
        else array[random.Next(array.Count)] = ScalarNode(random);
    }

    private static void Change(JsonObject members, FuzzRandom random)
    {
        string[] names = [.. members.Select(m => m.Key)];
        if (names.Length == 0)
        {
            members[Tag(random)] = ScalarNode(random);
            return;
        }

        string name = random.Pick(names);
        switch (random.Next(6))
        {
            case 0: members.Remove(name); break;
            case 1: members[Tag(random)] = members[name]?.DeepClone(); break;
            case 2: members[name] = new JsonArray(members[name]?.DeepClone()); break;
            case 3 when members.ContainsKey("vr"): members["vr"] = random.Pick(Vocabulary.VRs); break;
            default: members[name] = ScalarNode(random); break;
        }
    }

    private static void Dataset(StringBuilder text, FuzzRandom random, int depth)
    {
        text.Append('{');
        int count = random.Length(depth == 0 ? 20 : 5);
        for (int i = 0; i < count; i++)
        {
            if (i > 0) text.Append(',');
            text.Append('"').Append(Tag(random)).Append("\":");
            Attribute(text, random, depth);
        }

        text.Append('}');
    }

    private static void Attribute(StringBuilder text, FuzzRandom random, int depth)
    {
        string vr = random.OneIn(3) ? random.Pick(Vocabulary.VRs[..34]) : random.Pick(Vocabulary.Tags).VR;
        if (random.OneIn(30))
        {
            text.Append(Scalar(random));
            return;
        }

        string member = random.Next(8) switch { 0 => "InlineBinary", 1 => "BulkDataURI", 2 => "other", _ => "Value" };
        bool vrFirst = random.OneIn(2), hasVR = !random.OneIn(6);
        text.Append('{');
        if (hasVR && vrFirst) text.Append($"\"vr\":\"{vr}\",");
        text.Append('"').Append(member).Append("\":");
        Values(text, random, vr, member == "Value", depth);
        if (hasVR && !vrFirst) text.Append($",\"vr\":\"{vr}\"");
        text.Append('}');
    }

    private static void Values(StringBuilder text, FuzzRandom random, string vr, bool isArray, int depth)
    {
        isArray ^= random.OneIn(12);
        if (isArray) text.Append('[');
        for (int i = 0, count = isArray ? random.Next(4) : 1; i < count; i++)
        {
            if (i > 0) text.Append(',');
            if (vr == "SQ" && depth < 5 && !random.OneIn(8)) Dataset(text, random, depth + 1);
            else if (vr == "PN" && !random.OneIn(4)) text.Append(CultureInfo.InvariantCulture, $"{{\"Alphabetic\":\"{random.Pick(s_strings)}\",\"{(random.OneIn(2) ? "Ideographic" : "x")}\":\"{random.Pick(s_strings)}\"}}");
            else if (vr is "IS" or "DS" or "US" or "SS" or "UL" or "SL" or "FL" or "FD" or "SV" or "UV" && !random.OneIn(4)) text.Append(random.Pick(s_numbers));
            else if (random.OneIn(6)) text.Append(random.OneIn(2) ? "null" : random.Pick(s_numbers));
            else text.Append('"').Append(random.Pick(s_strings)).Append('"');
        }

        if (isArray) text.Append(']');
    }

    private static string Tag(FuzzRandom random) => random.Next(12) switch
    {
        0 => "PatientName",
        1 => random.Pick(s_strings),
        2 => $"{(uint)random.Next64():x8}",
        _ => random.Pick(Vocabulary.Tags).Tag.ToString("X8", CultureInfo.InvariantCulture),
    };
}
