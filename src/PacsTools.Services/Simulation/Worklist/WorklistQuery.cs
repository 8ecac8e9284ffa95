using PacsTools.Dicom.Data;

namespace PacsTools.Services.Simulation;

/// <summary>A modality worklist query (PS3.4 K.4): every key of an item, those in sequences included, is matched and returned.</summary>
internal sealed class WorklistQuery
{
    private readonly IReadOnlyList<AttributeKey> _keys;
    private readonly KeySet _test;

    /// <exception cref="IdentifierException">A key makes no sense.</exception>
    public WorklistQuery(DicomDataset identifier, MatchingRules rules)
    {
        var keys = KeySet.Read(identifier, rules);
        _keys = [.. keys.Where(key => IsKnown(key.Tag))];
        HasUnsupportedKeys = _keys.Count < keys.Count;
        _test = new KeySet(_keys, rules);
    }

    /// <summary>True if a key is no attribute of the standard.</summary>
    public bool HasUnsupportedKeys { get; }

    public IEnumerable<DicomDataset> Run(IEnumerable<DicomDataset> worklist) => worklist.Where(_test.Matches).Select(Response);

    private DicomDataset Response(DicomDataset item)
    {
        var response = FindResponse.WithCharacterSet([item]);
        foreach (var key in _keys)
            FindResponse.Copy(key, item, response);
        return response;
    }

    private static bool IsKnown(DicomTag tag) => DicomDictionary.Default.TryGet(tag, out _);
}
