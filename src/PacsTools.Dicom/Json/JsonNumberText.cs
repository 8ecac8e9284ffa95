using System.Globalization;
using System.Text.RegularExpressions;
using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Json;

/// <summary>Numbers which DICOM has as text: IS and DS (PS3.5 6.2; PS3.18 F.2.3).</summary>
internal static partial class JsonNumberText
{
    /// <summary>Beyond these a reader that takes every number for a double no longer sees which one it is (RFC 8259 6).</summary>
    internal const long MaxExact = 1L << 53;

    private const int MaxLength = 64;

    /// <summary>True if a text of an IS or DS may stand in JSON as the number it is, digit for digit.</summary>
    internal static bool IsJsonNumber(string text, DicomVR vr) =>
        vr is DicomVR.IS or DicomVR.DS
        && text.Length <= MaxLength && JsonNumber().IsMatch(text)
        // Readers take the 1.0 of an IS for 1; as a string it stays what it is.
        && (vr == DicomVR.DS || text.AsSpan().IndexOfAny('.', 'e', 'E') < 0)
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value);

    /// <summary>True for a number without fraction and exponent.</summary>
    internal static bool IsWhole(ReadOnlySpan<byte> number) => number.IndexOfAny(".eE"u8) < 0;

    /// <summary>A JSON number as text, as written where the value representation has room for it.</summary>
    internal static string Text(ReadOnlySpan<byte> number) => System.Text.Encoding.ASCII.GetString(number);

    [GeneratedRegex(@"\A-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?\z", RegexOptions.CultureInvariant)]
    private static partial Regex JsonNumber();
}
