using System.Globalization;

namespace PacsTools.Services.Query;

/// <summary>A time of day or a range of them as a matching key (PS3.4 C.2.2.2.1 and C.2.2.2.5, PS3.5 6.2 TM).</summary>
/// <param name="From">Beginning, or null for none.</param>
/// <param name="Until">End, included, or null for none.</param>
public sealed record DicomTimeRange(TimeSpan? From, TimeSpan? Until)
{
    /// <summary>Matches every time, and none as well (PS3.4 C.2.2.2.3).</summary>
    public static DicomTimeRange Universal { get; } = new(null, null);

    /// <summary>True if the key does not restrict anything.</summary>
    public bool IsUniversal => From is null && Until is null;

    /// <summary>
    /// Reads <c>143000</c>, <c>14:30:00</c>, <c>14:30:00.5</c>, the same with <c>-</c> or <c>..</c> as a range with either side open. A single time without
    /// seconds means that whole minute or hour; in a range it means its first moment. An empty text is universal matching.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="key">The keyword named in errors.</param>
    /// <exception cref="QueryKeyException">The text is none of these; the message says why.</exception>
    public static DicomTimeRange Parse(string text, string key = "StudyTime") => TimeRangeParser.Parse(text, key);

    /// <summary>Takes a text, a TimeSpan, TimeOnly or DateTime (its time of day), one or two of them, or a range.</summary>
    /// <exception cref="QueryKeyException">The value is none of these.</exception>
    public static DicomTimeRange FromValue(object? value, string key = "StudyTime") => TimeRangeParser.FromValue(value, key);

    /// <summary>As it goes on the wire: <c>143000</c>, <c>080000-120000</c>, <c>080000-</c>, <c>-120000</c>, or empty.</summary>
    public override string ToString() => IsUniversal ? "" : From == Until ? Tm(From) : $"{Tm(From)}-{Tm(Until)}";

    /// <summary>True if the time lies in the range.</summary>
    public bool Contains(TimeSpan time) => !(time < From) && !(time > Until);

    private static string Tm(TimeSpan? time) => time is not { } t
        ? ""
        : t.ToString(t.Ticks % TimeSpan.TicksPerSecond == 0 ? "hhmmss" : @"hhmmss\.ffffff", CultureInfo.InvariantCulture);
}
