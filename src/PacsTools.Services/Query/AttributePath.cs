using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>Names an attribute of a data set, inside sequences too: <c>StudyDate</c>, <c>0008,0020</c>, <c>ScheduledProcedureStepSequence.Modality</c>.</summary>
internal sealed class AttributePath : IEquatable<AttributePath>
{
    private static readonly DicomTag CharacterSet = new(0x0008, 0x0005);
    private static readonly DicomTag QueryRetrieveLevel = new(0x0008, 0x0052);

    private AttributePath(DicomTag[] tags)
    {
        Tags = tags;
        Name = string.Join('.', tags.Select(KeywordOf));
        VR = VROf(Leaf);
    }

    /// <summary>The sequences to go through, and last the attribute.</summary>
    public IReadOnlyList<DicomTag> Tags { get; }

    public DicomTag Leaf => Tags[^1];

    /// <summary>By keyword where the dictionary knows one, else by tag.</summary>
    public string Name { get; }

    /// <summary>The dictionary's value representation; LO for private attributes, so that text can be asked for.</summary>
    public DicomVR VR { get; }

    public static AttributePath Of(DicomTag tag) => new([tag]);

    public static AttributePath Of(params DicomTag[] tags) => new(tags);

    /// <exception cref="QueryKeyException">A part of it names no attribute, or one that a query sets by itself.</exception>
    public static AttributePath Parse(string text)
    {
        var shown = QueryKeyException.Printable(text);
        var parts = text.Split('.');
        var tags = new DicomTag[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!DicomTag.TryParse(parts[i], out tags[i]))
            {
                throw new QueryKeyException("Query.UnknownKey", shown, $"'{QueryKeyException.Printable(parts[i])}' is neither a keyword of PS3.6 nor a tag such as 0010,0020.");
            }

            if (i < parts.Length - 1 && VROf(tags[i]) != DicomVR.SQ)
            {
                throw new QueryKeyException("Query.UnknownKey", shown, $"{KeywordOf(tags[i])} is no sequence, so nothing can be named inside it.");
            }
        }

        foreach (var tag in tags)
        {
            if (tag.Group < 0x0008 || tag.IsGroupLength || tag.IsPrivateCreator || tag == CharacterSet || tag == QueryRetrieveLevel)
            {
                throw new QueryKeyException("Query.ReservedKey", shown, $"{KeywordOf(tag)} cannot be a key: it belongs to the encoding of the query itself.");
            }
        }

        return new AttributePath(tags);
    }

    /// <summary>Every element the path leads to, one an item of its sequences.</summary>
    public IEnumerable<DicomElement> Find(DicomDataset dataset) => FindFrom(dataset, 0).Select(found => found.Dataset[Leaf]!);

    /// <summary>Every text value the path leads to.</summary>
    public IEnumerable<string> FindValues(DicomDataset dataset) => FindFrom(dataset, 0).SelectMany(found => found.Dataset.GetStrings(Leaf));

    /// <summary>Sets the element in a data set, making the sequences on the way with one item each (PS3.4 C.2.2.2.6).</summary>
    public void Put(DicomDataset dataset, Action<DicomDataset, DicomTag> set)
    {
        var target = dataset;
        foreach (var sequence in Tags.SkipLast(1))
        {
            var items = target.GetItems(sequence);
            if (items.Count == 0)
            {
                target.SetItems(sequence, new DicomDataset());
                items = target.GetItems(sequence);
            }

            target = items[0];
        }

        set(target, Leaf);
    }

    public bool Equals(AttributePath? other) => other is not null && Tags.SequenceEqual(other.Tags);

    public override bool Equals(object? obj) => Equals(obj as AttributePath);

    public override int GetHashCode() => Tags.Aggregate(17, (hash, tag) => HashCode.Combine(hash, tag.Value));

    public override string ToString() => Name;

    internal static string KeywordOf(DicomTag tag) =>
        DicomDictionary.Default.TryGet(tag, out var entry) && entry.Keyword.Length > 0 ? entry.Keyword : tag.ToString();

    private static DicomVR VROf(DicomTag tag) =>
        DicomDictionary.Default.TryGet(tag, out var entry) && entry.VRs.Count > 0 ? entry.VRs[0] : DicomVR.LO;

    private IEnumerable<(DicomDataset Dataset, int Depth)> FindFrom(DicomDataset dataset, int depth) =>
        depth == Tags.Count - 1
            ? dataset.Contains(Leaf) ? [(dataset, depth)] : []
            : dataset.GetItems(Tags[depth]).SelectMany(item => FindFrom(item, depth + 1));
}
