using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>What a query is about: the entities of a level of an information model, or the items of a worklist.</summary>
/// <param name="Level">Query/Retrieve Level; null for worklists, which have none.</param>
/// <param name="Singular">One of them in words: "a study".</param>
/// <param name="Plural">Many of them: "studies".</param>
/// <param name="ReturnKeys">What is asked for whether or not it is matched.</param>
/// <param name="RequiredKeys">Keys every archive has to support.</param>
/// <param name="Identity">What makes a response one of its kind; null if it does not say.</param>
internal sealed record QueryTarget(
    QueryLevel? Level,
    string Singular,
    string Plural,
    IReadOnlyList<AttributePath> ReturnKeys,
    IReadOnlySet<DicomTag> RequiredKeys,
    Func<DicomDataset, string?> Identity)
{
    public static QueryTarget Of(QueryLevel level, string singular, string plural, DicomTag[] returnKeys, DicomTag[] requiredKeys, DicomTag uniqueKey) =>
        new(level, singular, plural, Array.ConvertAll(returnKeys, AttributePath.Of), requiredKeys.ToHashSet(), dataset => dataset.GetString(uniqueKey));
}
