using System.Globalization;
using PacsTools.Services.Web;

namespace PacsTools.Services.Simulation.Web;

/// <summary>The media types a client takes (RFC 9110 12.5.1; PS3.18 8.7).</summary>
internal sealed class AcceptedTypes
{
    private const string Dicom = "application/dicom";
    private const string Multipart = "multipart/related";

    private readonly WebMediaType[] _types;

    public AcceptedTypes(string? accept)
    {
        _types = [.. Split(string.IsNullOrWhiteSpace(accept) ? "*/*" : accept).Select(WebMediaType.Parse).Where(IsWanted)];
    }

    /// <summary>True if DICOM JSON is taken.</summary>
    public bool TakesJson => _types.Any(type => type.Name is "*/*" or "application/*" or "application/json" or "application/dicom+json");

    /// <summary>The media type to say JSON is: plain only where nothing else is taken.</summary>
    public string JsonType => _types.Any(type => type.Name is "*/*" or "application/*" or "application/dicom+json") ? "application/dicom+json" : "application/json";

    /// <summary>True if files are taken as parts of a multipart body.</summary>
    public bool TakesParts => _types.Any(IsParts);

    /// <summary>True if a single file is taken as the body.</summary>
    public bool TakesFile => _types.Any(IsFile);

    /// <summary>True if files of a transfer syntax are taken: any where none is named, else the one named or <c>*</c> (PS3.18 8.7.3.5.2).</summary>
    public bool Takes(string transferSyntaxUid) => _types.Any(type =>
        (IsParts(type) || IsFile(type)) && type["transfer-syntax"] is var syntax && (syntax is null or "*" || syntax == transferSyntaxUid));

    private static bool IsParts(WebMediaType type) => type.Name is "*/*" or "multipart/*"
        || (type.Name == Multipart && (type["type"] is null or "*/*" || string.Equals(type["type"], Dicom, StringComparison.OrdinalIgnoreCase)));

    private static bool IsFile(WebMediaType type) => type.Name is Dicom or "application/*";

    private static bool IsWanted(WebMediaType type) =>
        type["q"] is not { } quality || !double.TryParse(quality, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) || value > 0;

    // A comma within quotation marks divides nothing.
    private static IEnumerable<string> Split(string list)
    {
        var (start, isQuoted) = (0, false);
        for (var i = 0; i <= list.Length; i++)
        {
            if (i < list.Length && list[i] == '"')
                isQuoted = !isQuoted;
            if (i < list.Length && (isQuoted || list[i] != ','))
                continue;
            yield return list[start..i];
            start = i + 1;
        }
    }
}
