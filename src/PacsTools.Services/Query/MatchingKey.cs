using PacsTools.Dicom.Data;

namespace PacsTools.Services.Query;

/// <summary>A key of a query: what is sent, and how a response is held against it.</summary>
/// <param name="Path">The attribute.</param>
/// <param name="Values">As they go on the wire; none is universal matching (PS3.4 C.2.2.2.3).</param>
/// <param name="Matches">Whether one returned value satisfies the key; null if that cannot be told. Not asked for universal keys.</param>
internal sealed record MatchingKey(AttributePath Path, IReadOnlyList<string> Values, Func<string, bool?> Matches)
{
    /// <summary>True if wildcards in it mean themselves: the archive answers more than is meant, and the rest is left out here.</summary>
    public bool IsLiteral { get; init; }

    /// <summary>True if the key restricts nothing; a lone asterisk does not either (PS3.4 C.2.2.2.4).</summary>
    public bool IsUniversal => Values.Count == 0 || (!IsLiteral && Values.Count == 1 && Values[0].Trim('*').Length == 0);

    public static MatchingKey Universal(AttributePath path) => new(path, [], _ => true);

    /// <summary>A key a value.</summary>
    public IEnumerable<MatchingKey> Apart() => Values.Count < 2 ? [this] : Values.Select(value => this with { Values = [value], Matches = returned => returned == value });

    public void PutInto(DicomDataset identifier) => Path.Put(identifier, (dataset, tag) =>
    {
        if (Values.Count == 0)
        {
            dataset.SetEmpty(tag, Path.VR);
        }
        else
        {
            dataset.SetString(tag, Path.VR, [.. Values]);
        }
    });

    /// <summary>Holds a response against the key.</summary>
    public KeyVerdict Judge(DicomDataset response)
    {
        if (IsUniversal)
        {
            return KeyVerdict.Satisfied;
        }

        var isThere = false;
        var hasValue = false;
        var canTell = true;
        foreach (var element in Path.Find(response))
        {
            isThere = true;
            hasValue |= !element.IsEmpty;
        }

        if (!isThere || !hasValue)
        {
            return isThere ? KeyVerdict.Empty : KeyVerdict.Absent;
        }

        foreach (var value in Path.FindValues(response))
        {
            switch (Matches(value))
            {
                case true:
                    return KeyVerdict.Satisfied;
                case null:
                    canTell = false;
                    break;
            }
        }

        return canTell ? KeyVerdict.Contradicted : KeyVerdict.Satisfied;
    }
}
