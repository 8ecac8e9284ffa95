using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation;

/// <summary>One key of an identifier: which attribute, and what it asks of it (PS3.4 C.2.2.2).</summary>
internal sealed class AttributeKey
{
    private readonly Func<string[], bool>? _test;

    private readonly KeySet? _itemTest;

    private AttributeKey(DicomTag tag, DicomVR vr, string[] values, Func<string[], bool>? test)
    {
        Tag = tag;
        VR = vr;
        Values = values;
        _test = test;
    }

    private AttributeKey(DicomTag tag, IReadOnlyList<AttributeKey> itemKeys, MatchingRules rules)
        : this(tag, DicomVR.SQ, [], null)
    {
        ItemKeys = itemKeys;
        _itemTest = new KeySet(itemKeys, rules);
    }

    public DicomTag Tag { get; }

    public DicomVR VR { get; }

    /// <summary>The key's values, without empty ones.</summary>
    public string[] Values { get; }

    /// <summary>The keys of a sequence's item; null if this is no sequence. None of them: the whole sequence is asked for.</summary>
    public IReadOnlyList<AttributeKey>? ItemKeys { get; }

    /// <summary>True if every entity matches: the attribute is only to be returned.</summary>
    public bool IsUniversal => _itemTest is null ? _test is null : _itemTest.IsUniversal;

    /// <summary>Reads one element of an identifier.</summary>
    /// <exception cref="IdentifierException">The key makes no sense.</exception>
    public static AttributeKey Create(DicomElement element, DicomDataset identifier, MatchingRules rules)
    {
        var vr = RepresentationOf(element);
        if (vr == DicomVR.SQ)
        {
            var items = identifier.GetItems(element.Tag);
            return items.Count <= 1
                ? new AttributeKey(element.Tag, items.Count == 0 ? [] : KeySet.Read(items[0], rules), rules)
                : throw new IdentifierException(DimseCodes.IdentifierDoesNotMatch, "a sequence key has one item (C.2.2.2.6)", element.Tag);
        }

        string[] values = [.. identifier.GetStrings(element.Tag).Where(value => value.Trim(' ', '\0').Length > 0)];
        try
        {
            return new AttributeKey(element.Tag, vr, values, ValueTest.Create(vr, values, rules));
        }
        catch (FormatException e)
        {
            throw new IdentifierException(DimseCodes.IdentifierDoesNotMatch, e.Message, element.Tag);
        }
    }

    public bool Matches(DicomDataset entity)
    {
        if (_itemTest is null)
            return _test is null || _test(entity.GetStrings(Tag));
        return IsUniversal || entity.GetItems(Tag).Any(ItemMatches);
    }

    /// <summary>True if an item of the sequence meets every key for items.</summary>
    public bool ItemMatches(DicomDataset item) => _itemTest is null || _itemTest.Matches(item);

    private static DicomVR RepresentationOf(DicomElement element) =>
        element.VR == DicomVR.UN && DicomDictionary.Default.TryGet(element.Tag, out var entry) ? entry.DefaultVR : element.VR;
}
