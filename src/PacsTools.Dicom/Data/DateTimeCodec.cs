using System.Globalization;

namespace PacsTools.Dicom.Data;

/// <summary>DA, TM and DT (PS3.5 6.2). Illegal text is null: archives send it, and a query must go on.</summary>
internal static class DateTimeCodec
{
    private const int TicksDigits = 7;

    /// <summary>YYYYMMDD; also YYYY.MM.DD of ACR-NEMA and YYYY-MM-DD; of a DT, the date.</summary>
    internal static DateTime? ToDate(string? text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        if (!TryDate(ref rest, out DateTime date)) return null;
        return rest.IsEmpty || char.IsAsciiDigit(rest[0]) ? date : null;
    }

    /// <summary>HH, HHMM, HHMMSS or HHMMSS.F with up to six (seven are taken) digits of a second; also with colons.</summary>
    internal static TimeSpan? ToTime(string? text)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        return TryTime(ref rest, out TimeSpan time) && rest.IsEmpty ? time : null;
    }

    /// <summary>
    /// YYYY[MM[DD[HH[MM[SS[.F]]]]]][+/-HHMM]. Without an offset the one given is taken; without that, the local time zone's.
    /// </summary>
    internal static DateTimeOffset? ToDateTime(string? text, TimeSpan? defaultOffset)
    {
        ReadOnlySpan<char> rest = text.AsSpan().Trim();
        TimeSpan? offset = defaultOffset;
        if (rest.Length > 5 && rest[^5] is '+' or '-')
        {
            if (ToOffset(rest[^5..]) is not { } own) return null;
            offset = own;
            rest = rest[..^5];
        }

        if (!TryPartialDate(ref rest, out DateTime moment)) return null;
        if (!rest.IsEmpty)
        {
            if (!TryTime(ref rest, out TimeSpan time) || !rest.IsEmpty) return null;
            if (time > DateTime.MaxValue - moment) return null; // The leap second after the last moment there is.
            moment += time;
        }

        TimeSpan zone = offset ?? TimeZoneInfo.Local.GetUtcOffset(moment);
        long utc = moment.Ticks - zone.Ticks;
        return utc < DateTime.MinValue.Ticks || utc > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(moment, zone);
    }

    /// <summary>The offset from UTC of (0008,0201) and of DT: a sign, hours and minutes.</summary>
    internal static TimeSpan? ToOffset(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length != 5 || text[0] is not ('+' or '-')) return null;
        if (!TryDigits(text[1..3], out int hours) || !TryDigits(text[3..], out int minutes) || hours > 14 || minutes > 59) return null;
        var offset = new TimeSpan(hours, minutes, 0);
        if (offset > TimeSpan.FromHours(14)) return null;
        return text[0] == '-' ? -offset : offset;
    }

    internal static string FromDate(DateTime date) => date.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static bool TryDate(ref ReadOnlySpan<char> rest, out DateTime date)
    {
        date = default;
        if (rest.Length < 8 || !TryDigits(rest[..4], out int year)) return false;
        bool separated = rest[4] is '.' or '-';
        if (separated && (rest.Length < 10 || rest[7] != rest[4])) return false;
        int monthAt = separated ? 5 : 4;
        int dayAt = separated ? 8 : 6;
        if (!TryDigits(rest.Slice(monthAt, 2), out int month) || !TryDigits(rest.Slice(dayAt, 2), out int day)) return false;
        rest = rest[(dayAt + 2)..];
        return TryMake(year, month, day, out date);
    }

    private static bool TryPartialDate(ref ReadOnlySpan<char> rest, out DateTime date)
    {
        if (rest.Length >= 8) return TryDate(ref rest, out date);
        date = default;
        int month = 1;
        bool legal = rest.Length is 4 or 6 && TryDigits(rest[..4], out _) && (rest.Length == 4 || TryDigits(rest[4..], out month));
        if (!legal) return false;
        TryDigits(rest[..4], out int year);
        rest = default;
        return TryMake(year, month, 1, out date);
    }

    private static bool TryTime(ref ReadOnlySpan<char> rest, out TimeSpan time)
    {
        time = default;
        int minute = 0, second = 0;
        if (!TryTwo(ref rest, out int hour) || hour > 23) return false;
        if (!rest.IsEmpty)
        {
            SkipColon(ref rest);
            if (!TryTwo(ref rest, out minute) || minute > 59) return false;
        }

        if (!rest.IsEmpty)
        {
            SkipColon(ref rest);
            if (!TryTwo(ref rest, out second) || second > 60) return false; // 60 is a leap second.
        }

        time = new TimeSpan(hour, minute, second);
        return rest.IsEmpty || TryFraction(ref rest, ref time);
    }

    private static bool TryFraction(ref ReadOnlySpan<char> rest, ref TimeSpan time)
    {
        if (rest[0] != '.' || rest.Length == 1 || rest.Length > TicksDigits + 1) return false;
        if (!TryDigits(rest[1..], out int ticks)) return false;
        for (int digit = rest.Length - 1; digit < TicksDigits; digit++) ticks *= 10;
        time += TimeSpan.FromTicks(ticks);
        rest = default;
        return true;
    }

    private static bool TryTwo(ref ReadOnlySpan<char> rest, out int value)
    {
        value = 0;
        if (rest.Length < 2 || !TryDigits(rest[..2], out value)) return false;
        rest = rest[2..];
        return true;
    }

    private static void SkipColon(ref ReadOnlySpan<char> rest)
    {
        if (rest[0] == ':') rest = rest[1..];
    }

    private static bool TryDigits(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static bool TryMake(int year, int month, int day, out DateTime date)
    {
        date = default;
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Unspecified);
        return true;
    }
}
