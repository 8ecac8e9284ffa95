using System.Text.Json;
using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Json;

/// <summary>Reads values which DICOM has as text, names among them (PS3.18 F.2.2, F.2.3), and inline bytes (F.2.7).</summary>
internal static class JsonValueReader
{
    internal static DicomElement Empty(DicomTag tag, DicomVR vr) =>
        vr == DicomVR.SQ ? DicomElement.OfItems(tag) : new DicomElement(tag, vr, default(ReadOnlyMemory<byte>));

    internal static DicomElement OfTexts(DicomTag tag, DicomVR vr, string[] texts) =>
        texts is [] or [""] ? Empty(tag, vr) : DicomElement.OfText(tag, vr, texts);

    /// <summary>What an attribute is of which neither the JSON nor the dictionary tells: items, names, else text of any length.</summary>
    internal static DicomVR Guess(Utf8JsonReader json)
    {
        while (json.TokenType is JsonTokenType.StartArray or JsonTokenType.Null && json.Read())
        {
        }

        if (json.TokenType != JsonTokenType.StartObject) return DicomVR.UC;
        json.Read();
        return json.TokenType == JsonTokenType.PropertyName && Group(ref json) >= 0 ? DicomVR.PN : DicomVR.SQ;
    }

    internal static string[] ReadTexts(ref Utf8JsonReader json, JsonPath? path, DicomTag tag, DicomVR vr)
    {
        if (json.TokenType != JsonTokenType.StartArray) return Split([ReadText(ref json, path, tag, vr)], vr);
        var texts = new List<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) texts.Add(ReadText(ref json, path, tag, vr));
        return Split([.. texts], vr);
    }

    /// <summary>Base64, also as the only string of an array.</summary>
    internal static ReadOnlyMemory<byte> ReadBinary(ref Utf8JsonReader json, JsonPath? path, DicomTag tag)
    {
        if (json.TokenType == JsonTokenType.StartArray) json.Read();
        if (json.TokenType is JsonTokenType.EndArray or JsonTokenType.Null) return default;
        return json.TokenType == JsonTokenType.String && json.TryGetBytesFromBase64(out byte[]? bytes)
            ? bytes
            : throw JsonDatasetParser.Wrong(path, tag, "has an InlineBinary that is no base64 text");
    }

    private static string ReadText(ref Utf8JsonReader json, JsonPath? path, DicomTag tag, DicomVR vr) => json.TokenType switch
    {
        JsonTokenType.Null => "",
        JsonTokenType.String => String(ref json, path, tag),
        JsonTokenType.Number => Number(ref json, vr),
        JsonTokenType.StartObject when vr == DicomVR.PN => ReadName(ref json, path, tag),
        _ => throw JsonDatasetParser.Wrong(path, tag, $"is {vr.ToCode()}, but has a value that is no text"),
    };

    private static string ReadName(ref Utf8JsonReader json, JsonPath? path, DicomTag tag)
    {
        string[] groups = ["", "", ""];
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            int group = Group(ref json);
            json.Read();
            if (group < 0) json.Skip();
            else if (json.TokenType == JsonTokenType.String) groups[group] = String(ref json, path, tag);
            else if (json.TokenType != JsonTokenType.Null) throw JsonDatasetParser.Wrong(path, tag, "has a component group that is no text");
        }

        return string.Join('=', groups).TrimEnd('=');
    }

    private static int Group(ref Utf8JsonReader json) =>
        json.ValueTextEquals("Alphabetic"u8) ? 0 : json.ValueTextEquals("Ideographic"u8) ? 1 : json.ValueTextEquals("Phonetic"u8) ? 2 : -1;

    private static string Number(ref Utf8JsonReader json, DicomVR vr)
    {
        ReadOnlySpan<byte> digits = json.ValueSpan;
        // "1.0" is what some make of the IS "1".
        if (vr == DicomVR.IS && !JsonNumberText.IsWhole(digits) && json.GetDouble() is var value && Math.Floor(value) == value && Math.Abs(value) <= int.MaxValue)
            return NumberCodec.ToDecimalString((long)value, vr);
        return vr == DicomVR.DS && digits.Length > NumberCodec.DecimalStringLength
            ? NumberCodec.ToDecimalString(json.GetDouble(), vr)
            : JsonNumberText.Text(digits);
    }

    private static string String(ref Utf8JsonReader json, JsonPath? path, DicomTag tag)
    {
        try
        {
            return json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw JsonDatasetParser.Wrong(path, tag, "has text that is not UTF-8");
        }
    }

    // F.2.4: a backslash separates values in DICOM, wherever it came from.
    private static string[] Split(string[] texts, DicomVR vr) =>
        vr.SplitsOnBackslash() && Array.Exists(texts, text => text.Contains('\\')) ? string.Join('\\', texts).Split('\\') : texts;
}
