using System.Globalization;
using System.Numerics;
using System.Text.Json;
using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Json;

/// <summary>Reads values which DICOM has as binary numbers or tags (PS3.18 F.2.3).</summary>
internal static class JsonBinaryReader
{
    internal static ReadOnlyMemory<byte> Read(ref Utf8JsonReader json, JsonPath? path, DicomTag tag, DicomVR vr) => vr switch
    {
        DicomVR.US => Numbers<ushort>(ref json, path, tag, vr),
        DicomVR.SS => Numbers<short>(ref json, path, tag, vr),
        DicomVR.UL => Numbers<uint>(ref json, path, tag, vr),
        DicomVR.SL => Numbers<int>(ref json, path, tag, vr),
        DicomVR.UV => Numbers<ulong>(ref json, path, tag, vr),
        DicomVR.SV => Numbers<long>(ref json, path, tag, vr),
        DicomVR.FL => Numbers<float>(ref json, path, tag, vr),
        DicomVR.FD => Numbers<double>(ref json, path, tag, vr),
        DicomVR.AT => NumberCodec.FromTags(Values(ref json, path, tag, vr).ConvertAll(text => Tag(text, path, tag)).ToArray()),
        _ => throw JsonDatasetParser.Wrong(path, tag, $"is {vr.ToCode()}, whose value is not given as a list"),
    };

    private static ReadOnlyMemory<byte> Numbers<T>(ref Utf8JsonReader json, JsonPath? path, DicomTag tag, DicomVR vr)
        where T : unmanaged, INumber<T>
    {
        List<string> texts = Values(ref json, path, tag, vr);
        var numbers = new T[texts.Count];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Number<T>(texts[i], path, tag, vr);
        return NumberCodec.ToBytes<T>(numbers);
    }

    // A single null is no value; among others it would move them, unless there is a number that is none.
    private static List<string> Values(ref Utf8JsonReader json, JsonPath? path, DicomTag tag, DicomVR vr)
    {
        var texts = new List<string>();
        bool isArray = json.TokenType == JsonTokenType.StartArray;
        while (!isArray || (json.Read() && json.TokenType != JsonTokenType.EndArray))
        {
            texts.Add(json.TokenType switch
            {
                JsonTokenType.Number => JsonNumberText.Text(json.ValueSpan),
                JsonTokenType.String when !json.ValueIsEscaped => Ascii(ref json),
                JsonTokenType.Null => "",
                _ => throw NoValue(path, tag, vr),
            });
            if (!isArray) break;
        }

        return texts is [""] ? [] : texts;
    }

    private static T Number<T>(string text, JsonPath? path, DicomTag tag, DicomVR vr)
        where T : INumber<T>
    {
        bool isFloat = vr is DicomVR.FL or DicomVR.FD;
        if (isFloat && NotFinite(text) is { } special) return T.CreateSaturating(special);
        return T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T? number) && (!isFloat || T.IsFinite(number)) ? number : throw NoValue(path, tag, vr);
    }

    private static double? NotFinite(string text) => text.ToUpperInvariant() switch
    {
        "" or "NAN" or "-NAN" => double.NaN,
        "INFINITY" or "+INFINITY" or "INF" or "+INF" => double.PositiveInfinity,
        "-INFINITY" or "-INF" => double.NegativeInfinity,
        _ => null,
    };

    private static DicomTag Tag(string text, JsonPath? path, DicomTag tag) =>
        DicomTag.TryParse(text, out DicomTag value) ? value : throw NoValue(path, tag, DicomVR.AT);

    private static string Ascii(ref Utf8JsonReader json) => System.Text.Encoding.Latin1.GetString(json.ValueSpan).Trim();

    private static Errors.DicomDataException NoValue(JsonPath? path, DicomTag tag, DicomVR vr) =>
        JsonDatasetParser.Wrong(path, tag, $"is {vr.ToCode()}, but has a value that is none of it");
}
