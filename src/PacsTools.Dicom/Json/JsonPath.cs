using System.Globalization;
using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Json;

/// <summary>Where in a data set an item is: the sequence and the item's number, from 0; above it the item that sequence is in.</summary>
internal sealed record JsonPath(JsonPath? Above, DicomTag Sequence, int Item)
{
    /// <summary>For messages: <c>(0040,0275)[0](0008,0100)</c>.</summary>
    internal static string Describe(JsonPath? path, DicomTag tag) => path is null ? tag.ToString() : $"{Describe(path.Above, path.Sequence)}[{path.Item}]{tag}";

    /// <summary>For URIs: <c>00400275/0/00080100</c>.</summary>
    internal static string Locate(JsonPath? path, DicomTag tag) =>
        path is null ? Hex(tag) : string.Create(CultureInfo.InvariantCulture, $"{Locate(path.Above, path.Sequence)}/{path.Item}/{Hex(tag)}");

    /// <summary>The name of an attribute in JSON: eight upper-case hexadecimal digits (PS3.18 F.2.2).</summary>
    internal static string Hex(DicomTag tag) => tag.Value.ToString("X8", CultureInfo.InvariantCulture);
}
