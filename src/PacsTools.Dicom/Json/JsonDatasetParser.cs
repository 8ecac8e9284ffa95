using System.Text;
using System.Text.Json;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Json;

/// <summary>Reads the attributes of one data set and of the items in it (PS3.18 F.2.2), from a reader over the whole text.</summary>
internal sealed class JsonDatasetParser
{
    private readonly DicomJsonReadOptions _options;
    private bool _needsUtf8;

    internal JsonDatasetParser(DicomJsonReadOptions options) => _options = options;

    private enum Member
    {
        None,
        Value,
        InlineBinary,
        BulkData,
    }

    /// <summary>Reads the object the reader stands on.</summary>
    /// <exception cref="DicomDataException">It is no data set.</exception>
    /// <exception cref="JsonException">It is no JSON.</exception>
    internal DicomDataset Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject) throw new DicomDataException("The JSON is no data set, which would be an object.");
        var dataset = new DicomDataset();
        Read(ref json, dataset, null, 0);
        _options.FileMetaInformation?.Settle();
        if (_needsUtf8) dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        return dataset;
    }

    private void Read(ref Utf8JsonReader json, DicomDataset dataset, JsonPath? path, int depth)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            string name = json.GetString()!;
            if (!DicomTag.TryParse(name, out DicomTag tag) || tag.Group == ElementHeader.ItemGroup)
                throw new DicomDataException($"'{Short(name)}' is no tag of an element, in {(path is null ? "the data set" : JsonPath.Describe(path.Above, path.Sequence))}.");
            json.Read();
            if (ReadAttribute(ref json, dataset, tag, path, depth) is { } element) Add(dataset, element, path);
        }

        dataset.Settle();
    }

    private void Add(DicomDataset dataset, DicomElement element, JsonPath? path)
    {
        // What is there twice counts the first time, as in the other encodings.
        if (element.Tag.Group == 0x0002) _options.FileMetaInformation?.TryAdd(element);
        else if (!ElementWriting.IsDropped(element) && (path is null || element.Tag != DicomTags.SpecificCharacterSet)) dataset.TryAdd(element);
    }

    /// <returns>Null if its value is elsewhere.</returns>
    private DicomElement? ReadAttribute(ref Utf8JsonReader json, DicomDataset owner, DicomTag tag, JsonPath? path, int depth)
    {
        if (json.TokenType == JsonTokenType.Null) return JsonValueReader.Empty(tag, DictionaryVR.ForKnown(tag));
        if (json.TokenType != JsonTokenType.StartObject) throw Wrong(path, tag, "is not an object with vr and Value");
        DicomVR? vr = null;
        Member kind = Member.None;
        Utf8JsonReader start = json;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            Member member = Which(ref json);
            bool isVR = json.ValueTextEquals("vr"u8);
            json.Read();
            if (isVR && json.TokenType == JsonTokenType.String && VRTraits.TryParse(json.GetString()!.ToUpperInvariant(), out DicomVR said)) vr = said;
            if (member != Member.None && kind == Member.None && json.TokenType != JsonTokenType.Null)
            {
                kind = member;
                start = json;
            }

            json.Skip();
        }

        // Members come in any order, so the value waits until all were seen.
        DicomVR known = vr ?? DictionaryVR.ForKnown(tag);
        return kind switch
        {
            Member.None => JsonValueReader.Empty(tag, known),
            Member.InlineBinary => OfBytes(tag, known, JsonValueReader.ReadBinary(ref start, path, tag)),
            Member.BulkData => ReadBulkData(ref start, path, tag, known),
            _ => ReadValue(ref start, owner, tag, known, path, depth),
        };
    }

    // What is said to be a sequence and comes as bytes is as much of a sequence as such an element of UN.
    private static DicomElement OfBytes(DicomTag tag, DicomVR vr, ReadOnlyMemory<byte> bytes) =>
        bytes.IsEmpty ? JsonValueReader.Empty(tag, vr) : new DicomElement(tag, vr == DicomVR.SQ ? DicomVR.UN : vr, bytes);

    private static Member Which(ref Utf8JsonReader json) =>
        json.ValueTextEquals("Value"u8) ? Member.Value
        : json.ValueTextEquals("InlineBinary"u8) ? Member.InlineBinary
        : json.ValueTextEquals("BulkDataURI"u8) ? Member.BulkData
        : Member.None;

    private DicomElement? ReadBulkData(ref Utf8JsonReader json, JsonPath? path, DicomTag tag, DicomVR vr)
    {
        if (json.TokenType != JsonTokenType.String) throw Wrong(path, tag, "has a BulkDataURI that is no text");
        _options.BulkData?.Add(new BulkDataReference(JsonPath.Locate(path, tag), vr, json.GetString()!));
        return null;
    }

    private DicomElement ReadValue(ref Utf8JsonReader json, DicomDataset owner, DicomTag tag, DicomVR vr, JsonPath? path, int depth)
    {
        if (vr == DicomVR.UN) vr = JsonValueReader.Guess(json);
        if (vr == DicomVR.SQ) return ReadItems(ref json, owner, tag, path, depth + 1);
        if (!vr.IsText()) return new DicomElement(tag, vr, JsonBinaryReader.Read(ref json, path, tag, vr));
        string[] texts = JsonValueReader.ReadTexts(ref json, path, tag, vr);
        if (vr.UsesCharacterSet() && !_needsUtf8) _needsUtf8 = Array.Exists(texts, text => !Ascii.IsValid(text));
        return JsonValueReader.OfTexts(tag, vr, texts);
    }

    private DicomElement ReadItems(ref Utf8JsonReader json, DicomDataset owner, DicomTag tag, JsonPath? path, int depth)
    {
        if (depth > DatasetParser.MaxDepth) throw Wrong(path, tag, $"is nested more than {DatasetParser.MaxDepth} sequences deep");
        var items = new List<DicomDataset>();
        bool isArray = json.TokenType == JsonTokenType.StartArray;
        while (!isArray || (json.Read() && json.TokenType != JsonTokenType.EndArray))
        {
            // An empty item is an empty object, to some a null (F.2.5).
            DicomDataset item = new DicomDataset().Under(owner);
            if (json.TokenType == JsonTokenType.StartObject) Read(ref json, item, new JsonPath(path, tag, items.Count), depth);
            else if (json.TokenType != JsonTokenType.Null) throw Wrong(path, tag, "is a sequence, but has an item that is no object");
            items.Add(item);
            if (!isArray) break;
        }

        return DicomElement.OfItems(tag, [.. items]);
    }

    internal static DicomDataException Wrong(JsonPath? path, DicomTag tag, string what) => new($"{JsonPath.Describe(path, tag)} {what} (PS3.18 F.2).");

    private static string Short(string name) => name.Length <= 32 ? name : name[..32] + "…";
}
