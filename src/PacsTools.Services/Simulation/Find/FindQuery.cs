using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;

namespace PacsTools.Services.Simulation;

/// <summary>A C-FIND identifier of one of the query models, checked and understood (PS3.4 C.4.1.1.3.1).</summary>
internal sealed class FindQuery
{
    private FindQuery(QueryLevel level, QueryModel model, IReadOnlyList<AttributeKey> keys, MatchingRules rules)
    {
        Level = level;
        Root = InformationModel.Root(model);
        Keys = [.. keys.Where(key => IsSupported(key.Tag, level))];
        HasUnsupportedKeys = keys.Any(key => !IsSupported(key.Tag, level) && !IsAboutRetrieval(key.Tag));
        Rules = rules;
    }

    public QueryLevel Level { get; }

    /// <summary>The level the model begins with.</summary>
    public QueryLevel Root { get; }

    /// <summary>The keys that can be matched and returned: those of the level and of the ones above it.</summary>
    public IReadOnlyList<AttributeKey> Keys { get; }

    /// <summary>True if there were others, which the responses confess to by FF01 (C.4.1.1.4).</summary>
    public bool HasUnsupportedKeys { get; }

    public MatchingRules Rules { get; }

    /// <exception cref="IdentifierException">The identifier does not fit the model.</exception>
    public static FindQuery Read(DicomDataset identifier, QueryModel model, MatchingRules rules)
    {
        var level = InformationModel.LevelOf(identifier, model);
        if (!rules.Relational)
            InformationModel.RequireKeysAbove(identifier, model, level);
        return new FindQuery(level, model, KeySet.Read(identifier, rules), rules);
    }

    /// <summary>True for what every response says anyway (C.4.1.1.3.2), asked for or not.</summary>
    private static bool IsAboutRetrieval(DicomTag tag) => tag == DicomTags.RetrieveAETitle || tag == DicomTags.InstanceAvailability;

    private static bool IsSupported(DicomTag tag, QueryLevel level) => LevelAttributes.LevelOf(tag) is { } of && of <= level;
}
