namespace PacsTools.Services.Simulation;

/// <summary>Wild card matching (PS3.4 C.2.2.2.4): <c>*</c> is any sequence of characters, none included, <c>?</c> is one character.</summary>
internal static class Wildcard
{
    public static bool IsIn(string key) => key.AsSpan().IndexOfAny('*', '?') >= 0;

    /// <summary>True for a key of asterisks alone, which is universal matching.</summary>
    public static bool IsUniversal(string key) => key.Length > 0 && key.AsSpan().IndexOfAnyExcept('*') < 0;

    /// <summary>Matches a whole value in time proportional to both lengths at worst multiplied, whatever the pattern.</summary>
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> value)
    {
        int p = 0, v = 0, star = -1, resume = 0;
        while (v < value.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                star = p++;
                resume = v;
            }
            else if (p < pattern.Length && pattern[p] == '?')
            {
                // One character, though UTF-16 may need two units for it.
                v += IsPair(value, v) ? 2 : 1;
                p++;
            }
            else if (p < pattern.Length && pattern[p] == value[v])
            {
                p++;
                v++;
            }
            else if (star >= 0)
            {
                p = star + 1;
                v = ++resume;
            }
            else
            {
                return false;
            }
        }

        while (p < pattern.Length && pattern[p] == '*')
            p++;
        return p == pattern.Length;
    }

    private static bool IsPair(ReadOnlySpan<char> text, int at) =>
        char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
}
