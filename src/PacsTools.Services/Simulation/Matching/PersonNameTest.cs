using System.Globalization;
using System.Text;

namespace PacsTools.Services.Simulation;

/// <summary>
/// Matching of person names: never case-sensitive (PS3.4 C.2.2.2.1.1, C.2.2.2.4). A key without <c>=</c> is compared with each component
/// group of the value, one with it group by group; trailing empty components say nothing (PS3.5 6.2.1.1).
/// </summary>
internal static class PersonNameTest
{
    private static readonly char[] s_wordBreaks = ['^', ' ', '=', ',', '.', '-', '*', '?'];

    public static Func<string, bool> Create(string key, bool fuzzy)
    {
        if (fuzzy && Words(key) is { Length: > 0 } words)
            return value => IsFuzzyMatch(words, value);
        var groups = Groups(key);
        return groups.Length == 1
            ? value => Matches(groups[0], Fold(value.TrimEnd('='))) || Groups(value).Any(group => Matches(groups[0], group))
            : value => MatchesGroups(groups, Groups(value));
    }

    private static bool MatchesGroups(string[] keys, string[] values)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            if (keys[i].Length > 0 && !Matches(keys[i], i < values.Length ? values[i] : ""))
                return false;
        }

        return true;
    }

    private static bool Matches(string key, string value) => Wildcard.Matches(key, value);

    private static string[] Groups(string name) => Array.ConvertAll(name.TrimEnd('=', ' ').Split('='), group => Fold(group).TrimEnd('^', ' '));

    private static string Fold(string text) => text.Trim().ToUpperInvariant();

    private static bool IsFuzzyMatch(string[] keyWords, string value)
    {
        var words = Words(value);
        return keyWords.All(key => words.Any(word => word.StartsWith(key, StringComparison.Ordinal)));
    }

    private static string[] Words(string name)
    {
        var plain = new StringBuilder();
        foreach (var c in name.Normalize(NormalizationForm.FormD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
                plain.Append(char.ToUpperInvariant(c));
        }

        return plain.ToString().Split(s_wordBreaks, StringSplitOptions.RemoveEmptyEntries);
    }
}
