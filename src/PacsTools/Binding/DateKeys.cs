using PacsTools.Services.Query;

namespace PacsTools.Binding;

/// <summary>The three parameters that speak of Study Date, as one key.</summary>
internal static class DateKeys
{
    /// <exception cref="QueryKeyException">A value is no date, or they contradict one another.</exception>
    public static DicomDateRange? StudyDate(object? studyDate, object? since, object? until)
    {
        if (since is null && until is null) return studyDate is null ? null : DicomDateRange.FromValue(studyDate);
        if (studyDate is not null) throw new QueryKeyException("Query.GivenTwice", "StudyDate", "give either -StudyDate or -Since and -Until.");
        return DicomDateRange.Between(Day(since, "Since"), Day(until, "Until"));
    }

    private static DateOnly? Day(object? value, string parameter)
    {
        if (value is null) return null;
        var range = DicomDateRange.FromValue(value, parameter);
        // "-7d" is a range without an end whose beginning is the day that is meant.
        return range.From is { } day && (range.Until is null || range.Until == day)
            ? day
            : throw new QueryKeyException("Query.InvalidDate", parameter, "it must be a single day.");
    }
}
