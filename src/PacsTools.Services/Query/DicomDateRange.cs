using System.Globalization;

namespace PacsTools.Services.Query;

/// <summary>A date or a range of dates as a matching key (PS3.4 C.2.2.2.1 and C.2.2.2.5).</summary>
/// <param name="From">First day, or null for no beginning.</param>
/// <param name="Until">Last day, or null for no end.</param>
public sealed record DicomDateRange(DateOnly? From, DateOnly? Until)
{
    /// <summary>Matches every date, and none as well (PS3.4 C.2.2.2.3).</summary>
    public static DicomDateRange Universal { get; } = new(null, null);

    /// <summary>True if the key does not restrict anything.</summary>
    public bool IsUniversal => From is null && Until is null;

    /// <summary>One day.</summary>
    public static DicomDateRange On(DateOnly day) => new(day, day);

    /// <summary>From one day to another, both included; null leaves that side open.</summary>
    /// <exception cref="QueryKeyException">The range ends before it begins.</exception>
    public static DicomDateRange Between(DateOnly? from, DateOnly? until, string key = "StudyDate") => until < from
        ? throw new QueryKeyException("Query.InvalidDate", key, $"the range ends ({Iso(until.Value)}) before it begins ({Iso(from.Value)}).")
        : new DicomDateRange(from, until);

    /// <summary>
    /// Reads <c>20240101</c>, <c>2024-01-01</c>, <c>20240101-20241231</c>, <c>-20241231</c>, <c>20240101-</c>, <c>2024-01-01..2024-12-31</c>,
    /// <c>2024-01-01..</c>, <c>..2024-12-31</c>, <c>today</c>, <c>yesterday</c> and <c>-7d</c> (the last seven days and all later).
    /// Days and words may stand on either side of <c>..</c>. An empty text is universal matching.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The keyword named in errors.</param>
    /// <param name="timeProvider">Says which day today is.</param>
    /// <exception cref="QueryKeyException">The text is none of these; the message says why.</exception>
    public static DicomDateRange Parse(string text, string key = "StudyDate", TimeProvider? timeProvider = null) =>
        new DateRangeParser(key, timeProvider ?? TimeProvider.System).Parse(text);

    /// <summary>Takes what a shell may hand over: a text, a DateTime, DateTimeOffset or DateOnly, a number, one or two of them, or a range.</summary>
    /// <exception cref="QueryKeyException">The value is none of these.</exception>
    public static DicomDateRange FromValue(object? value, string key = "StudyDate", TimeProvider? timeProvider = null) =>
        new DateRangeParser(key, timeProvider ?? TimeProvider.System).FromValue(value);

    /// <summary>As it goes on the wire: <c>20240101</c>, <c>20240101-20241231</c>, <c>20240101-</c>, <c>-20241231</c>, or empty.</summary>
    public override string ToString() => IsUniversal ? "" : From == Until ? Da(From) : $"{Da(From)}-{Da(Until)}";

    /// <summary>True if the day lies in the range.</summary>
    public bool Contains(DateOnly day) => !(day < From) && !(day > Until);

    private static string Da(DateOnly? day) => day?.ToString("yyyyMMdd", CultureInfo.InvariantCulture) ?? "";

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
