using System.Globalization;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation;

/// <summary>
/// Matching of one attribute's values by the rules of its value representation (PS3.4 C.2.2.2). An attribute of several values matches if
/// one of them does; one without a value matches nothing but universal keys (C.2.2.1.2).
/// </summary>
internal static class ValueTest
{
    private const string EmptyValueKey = "\"\"";

    /// <summary>Makes the test of a key.</summary>
    /// <param name="vr">The value representation of the attribute.</param>
    /// <param name="keys">The key's values; several of anything but UIDs match if one of them does.</param>
    /// <param name="rules">What was negotiated.</param>
    /// <returns>The test; null for universal matching.</returns>
    /// <exception cref="FormatException">The key is not one for this representation.</exception>
    public static Func<string[], bool>? Create(DicomVR vr, IReadOnlyList<string> keys, MatchingRules rules)
    {
        string[] some = [.. keys.Select(key => key.Trim(' ', '\0')).Where(key => key.Length > 0)];
        if (some.Length == 0)
            return null;
        if (rules.EmptyValues && some is [EmptyValueKey])
            return values => values.All(value => value.Trim().Length == 0);
        if (vr == DicomVR.UI)
        {
            var uids = some.ToHashSet(StringComparer.Ordinal);
            return values => values.Any(uids.Contains);
        }

        if (TakesWildcards(vr) && some.Any(Wildcard.IsUniversal))
            return null;
        var tests = Array.ConvertAll(some, key => One(vr, key, rules));
        return values => values.Any(value => value.Length > 0 && tests.Any(test => test(value)));
    }

    /// <summary>The moment range of a DA, TM or DT key.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static MomentRange Range(DicomVR vr, string key) => MomentRange.TryParse(key, Parser(vr), out var range)
        ? range
        : throw new FormatException($"{vr.ToCode()} takes a value or a range, no other text");

    /// <summary>Reads a value of DA, TM or DT.</summary>
    public static Func<string, Moment?> Parser(DicomVR vr) => vr switch
    {
        DicomVR.DA => Moment.Date,
        DicomVR.TM => Moment.Time,
        _ => Moment.DateAndTime,
    };

    private static Func<string, bool> One(DicomVR vr, string key, MatchingRules rules)
    {
        switch (vr)
        {
            case DicomVR.PN:
                return PersonNameTest.Create(key, rules.FuzzyNames);
            case DicomVR.DA or DicomVR.TM or DicomVR.DT:
                var range = Range(vr, key);
                var parse = Parser(vr);
                return value => parse(value) is { } moment && range.Contains(moment);
            case DicomVR.IS or DicomVR.DS or DicomVR.US or DicomVR.SS or DicomVR.UL or DicomVR.SL or DicomVR.UV or DicomVR.SV or DicomVR.FL or DicomVR.FD:
                var number = Number(key) ?? throw new FormatException($"{vr.ToCode()} takes a number");
                return value => Number(value) is { } other && other.Equals(number);
            case var text when TakesWildcards(text) && Wildcard.IsIn(key):
                return value => Wildcard.Matches(key, value.Trim());
            default:
                return value => value.Trim() == key;
        }
    }

    private static bool TakesWildcards(DicomVR vr) => vr is DicomVR.AE or DicomVR.CS or DicomVR.LO or DicomVR.LT or DicomVR.PN or DicomVR.SH
        or DicomVR.ST or DicomVR.UC or DicomVR.UR or DicomVR.UT;

    private static decimal? Number(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
