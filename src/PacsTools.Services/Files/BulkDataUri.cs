using System.Globalization;
using PacsTools.Dicom.Json;

namespace PacsTools.Services.Files;

/// <summary>Says where in its file a value is that a JSON text does not hold.</summary>
internal static class BulkDataUri
{
    /// <summary>URIs of a file, <c>file:///…?offset=…&amp;length=…</c>; of encapsulated pixel data, whose fragments are in several places, the file alone. Without a file such values are left out.</summary>
    public static BulkDataLocator In(string? path) => (_, element) =>
    {
        if (path is null)
            return null;
        var file = new Uri(path).AbsoluteUri;
        return element.IsDeferred && element.Length >= 0
            ? string.Create(CultureInfo.InvariantCulture, $"{file}?offset={element.ValueOffset}&length={element.Length}")
            : file;
    };
}
