using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation;

/// <summary>The keys that are to be met together, at one level of a model or in one item.</summary>
internal sealed class KeySet
{
    private readonly IReadOnlyList<AttributeKey> _keys;
    private readonly IReadOnlyList<DateTimePair> _pairs;

    public KeySet(IReadOnlyList<AttributeKey> keys, MatchingRules rules)
    {
        _pairs = rules.CombinedDateTime ? DateTimePair.FindIn(keys) : [];
        _keys = [.. keys.Where(key => !key.IsUniversal && !_pairs.Any(pair => pair.Covers(key.Tag)))];
    }

    /// <summary>True if there is nothing to be met.</summary>
    public bool IsUniversal => _keys.Count == 0 && _pairs.Count == 0;

    /// <summary>Reads the keys of an identifier or of an item: everything but what says how to read it.</summary>
    /// <exception cref="IdentifierException">A key makes no sense.</exception>
    public static IReadOnlyList<AttributeKey> Read(DicomDataset identifier, MatchingRules rules) =>
    [
        .. identifier
            .Where(element => !element.Tag.IsGroupLength && element.Tag != DicomTags.SpecificCharacterSet
                && element.Tag != DicomTags.QueryRetrieveLevel && element.Tag != DicomTags.TimezoneOffsetFromUTC)
            .Select(element => AttributeKey.Create(element, identifier, rules)),
    ];

    public bool Matches(DicomDataset entity)
    {
        foreach (var key in _keys)
        {
            if (!key.Matches(entity))
                return false;
        }

        foreach (var pair in _pairs)
        {
            if (!pair.Matches(entity))
                return false;
        }

        return true;
    }
}
