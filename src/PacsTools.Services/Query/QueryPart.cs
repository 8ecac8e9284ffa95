using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>One C-FIND of a <see cref="QueryPlan"/>.</summary>
/// <param name="Identifier">What is sent.</param>
/// <param name="Keys">The matching keys in it.</param>
/// <param name="Asked">Every attribute in it.</param>
internal sealed record QueryPart(DicomDataset Identifier, IReadOnlyList<MatchingKey> Keys, IReadOnlyList<AttributePath> Asked)
{
    public static QueryPart Create(QueryLevel? level, IReadOnlyList<MatchingKey> keys, IReadOnlyList<AttributePath> returnKeys)
    {
        var asked = returnKeys.Union(keys.Select(key => key.Path)).ToList();
        return new QueryPart(QueryIdentifier.Build(level, keys, returnKeys), keys, asked);
    }
}
