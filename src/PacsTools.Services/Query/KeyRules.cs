using System.Collections;
using System.Globalization;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>Turns what a user gave for a key into what may be sent, by the rules of its value representation (PS3.4 C.2.2.2), or says which rule it breaks.</summary>
/// <param name="timeProvider">Says which day today is.</param>
/// <param name="literal">True if asterisks and question marks mean themselves.</param>
/// <param name="fuzzy">True if the archive is asked to match person names as it thinks fit, so that no answer contradicts one.</param>
internal sealed class KeyRules(TimeProvider timeProvider, bool literal = false, bool fuzzy = false)
{
    /// <param name="path">The attribute.</param>
    /// <param name="value">A text, a number, a date…; several only for UIDs, dates and times. Null or empty is universal matching.</param>
    /// <exception cref="QueryKeyException">The value cannot be a key.</exception>
    public MatchingKey Create(AttributePath path, object? value)
    {
        var key = path.Name;
        switch (path.VR)
        {
            case DicomVR.DA:
                var dates = DicomDateRange.FromValue(value, key, timeProvider);
                return Ranged(path, dates.ToString(), text => KeyMatchers.Date(text, dates));
            case DicomVR.TM:
                var times = DicomTimeRange.FromValue(value, key);
                return Ranged(path, times.ToString(), text => KeyMatchers.Time(text, times));
            case DicomVR.UI:
                return Uids(path, value);
            case DicomVR.SQ:
                throw new QueryKeyException("Query.IllegalValue", key, "a sequence has no value of its own; name an attribute inside it, as in ScheduledProcedureStepSequence.Modality.");
        }

        var text = Single(value, key);
        if (text.Length == 0)
        {
            return MatchingKey.Universal(path);
        }

        return path.VR switch
        {
            DicomVR.DT => new MatchingKey(path, [TextRules.DateTime(text, key)], _ => null),
            DicomVR.IS or DicomVR.DS or DicomVR.US or DicomVR.SS or DicomVR.UL or DicomVR.SL or DicomVR.UV or DicomVR.SV or DicomVR.FL or DicomVR.FD =>
                Number(path, text),
            DicomVR.AS => new MatchingKey(path, [TextRules.Age(text, key)], returned => KeyMatchers.Text(returned, text)),
            DicomVR.CS => TextKey(path, TextRules.Code(text, key)),
            DicomVR.AE => TextKey(path, TextRules.AETitle(text, key)),
            DicomVR.PN => PersonName(path, TextRules.PersonName(text, key)),
            DicomVR.LO or DicomVR.SH or DicomVR.LT or DicomVR.ST or DicomVR.UC or DicomVR.UT or DicomVR.UR => TextKey(path, TextRules.Any(text, key)),
            _ => throw new QueryKeyException("Query.IllegalValue", key, $"a value of type {path.VR.ToCode()} cannot be matched."),
        };
    }

    private static MatchingKey Ranged(AttributePath path, string wire, Func<string, bool?> matches) =>
        wire.Length == 0 ? MatchingKey.Universal(path) : new MatchingKey(path, [wire], matches);

    // No escape exists for wildcards (PS3.4 C.2.2.2.4): the key goes out as it is and finds what is meant among more, which is left out here.
    private MatchingKey TextKey(AttributePath path, string text) => new(path, [text], returned => KeyMatchers.Text(returned, text, literal)) { IsLiteral = literal };

    private MatchingKey PersonName(AttributePath path, string text) =>
        new(path, [text], returned => fuzzy ? null : KeyMatchers.PersonName(returned, text, literal)) { IsLiteral = literal };

    private static MatchingKey Number(AttributePath path, string text)
    {
        var number = TextRules.Number(text, path.Name, path.VR is DicomVR.DS or DicomVR.FL or DicomVR.FD);
        return new MatchingKey(path, [text.Trim()], returned => KeyMatchers.Number(returned, number));
    }

    private static MatchingKey Uids(AttributePath path, object? value)
    {
        // PS3.4 C.2.2.2.2: the one kind of key that may be a list.
        var uids = Several(value)
            .SelectMany(one => Text(one, path.Name).Split('\\'))
            .Select(uid => uid.Trim(' ', '\0'))
            .Where(uid => uid.Length > 0)
            .Select(uid => TextRules.Uid(uid, path.Name))
            .Distinct(StringComparer.Ordinal)
            .ToArray();
        return new MatchingKey(path, uids, returned => uids.Contains(returned, StringComparer.Ordinal));
    }

    private static string Single(object? value, string key)
    {
        var values = Several(value).ToArray();
        return values.Length <= 1
            ? Text(values.FirstOrDefault(), key)
            : throw new QueryKeyException("Query.List", key, "only UIDs can be asked for as a list (PS3.4 C.2.2.2.2); ask once for each value.");
    }

    private static IEnumerable<object?> Several(object? value) => value is IEnumerable many and not string ? many.Cast<object?>() : [value];

    private static string Text(object? value, string key) => value switch
    {
        null => "",
        string text => text,
        bool or DateTime or DateTimeOffset or IDictionary => throw new QueryKeyException("Query.IllegalValue", key, $"a value of type {value.GetType().Name} makes no sense here."),
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
