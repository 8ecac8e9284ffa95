using System.Numerics;

namespace PacsTools.Dicom.Data;

/// <content>Reading values.</content>
public sealed partial class DicomDataset
{
    /// <summary>
    /// The first value as text: decoded, padding trimmed as its value representation says (PS3.5 6.2), numbers as invariant text.
    /// Null if the element is absent, its first value empty, or no text can be made of it.
    /// </summary>
    public string? GetString(DicomTag tag)
    {
        if (!TryGetElement(tag, out DicomElement? element)) return null;
        string? first = element.Text() switch
        {
            string text => text,
            string[] { Length: > 0 } texts => texts[0],
            _ => null,
        };
        return string.IsNullOrEmpty(first) ? null : first;
    }

    /// <summary>As <see cref="GetString(DicomTag)"/>, with a text for what is absent or empty.</summary>
    public string GetString(DicomTag tag, string @default) => GetString(tag) ?? @default;

    /// <summary>All values as text, an empty one as an empty string. No strings if the element is absent or empty.</summary>
    public string[] GetStrings(DicomTag tag)
    {
        if (!TryGetElement(tag, out DicomElement? element)) return [];
        return element.Text() switch
        {
            string { Length: > 0 } text => [text],
            string[] { Length: > 0 } texts => (string[])texts.Clone(),
            _ => [],
        };
    }

    /// <summary>The whole value as text, with the backslashes between values. Null if absent or empty.</summary>
    public string? GetText(DicomTag tag)
    {
        if (!TryGetElement(tag, out DicomElement? element)) return null;
        string text = element.Text() is string single ? single : string.Join('\\', (string[])element.Text());
        return text.Length == 0 ? null : text;
    }

    /// <summary>The first value as a whole number (IS, DS or binary). Null if absent, empty, illegal or out of range.</summary>
    public int? GetInt32(DicomTag tag) => GetInt64(tag) is { } value and >= int.MinValue and <= int.MaxValue ? (int)value : null;

    /// <summary>The first value as a whole number (IS, DS or binary). Null if absent, empty, illegal or out of range.</summary>
    public long? GetInt64(DicomTag tag) => TryGetElement(tag, out DicomElement? element) ? NumberCodec.ToInt64(element) : null;

    /// <summary>The first value as a number (DS, IS or binary). Null if absent, empty or illegal.</summary>
    public double? GetDouble(DicomTag tag) => TryGetElement(tag, out DicomElement? element) ? NumberCodec.ToDouble(element) : null;

    /// <summary>The first value as a date (DA, or the date of a DT). Null if absent, empty or illegal.</summary>
    public DateTime? GetDate(DicomTag tag) => DateTimeCodec.ToDate(GetString(tag));

    /// <summary>The first value as a time of day (TM). Null if absent, empty or illegal; a leap second is 60 s.</summary>
    public TimeSpan? GetTime(DicomTag tag) => DateTimeCodec.ToTime(GetString(tag));

    /// <summary>
    /// The first value as a moment (DT). Its offset is its own, else that of TimezoneOffsetFromUTC (0008,0201), else this machine's.
    /// Null if absent, empty or illegal.
    /// </summary>
    public DateTimeOffset? GetDateTime(DicomTag tag) =>
        GetString(tag) is { } text ? DateTimeCodec.ToDateTime(text, OffsetFromUtc()) : null;

    /// <summary>The first value as a person name. Null if absent or empty.</summary>
    public PersonName? GetPersonName(DicomTag tag) => GetString(tag) is { } text ? PersonName.Parse(text) : null;

    /// <summary>The items of a sequence; none if it is absent, empty or no sequence.</summary>
    public IReadOnlyList<DicomDataset> GetItems(DicomTag tag) => this[tag]?.ItemArray ?? [];

    /// <summary>
    /// The values of a binary representation as an array: numbers converted (beyond the type's range its limit), the bytes of
    /// OB, OW and their like (and of UN) read as numbers of that type. Empty if the element is absent, empty or text.
    /// </summary>
    public T[] GetValues<T>(DicomTag tag)
        where T : unmanaged, INumber<T> => TryGetElement(tag, out DicomElement? element) ? NumberCodec.ToArray<T>(element) : [];

    /// <summary>The values of an AT element; none if it is absent, empty or of another representation.</summary>
    public DicomTag[] GetTags(DicomTag tag) =>
        TryGetElement(tag, out DicomElement? element) && element.EffectiveVR == DicomVR.AT ? NumberCodec.ToTags(element.Value.Span) : [];

    private TimeSpan? OffsetFromUtc() => DateTimeCodec.ToOffset(GetString(DicomTags.TimezoneOffsetFromUTC)) ?? Parent?.OffsetFromUtc();
}
