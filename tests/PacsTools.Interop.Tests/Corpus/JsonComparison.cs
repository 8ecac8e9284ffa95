using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>Compares two data sets in the DICOM JSON model, element by element.</summary>
internal static class JsonComparison
{
    private static readonly JsonSerializerOptions s_raw = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>What differs.</summary>
    /// <param name="ours">Our data set.</param>
    /// <param name="theirs">DCMTK's.</param>
    /// <param name="before">The first tag at the top that is not compared; null compares all.</param>
    public static IEnumerable<Difference> Compare(JsonElement ours, JsonElement theirs, string? before) => DataSets(ours, theirs, "", before);

    private static IEnumerable<Difference> DataSets(JsonElement ours, JsonElement theirs, string path, string? before)
    {
        var mine = Attributes(ours, path, before);
        var others = Attributes(theirs, path, before);
        foreach (var (tag, attribute) in others)
        {
            if (!mine.TryGetValue(tag, out var own))
                yield return new Difference(DifferenceKind.Missing, path + tag, "", Raw(attribute));
            else
            {
                foreach (var difference in Elements(own, attribute, path + tag)) yield return difference;
            }
        }

        foreach (var (tag, attribute) in mine)
        {
            if (!others.ContainsKey(tag)) yield return new Difference(DifferenceKind.Extra, path + tag, Raw(attribute), "");
        }
    }

    // Group lengths say how a file was encoded, not what it holds; SpecificCharacterSet is that of the JSON, UTF-8.
    private static SortedDictionary<string, JsonElement> Attributes(JsonElement dataset, string path, string? before)
    {
        var attributes = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in dataset.EnumerateObject())
        {
            var isCompared = path.Length > 0 || before is null || string.CompareOrdinal(member.Name, before) < 0;
            if (isCompared && !member.Name.EndsWith("0000", StringComparison.Ordinal) && member.Name != "00080005") attributes.TryAdd(member.Name, member.Value);
        }

        return attributes;
    }

    private static IEnumerable<Difference> Elements(JsonElement ours, JsonElement theirs, string path)
    {
        string? own = ours.GetProperty("vr").GetString(), other = theirs.GetProperty("vr").GetString();
        if (own != other)
            yield return new Difference(DifferenceKind.VR, path, Raw(ours), Raw(theirs));
        else if (own == "SQ")
        {
            JsonElement[] mine = Items(ours), others = Items(theirs);
            if (mine.Length != others.Length)
                yield return new Difference(DifferenceKind.Value, path, $"{mine.Length} items", $"{others.Length} items");
            for (var i = 0; i < Math.Min(mine.Length, others.Length); i++)
            {
                foreach (var difference in DataSets(mine[i], others[i], string.Create(CultureInfo.InvariantCulture, $"{path}/{i}/"), null)) yield return difference;
            }
        }
        else if (!Values(ours, own!).SequenceEqual(Values(theirs, own!), StringComparer.Ordinal))
            yield return new Difference(DifferenceKind.Value, path, Raw(ours), Raw(theirs));
    }

    // The same escapes on both sides.
    private static string Raw(JsonElement element) => JsonSerializer.Serialize(element, s_raw);

    private static JsonElement[] Items(JsonElement sequence) => sequence.TryGetProperty("Value", out var items) ? [.. items.EnumerateArray()] : [];

    private static List<string> Values(JsonElement attribute, string vr)
    {
        if (attribute.TryGetProperty("InlineBinary", out var binary)) return binary.GetString() is { Length: > 0 } text ? [text] : [];
        if (!attribute.TryGetProperty("Value", out var values)) return [];
        List<string> all = [.. values.EnumerateArray().Select(value => Value(value, vr))];
        return all.TrueForAll(value => value.Length == 0) ? [] : all;
    }

    // Numbers may be written as numbers or as text (PS3.18 F.2.3.1), a name without its empty groups or with them.
    private static string Value(JsonElement value, string vr) => value.ValueKind switch
    {
        JsonValueKind.Null => "",
        JsonValueKind.Object => string.Join('=', value.EnumerateObject().Where(group => group.Value.GetString() is { Length: > 0 }).Select(group => $"{group.Name}:{group.Value.GetString()!.TrimEnd(' ')}")),
        JsonValueKind.String => Text(value.GetString()!, vr),
        _ => Number(value.GetRawText(), vr),
    };

    private static string Text(string text, string vr) => vr switch
    {
        "FL" or "FD" => text.ToUpperInvariant().Replace("INFINITY", "INF", StringComparison.Ordinal).Replace("-NAN", "NAN", StringComparison.Ordinal),
        "IS" or "DS" or "US" or "SS" or "UL" or "SL" or "UV" or "SV" => Number(text, vr),
        _ => text,
    };

    private static string Number(string text, string vr) => vr switch
    {
        "FL" => float.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        "FD" => double.Parse(text, CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture),
        "IS" or "DS" when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) => number.ToString("R", CultureInfo.InvariantCulture),
        _ => text.Trim(),
    };
}
