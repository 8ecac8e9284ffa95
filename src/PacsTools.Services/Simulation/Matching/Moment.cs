using System.Globalization;

namespace PacsTools.Services.Simulation;

/// <summary>A DA, TM or DT value for comparison: the span of time it leaves open, and its offset from UTC if it has one.</summary>
/// <param name="First">The earliest tick it can mean.</param>
/// <param name="Last">The latest tick it can mean; more than <paramref name="First"/> only where a DT leaves components out.</param>
/// <param name="Offset">The offset a DT gives, or null.</param>
internal readonly record struct Moment(long First, long Last, TimeSpan? Offset)
{
    private const int TicksDigits = 7;

    /// <summary>YYYYMMDD, or YYYY.MM.DD of ACR-NEMA (PS3.5 6.2).</summary>
    public static Moment? Date(string text)
    {
        var t = text.AsSpan().Trim();
        if (t.Length == 10 && t[4] == '.' && t[7] == '.')
            t = string.Concat(t[..4], t.Slice(5, 2), t[8..]);
        return t.Length == 8 && DateOnly.TryParseExact(t, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)
            ? At(date.ToDateTime(default).Ticks)
            : null;
    }

    /// <summary>HH[MM[SS[.F]]], also with colons. What is left out counts as zero, as a direct comparison of times within a day has it.</summary>
    public static Moment? Time(string text) => TimeTicks(text.AsSpan().Trim()) is { } time ? At(time.First) : null;

    /// <summary>YYYY[MM[DD[HH[MM[SS[.F]]]]]][&amp;ZZXX]. What is left out is not known: the value is the whole year, month, … it names.</summary>
    public static Moment? DateAndTime(string text)
    {
        var t = text.AsSpan().Trim();
        TimeSpan? offset = null;
        if (t.Length > 5 && t[^5] is '+' or '-')
        {
            if (!TryOffset(t[^5..], out var own))
                return null;
            offset = own;
            t = t[..^5];
        }

        if (t.Length < 4 || !TryDigits(t[..4], out var year) || year is < 1 or > 9998)
            return null;
        int month = 1, day = 1;
        if (t.Length >= 6 && !TryDigits(t.Slice(4, 2), out month) || t.Length >= 8 && !TryDigits(t.Slice(6, 2), out day))
            return null;
        if (t.Length is 5 or 7 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month))
            return null;
        var first = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        if (t.Length <= 8)
        {
            var next = t.Length == 4 ? first.AddYears(1) : t.Length == 6 ? first.AddMonths(1) : first.AddDays(1);
            return new Moment(first.Ticks, next.Ticks - 1, offset);
        }

        return TimeTicks(t[8..]) is { } time ? new Moment(first.Ticks + time.First, first.Ticks + time.Last, offset) : null;
    }

    /// <summary>A date and a time of day together.</summary>
    public static Moment Combine(Moment date, Moment time) => At(date.First + time.First);

    /// <summary>Ticks to compare with another moment: of UTC if both say how far from it they are, of the clock on the wall otherwise.</summary>
    public long FirstAgainst(Moment other) => First - Shift(other);

    /// <inheritdoc cref="FirstAgainst"/>
    public long LastAgainst(Moment other) => Last - Shift(other);

    private long Shift(Moment other) => other.Offset is not null && Offset is { } offset ? offset.Ticks : 0;

    private static Moment At(long ticks) => new(ticks, ticks, null);

    private static (long First, long Last)? TimeTicks(ReadOnlySpan<char> t)
    {
        Span<char> digits = stackalloc char[6];
        int count = 0, at = 0;
        for (; at < t.Length && t[at] != '.' && count < 6; at++)
        {
            if (t[at] == ':' && count is 2 or 4)
                continue;
            if (!char.IsAsciiDigit(t[at]))
                return null;
            digits[count++] = t[at];
        }

        if (count is not (2 or 4 or 6))
            return null;
        int minute = 0, second = 0;
        TryDigits(digits[..2], out var hour);
        if (count >= 4)
            TryDigits(digits.Slice(2, 2), out minute);
        if (count == 6)
            TryDigits(digits.Slice(4, 2), out second);

        // 60 is a leap second.
        if (hour > 23 || minute > 59 || second > 60)
            return null;
        var first = new TimeSpan(hour, minute, second).Ticks;
        var open = count == 2 ? TimeSpan.TicksPerHour : count == 4 ? TimeSpan.TicksPerMinute : 1;
        if (at == t.Length)
            return (first, first + open - 1);
        return count == 6 && TryFraction(t[at..], out var fraction) ? (first + fraction, first + fraction) : null;
    }

    private static bool TryFraction(ReadOnlySpan<char> t, out long ticks)
    {
        ticks = 0;
        if (t.Length is < 2 or > TicksDigits + 1 || t[0] != '.' || !TryDigits(t[1..], out var value))
            return false;
        ticks = value;
        for (var digit = t.Length - 1; digit < TicksDigits; digit++)
            ticks *= 10;
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<char> t, out TimeSpan offset)
    {
        offset = default;
        if (!TryDigits(t.Slice(1, 2), out var hours) || !TryDigits(t[3..], out var minutes) || hours > 14 || minutes > 59)
            return false;
        offset = new TimeSpan(hours, minutes, 0);
        if (t[0] == '-')
            offset = -offset;
        return true;
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);
}
