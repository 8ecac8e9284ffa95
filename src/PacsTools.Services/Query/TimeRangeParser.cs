using System.Collections;
using System.Globalization;

namespace PacsTools.Services.Query;

/// <summary>The text and value forms of a <see cref="DicomTimeRange"/>.</summary>
internal static class TimeRangeParser
{
    private static readonly string[] Seconds = ["hhmmss", @"hh\:mm\:ss", @"hhmmss\.FFFFFF", @"hh\:mm\:ss\.FFFFFF"];
    private static readonly string[] Minutes = ["hhmm", @"hh\:mm"];
    private static readonly string[] Hours = ["hh"];

    public static DicomTimeRange Parse(string text, string key)
    {
        ArgumentNullException.ThrowIfNull(text);
        var t = text.Trim();
        if (t.Length == 0)
        {
            return DicomTimeRange.Universal;
        }

        var dots = t.IndexOf("..", StringComparison.Ordinal);
        var (at, width) = dots >= 0 ? (dots, 2) : (t.IndexOf('-'), 1);
        if (at < 0)
        {
            return TryTime(t) is { } one ? new DicomTimeRange(one.Start, one.End) : throw Invalid(text, key);
        }

        var from = Side(t[..at], text, key);
        var until = Side(t[(at + width)..], text, key);
        return from is null && until is null ? throw Invalid(text, key) : Between(from, until, key);
    }

    public static DicomTimeRange FromValue(object? value, string key) => value switch
    {
        null => DicomTimeRange.Universal,
        DicomTimeRange range => range,
        string text => Parse(text, key),
        IEnumerable many => FromSeveral(many, key),
        _ => At(Moment(value, key), key),
    };

    private static DicomTimeRange FromSeveral(IEnumerable many, string key)
    {
        var values = many.Cast<object?>().ToArray();
        return values.Length switch
        {
            0 => DicomTimeRange.Universal,
            1 => FromValue(values[0], key),
            2 => Between(OneTime(values[0], key), OneTime(values[1], key), key),
            _ => throw new QueryKeyException("Query.InvalidTime", key, $"{values.Length} times were given; one is a time, two are a range."),
        };
    }

    private static TimeSpan? OneTime(object? value, string key)
    {
        var isRange = value is DicomTimeRange { From: var from, Until: var until } ? from != until : value is string text && text.AsSpan().Trim().ContainsAny('-', '.') && TryTime(text.Trim()) is null;
        return isRange
            ? throw new QueryKeyException("Query.InvalidTime", key, "two times are a range; each must be a single time.")
            : FromValue(value, key).From;
    }

    private static DicomTimeRange At(TimeSpan time, string key) => time >= TimeSpan.Zero && time < TimeSpan.FromDays(1)
        ? new DicomTimeRange(time, time)
        : throw new QueryKeyException("Query.InvalidTime", key, "a time of day lies between 00:00:00 and 23:59:59.");

    private static DicomTimeRange Between(TimeSpan? from, TimeSpan? until, string key) => until < from
        ? throw new QueryKeyException("Query.InvalidTime", key, $"the range ends ({until:hh\\:mm\\:ss}) before it begins ({from:hh\\:mm\\:ss}); times do not pass midnight.")
        : new DicomTimeRange(from, until);

    private static TimeSpan Moment(object value, string key) => value switch
    {
        TimeSpan time => time,
        TimeOnly time => time.ToTimeSpan(),
        DateTime moment => moment.TimeOfDay,
        DateTimeOffset moment => moment.TimeOfDay,
        _ => throw Invalid(Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", key),
    };

    private static TimeSpan? Side(string side, string text, string key)
    {
        var t = side.Trim();
        return t.Length == 0 ? null : TryTime(t) is { } time ? time.Start : throw Invalid(text, key);
    }

    private static (TimeSpan Start, TimeSpan End)? TryTime(string t)
    {
        // The last moment TM can tell: a microsecond before the next minute or hour.
        return Exact(t, Seconds) is { } second ? (second, second)
            : Exact(t, Minutes) is { } minute ? (minute, minute + TimeSpan.FromMinutes(1) - TimeSpan.FromMicroseconds(1))
            : Exact(t, Hours) is { } hour ? (hour, hour + TimeSpan.FromHours(1) - TimeSpan.FromMicroseconds(1))
            : null;
    }

    private static TimeSpan? Exact(string t, string[] forms) =>
        TimeSpan.TryParseExact(t, forms, CultureInfo.InvariantCulture, out var time) && time < TimeSpan.FromDays(1) ? time : null;

    private static QueryKeyException Invalid(string text, string key) =>
        new("Query.InvalidTime", key, $"'{QueryKeyException.Printable(text)}' is no time or range of times; write 143000, 14:30, 08:00..12:00, 080000-120000 or 08:00.. (quoted).");
}
