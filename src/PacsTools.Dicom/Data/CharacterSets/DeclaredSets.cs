namespace PacsTools.Dicom.Data;

using Encoding = System.Text.Encoding;

/// <summary>All values of (0008,0005) together (PS3.3 C.12.1.1.2).</summary>
internal sealed record DeclaredSets(IReadOnlyList<string> Terms, bool HasUnknownTerms)
{
    /// <summary>Values that are looked at. The standard knows not half as many terms; a peer may send thousands, and each costs.</summary>
    internal const int MaxTerms = 64;

    private readonly DefinedTerm[] _terms = [];

    private DeclaredSets(DefinedTerm[] terms, bool hasUnknownTerms)
        : this(Array.AsReadOnly(terms.Select(term => term.Term).ToArray()), hasUnknownTerms) => _terms = terms;

    internal static DeclaredSets From(IReadOnlyList<string> written)
    {
        DefinedTerm[] terms = [.. written.Take(MaxTerms).Select(DefinedTerm.Parse)];
        if (terms is [{ IsEmpty: true }])
            terms = [];
        // A set without code extensions must be the only value; the default repertoire beside it changes nothing.
        bool misplaced = terms.Any(term => term.StandsAlone) && terms.Count(term => !term.IsEmpty && term.RegistrationNumber != 6) > 1;
        return new DeclaredSets(terms, misplaced || written.Count > MaxTerms || terms.Any(term => !term.IsKnown));
    }

    internal ITextCodec CreateCodec(Encoding? fallback)
    {
        if (FindStandingAlone() is { } codePage)
            return new EncodingCodec(CodePages.Strict(codePage));
        if (fallback is not null && _terms.All(term => term.IsEmpty || term.RegistrationNumber == 6 || !term.IsKnown))
            return new FallbackCodec(fallback);

        // Value 1 is what values start with and return to. The sets of Japanese kanji never are: PS3.3 Table C.12-4 lets them
        // stand from value 2 on only, so as value 1 they mean an ASCII start.
        int first = _terms.Length > 0 ? _terms[0].RegistrationNumber : 0;
        CodedSet initialG0 = first == 13 ? CodedSets.JisRomaji : CodedSets.Ascii;
        CodedSet? initialG1 = CodedSets.Find(first) is { IsG1: true } set ? set : null;
        return new Iso2022Codec(initialG0, initialG1, [.. _terms.SelectMany(SetsOf).Distinct()]);
    }

    private int? FindStandingAlone()
    {
        foreach (DefinedTerm term in _terms)
        {
            if (term.StandsAlone)
                return term.CodePage;
            if (!term.IsEmpty && term.RegistrationNumber != 6)
                return null;
        }
        return null;
    }

    private static IEnumerable<CodedSet> SetsOf(DefinedTerm term)
    {
        if (CodedSets.Find(term.RegistrationNumber) is { } set)
            yield return set;
        if (term.RegistrationNumber == 13)
            yield return CodedSets.JisRomaji;
    }
}
