using System.Globalization;
using System.Text;
using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>
/// Whether a returned value satisfies a key. Archives fold case, accents and widths and match names more loosely than the standard's literal
/// text; only what no archive can have meant counts as a contradiction. Null: it cannot be told.
/// </summary>
internal static class KeyMatchers
{
    public static bool? Date(string returned, DicomDateRange range)
    {
        var t = returned.Trim();
        string[] forms = ["yyyyMMdd", "yyyy.MM.dd", "yyyy-MM-dd"];
        return DateOnly.TryParseExact(t, forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? range.Contains(day) : null;
    }

    public static bool? Time(string returned, DicomTimeRange range)
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.StudyTime, DicomVR.TM, returned);
        if (dataset.GetTime(DicomTags.StudyTime) is not { } time)
        {
            return null;
        }

        // A key in whole seconds does not deny the fraction the modality wrote.
        return range.Contains(time) || range.Contains(TimeSpan.FromSeconds(Math.Floor(time.TotalSeconds)));
    }

    public static bool? Number(string returned, double number) =>
        double.TryParse(returned, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value == number : null;

    public static bool? Text(string returned, string key, bool literal = false) =>
        returned.Contains('\uFFFD') ? null : Same(Fold(key), Fold(returned), literal);

    public static bool? PersonName(string returned, string key, bool literal = false)
    {
        if (returned.Contains('\uFFFD'))
        {
            return null;
        }

        foreach (var wanted in key.Split('=').Select(FoldName).Where(group => group.Length > 0))
        {
            foreach (var group in returned.Split('=').Select(FoldName))
            {
                // DOE asks for a family name alone, but archives answer DOE^JANE as well and mean no harm.
                if (Same(wanted, group, literal) || group.StartsWith(wanted + '^', StringComparison.Ordinal))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>PS3.4 C.2.2.2.4: an asterisk is any text, a question mark any one character. Time and space stay linear in the text for each asterisk.</summary>
    public static bool Wildcard(string pattern, string text)
    {
        int p = 0, t = 0, star = -1, mark = 0;
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                mark = t;
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                p++;
                t++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                t = ++mark;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
        {
            p++;
        }

        return p == pattern.Length;
    }

    private static bool Same(string key, string text, bool literal) => literal ? key == text : Wildcard(key, text);

    private static string FoldName(string group)
    {
        var folded = Fold(group).Replace(", ", "^", StringComparison.Ordinal).Replace(',', '^').Replace(' ', '^');
        return folded.TrimEnd('^');
    }

    private static string Fold(string text)
    {
        var t = text.Trim();
        if (Ascii.IsValid(t))
        {
            return t.ToUpperInvariant();
        }

        var folded = new StringBuilder(t.Length);
        // An archive may send the noncharacter U+FFFE, which .NET refuses to normalize; no key can ask for it.
        foreach (var c in t.Replace('\uFFFE', '\uFFFD').Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                folded.Append(char.ToUpperInvariant(c));
            }
        }

        return folded.ToString();
    }
}
