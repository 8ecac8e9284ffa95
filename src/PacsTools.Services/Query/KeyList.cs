namespace PacsTools.Services.Query;

/// <summary>The keys of a query as they are given, each once; some with several values of which one at a time may be asked.</summary>
internal sealed class KeyList(KeyRules rules)
{
    private readonly List<MatchingKey> _keys = [];
    private readonly List<MatchingKey[]> _alternatives = [];

    /// <exception cref="QueryKeyException">The value cannot be sent, or the key is there already.</exception>
    public void Add(AttributePath path, object? value)
    {
        RefuseTwice(path);
        _keys.Add(rules.Create(path, value));
    }

    /// <summary>One key a value, since a list is legal only for UIDs of the level itself.</summary>
    /// <exception cref="QueryKeyException">A value cannot be sent, or the key is there already.</exception>
    public void AddAlternatives(AttributePath path, IReadOnlyList<string> values)
    {
        RefuseTwice(path);
        var keys = values.Select(value => rules.Create(path, value)).ToArray();
        var universal = Array.Find(keys, key => key.IsUniversal);
        _alternatives.Add(universal is null
            ? [.. keys.SelectMany(key => key.Apart()).DistinctBy(key => key.Values[0], StringComparer.Ordinal)]
            : [universal]);
    }

    /// <summary>Every way to take one of each alternative, together with all other keys.</summary>
    public List<IReadOnlyList<MatchingKey>> Combine()
    {
        List<IReadOnlyList<MatchingKey>> ways = [_keys];
        foreach (var alternatives in _alternatives)
        {
            ways = [.. ways.SelectMany(_ => alternatives, IReadOnlyList<MatchingKey> (way, key) => [.. way, key])];
        }

        return ways;
    }

    private void RefuseTwice(AttributePath path)
    {
        if (_keys.Exists(key => key.Path.Equals(path)) || _alternatives.Exists(keys => keys[0].Path.Equals(path)))
        {
            throw new QueryKeyException("Query.GivenTwice", path.Name, "it is given both as a parameter and as a filter, or twice as a filter.");
        }
    }
}
