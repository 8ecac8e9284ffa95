using System.Globalization;
using System.Text.Json;
using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Json;

/// <summary>Writes the values of one element that is no sequence (PS3.18 F.2.3 to F.2.7). An empty one gets no member (F.2.5).</summary>
internal sealed class JsonValueWriter
{
    private readonly Utf8JsonWriter _json;

    internal JsonValueWriter(Utf8JsonWriter json) => _json = json;

    internal void Write(DicomElement element, DicomVR vr)
    {
        if (vr.IsText()) WriteTexts(element.Text(), vr);
        else if (element.IsEmpty) return;
        else if (vr.IsStream()) _json.WriteBase64String("InlineBinary"u8, element.Value.Span);
        else WriteNumbers(element, vr);
    }

    private void WriteTexts(object text, DicomVR vr)
    {
        if (text is string[] { Length: 0 } or "" || (vr == DicomVR.PN && text is string name && IsNoName(PersonName.Parse(name)))) return;
        _json.WriteStartArray("Value"u8);
        if (text is string single) WriteText(single, vr);
        else foreach (string value in (string[])text) WriteText(value, vr);
        _json.WriteEndArray();
    }

    private void WriteText(string text, DicomVR vr)
    {
        if (text.Length == 0) _json.WriteNullValue();
        else if (vr == DicomVR.PN) WriteName(PersonName.Parse(text));
        else if (JsonNumberText.IsJsonNumber(text, vr)) _json.WriteRawValue(text, skipInputValidation: true);
        else _json.WriteStringValue(Utf8(text));
    }

    // Delimiters alone name nobody.
    private static bool IsNoName(PersonName name) => name.ToString().Length == 0;

    private void WriteName(PersonName name)
    {
        if (IsNoName(name))
        {
            _json.WriteNullValue();
            return;
        }

        _json.WriteStartObject();
        WriteGroup("Alphabetic"u8, name.Alphabetic);
        WriteGroup("Ideographic"u8, name.Ideographic);
        WriteGroup("Phonetic"u8, name.Phonetic);
        _json.WriteEndObject();
    }

    private void WriteGroup(ReadOnlySpan<byte> member, string group)
    {
        if (group.Length > 0) _json.WriteString(member, Utf8(group));
    }

    private void WriteNumbers(DicomElement element, DicomVR vr)
    {
        // Bytes that are not even one number are no value; a tag is two of them.
        if (element.Value.Length < (vr == DicomVR.AT ? 2 * vr.UnitSize() : vr.UnitSize())) return;
        _json.WriteStartArray("Value"u8);
        if (vr == DicomVR.AT) foreach (DicomTag tag in NumberCodec.ToTags(element.Value.Span)) _json.WriteStringValue(JsonPath.Hex(tag));
        else if (vr == DicomVR.FL) foreach (float value in NumberCodec.ToArray<float>(element)) WriteSingle(value);
        else if (vr == DicomVR.FD) foreach (double value in NumberCodec.ToArray<double>(element)) WriteDouble(value);
        else if (vr == DicomVR.UV) foreach (ulong value in NumberCodec.ToArray<ulong>(element)) WriteUnsigned(value);
        else foreach (long value in NumberCodec.ToArray<long>(element)) WriteSigned(value);
        _json.WriteEndArray();
    }

    // JSON has no number for what is not finite; these names are what most readers take for it.
    private void WriteSingle(float value)
    {
        if (float.IsFinite(value)) _json.WriteNumberValue(value);
        else _json.WriteStringValue(NotFinite(value));
    }

    private void WriteDouble(double value)
    {
        if (double.IsFinite(value)) _json.WriteNumberValue(value);
        else _json.WriteStringValue(NotFinite(value));
    }

    private static string NotFinite(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private void WriteUnsigned(ulong value)
    {
        if (value <= JsonNumberText.MaxExact) _json.WriteNumberValue(value);
        else _json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    private void WriteSigned(long value)
    {
        if (value is <= JsonNumberText.MaxExact and >= -JsonNumberText.MaxExact) _json.WriteNumberValue(value);
        else _json.WriteStringValue(value.ToString(CultureInfo.InvariantCulture));
    }

    // Half of a surrogate pair becomes U+FFFD; the JSON writer would refuse it.
    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
