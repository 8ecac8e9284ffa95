using System.Collections.Concurrent;
using TextEncoding = System.Text.Encoding;

namespace PacsTools.Dicom.Data;

/// <summary>Keeps the few character sets a process meets: every response of a query names its own.</summary>
internal static class CharacterSetCache
{
    // A peer may name as many as it likes, and as long as it likes; we keep no more than the standard could want, and nothing that it does not know.
    internal const int MaxEntries = 128;

    // Every value of CS the standard allows, 16 characters each.
    private const int MaxKey = 16 * DeclaredSets.MaxTerms;

    private static readonly ConcurrentDictionary<(string Terms, TextEncoding? Fallback), SpecificCharacterSet> s_sets = new();

    internal static int Count => s_sets.Count;

    internal static SpecificCharacterSet Get(string[] terms, TextEncoding? fallback)
    {
        if (terms.Length == 0 && fallback is null) return SpecificCharacterSet.Default;
        if (terms.Length > DeclaredSets.MaxTerms) return SpecificCharacterSet.Parse(terms, fallback);
        var key = (terms.Length == 1 ? terms[0] : string.Join('\\', terms), fallback);
        if (s_sets.TryGetValue(key, out SpecificCharacterSet? known)) return known;
        SpecificCharacterSet parsed = SpecificCharacterSet.Parse(terms, fallback);
        return s_sets.Count < MaxEntries && !parsed.HasUnknownTerms && key.Item1.Length <= MaxKey ? s_sets.GetOrAdd(key, parsed) : parsed;
    }
}
