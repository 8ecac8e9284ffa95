using System.Text.Json;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Json;

/// <summary>Writes the elements of one data set and of the items in it (PS3.18 F.2.2).</summary>
internal sealed class JsonDatasetWriter
{
    private readonly Utf8JsonWriter _json;
    private readonly DicomJsonWriteOptions _options;
    private readonly JsonValueWriter _values;

    internal JsonDatasetWriter(Utf8JsonWriter json, DicomJsonWriteOptions options)
    {
        _json = json;
        _options = options;
        _values = new JsonValueWriter(json);
    }

    internal void Write(DicomDataset dataset) => Write(dataset, null, 0);

    private void Write(DicomDataset dataset, JsonPath? path, int depth)
    {
        _json.WriteStartObject();
        foreach (DicomElement element in dataset)
        {
            if (!IsLeftOut(element, path)) Write(element, path, depth);
        }

        _json.WriteEndObject();
    }

    private static bool IsLeftOut(DicomElement element, JsonPath? path) =>
        ElementWriting.IsDropped(element) || element.Tag.Group is 0x0000 or 0x0002 || (path is not null && element.Tag == DicomTags.SpecificCharacterSet);

    private void Write(DicomElement element, JsonPath? path, int depth)
    {
        DicomVR vr = WrittenVR(element);
        bool isBulk = element.IsDeferred || element.Fragments is not null || (element.Items is null && Length(element, vr) > _options.InlineLimit);
        string? uri = isBulk ? Locate(element, path) : null;
        if (isBulk && uri is null) return;

        _json.WriteStartObject(JsonPath.Hex(element.Tag));
        _json.WriteString("vr"u8, vr.ToCode());
        if (uri is not null) _json.WriteString("BulkDataURI"u8, uri);
        else if (element.ItemArray is { } items) WriteItems(element.Tag, items, path, depth + 1);
        else if (element.Tag == DicomTags.SpecificCharacterSet) WriteCharacterSet(element);
        else _values.Write(element, vr);
        _json.WriteEndObject();
    }

    // Not the bytes of text, which may have no character set to be encoded in.
    private static long Length(DicomElement element, DicomVR vr) => vr.IsText() ? (element.Text() as string)?.Length ?? 0 : element.Length;

    // A public attribute which came as UN is written as what it is: its text may be in a character set the JSON no longer names.
    private static DicomVR WrittenVR(DicomElement element)
    {
        if (element.ItemArray is not null) return DicomVR.SQ;
        DicomVR vr = element.EffectiveVR;
        return vr.IsKnown() && vr != DicomVR.SQ ? vr : DicomVR.UN;
    }

    private string? Locate(DicomElement element, JsonPath? path) => _options.BulkData is { } locator
        ? locator(JsonPath.Locate(path, element.Tag), element)
        : throw new DicomDataException($"{JsonPath.Describe(path, element.Tag)} has a value that cannot stand in JSON, and nothing says where else it is.");

    private void WriteItems(DicomTag tag, DicomDataset[] items, JsonPath? path, int depth)
    {
        if (items.Length == 0) return;
        ElementWriting.CheckDepth(tag, depth);
        _json.WriteStartArray("Value"u8);
        for (int i = 0; i < items.Length; i++) Write(items[i], new JsonPath(path, tag, i), depth);
        _json.WriteEndArray();
    }

    private void WriteCharacterSet(DicomElement element)
    {
        if (element.IsEmpty) return;
        _json.WriteStartArray("Value"u8);
        _json.WriteStringValue("ISO_IR 192"u8);
        _json.WriteEndArray();
    }
}
