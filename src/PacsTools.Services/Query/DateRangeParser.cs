using System.Collections;
using System.Globalization;

namespace PacsTools.Services.Query;

/// <summary>The text and value forms of a <see cref="DicomDateRange"/>.</summary>
internal sealed class DateRangeParser(string key, TimeProvider timeProvider)
{
    private const string Forms = "write 20240101, 2024-01-01, 20240101-20241231, 2024-01-01..2024-12-31, 2024-01-01.., today, yesterday or -7d";

    public DicomDateRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var t = text.Trim();
        if (t.Length == 0)
        {
            return DicomDateRange.Universal;
        }

        var dots = t.IndexOf("..", StringComparison.Ordinal);
        if (dots >= 0)
        {
            return Range(Side(t[..dots], text), Side(t[(dots + 2)..], text), text);
        }

        if (TryDaysAgo(t) is { } since)
        {
            return new DicomDateRange(since, null);
        }

        if (TryDay(t) is { } day)
        {
            return DicomDateRange.On(day);
        }

        // The DICOM form: the hyphen divides, so only days without hyphens of their own may stand there.
        var hyphen = t.IndexOf('-');
        return hyphen >= 0 && hyphen == t.LastIndexOf('-')
            ? Range(Side(t[..hyphen], text), Side(t[(hyphen + 1)..], text), text)
            : throw Invalid(text);
    }

    public DicomDateRange FromValue(object? value) => value switch
    {
        null => DicomDateRange.Universal,
        DicomDateRange range => range,
        IEnumerable many and not string => FromSeveral(many),
        string text => Parse(text),

        // In PowerShell the bare word -7d is the decimal number -7.
        decimal days when days is < 0 and > -100_000 && days == decimal.Truncate(days) => new DicomDateRange(Today.AddDays((int)days), null),
        int or long or uint or ulong => Parse(Convert.ToString(value, CultureInfo.InvariantCulture)!),
        _ => DicomDateRange.On(Day(value)),
    };

    private DicomDateRange FromSeveral(IEnumerable many)
    {
        var values = many.Cast<object?>().ToArray();
        return values.Length switch
        {
            0 => DicomDateRange.Universal,
            1 => FromValue(values[0]),
            2 => DicomDateRange.Between(OneDay(values[0]), OneDay(values[1]), key),
            _ => throw new QueryKeyException("Query.InvalidDate", key, $"{values.Length} dates were given; one is a day, two are a range."),
        };
    }

    private DateOnly? OneDay(object? value)
    {
        var range = FromValue(value);
        return range.From == range.Until || (range.Until is null && value is string s && TryDaysAgo(s.Trim()) is not null)
            ? range.From
            : throw new QueryKeyException("Query.InvalidDate", key, "two dates are a range; each must be a single day.");
    }

    private DateOnly Day(object value) => value switch
    {
        DateOnly day => day,
        DateTime moment => DateOnly.FromDateTime(moment),
        DateTimeOffset moment => DateOnly.FromDateTime(moment.DateTime),
        _ => throw Invalid(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""),
    };

    private DicomDateRange Range(DateOnly? from, DateOnly? until, string text) =>
        from is null && until is null ? throw Invalid(text) : DicomDateRange.Between(from, until, key);

    private DateOnly? Side(string side, string text)
    {
        var t = side.Trim();
        return t.Length == 0 ? null : TryDaysAgo(t) ?? TryDay(t) ?? throw Invalid(text);
    }

    private DateOnly? TryDaysAgo(string t) =>
        t.Length is > 2 and < 9 && t[0] == '-' && t[^1] is 'd' or 'D'
        && int.TryParse(t.AsSpan(1, t.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days < 100_000
            ? Today.AddDays(-days)
            : null;

    private DateOnly? TryDay(string t)
    {
        if (t.Equals("today", StringComparison.OrdinalIgnoreCase))
        {
            return Today;
        }

        if (t.Equals("yesterday", StringComparison.OrdinalIgnoreCase))
        {
            return Today.AddDays(-1);
        }

        string[] forms = ["yyyyMMdd", "yyyy-MM-dd"];
        return DateOnly.TryParseExact(t, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    private DateOnly Today => DateOnly.FromDateTime(timeProvider.GetLocalNow().DateTime);

    private QueryKeyException Invalid(string text) =>
        new("Query.InvalidDate", key, $"'{QueryKeyException.Printable(text)}' is no date or range of dates; {Forms}.");
}
