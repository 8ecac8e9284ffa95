using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Simulation;

/// <summary>Which instances a C-MOVE or C-GET identifier names (PS3.4 C.4.2.2.1, C.4.3.1.3).</summary>
internal static class RetrieveSelection
{
    /// <exception cref="IdentifierException">The identifier does not fit the model.</exception>
    public static IReadOnlyList<IndexedInstance> Read(ArchiveIndex index, DicomDataset identifier, QueryModel model, MatchingRules rules)
    {
        var level = InformationModel.LevelOf(identifier, model);
        if (!rules.Relational)
            InformationModel.RequireKeysAbove(identifier, model, level);

        // Only unique keys count here; wild cards and universal matching would retrieve what nobody named.
        var keys = new List<AttributeKey>();
        for (var at = Query.QueryLevel.Patient; at <= level; at++)
        {
            var tag = LevelAttributes.UniqueKey(at);
            if (identifier.TryGetElement(tag, out var element) && AttributeKey.Create(element, identifier, rules) is { IsUniversal: false } key)
                keys.Add(key);
            else if (at == level)
                throw new IdentifierException(DimseCodes.IdentifierDoesNotMatch, "the unique key of the level needs a value", tag);
        }

        if (keys.Find(key => key.VR != DicomVR.UI && key.Values.Any(Wildcard.IsIn)) is { } wild)
            throw new IdentifierException(DimseCodes.IdentifierDoesNotMatch, "a retrieve takes no wild cards", wild.Tag);
        return [.. new EntityQuery(index, Query.QueryLevel.Image, keys, rules).Run().Select(path => (IndexedInstance)path.Entity)];
    }
}
