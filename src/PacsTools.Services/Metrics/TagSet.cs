namespace PacsTools.Services.Metrics;

/// <summary>
/// The tags of measurements, as an instrument was given them, with the series they are added to. Tag sets of one hash are chained. Immutable, so that finding
/// one takes no lock.
/// </summary>
internal sealed class TagSet(KeyValuePair<string, object?>[] tags, MetricSeries series, TagSet? next)
{
    public MetricSeries Series => series;

    /// <summary>The hash of tags in their order.</summary>
    public static int Hash(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var hash = default(HashCode);
        foreach (var (key, value) in tags)
        {
            hash.Add(key);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <summary>The one of these tags in this chain; null if there is none.</summary>
    public TagSet? Find(ReadOnlySpan<KeyValuePair<string, object?>> wanted)
    {
        for (var at = this; at is not null; at = at.Next)
        {
            if (at.Is(wanted))
                return at;
        }

        return null;
    }

    private TagSet? Next => next;

    private bool Is(ReadOnlySpan<KeyValuePair<string, object?>> wanted)
    {
        if (wanted.Length != tags.Length)
            return false;
        for (var i = 0; i < tags.Length; i++)
        {
            if (tags[i].Key != wanted[i].Key || !Equals(tags[i].Value, wanted[i].Value))
                return false;
        }

        return true;
    }
}
