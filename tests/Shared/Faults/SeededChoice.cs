namespace PacsTools.TestKit.Faults;

/// <summary>Choices that are the same for a seed on every platform and every version of the runtime (SplitMix64). Not for several threads.</summary>
public sealed class SeededChoice
{
    private ulong _state;

    /// <param name="seed">The seed of a whole run.</param>
    /// <param name="number">Which of its many: neighbours have nothing in common.</param>
    public SeededChoice(ulong seed, ulong number = 0)
    {
        _state = seed;
        _state = Next() ^ (number * 0xD1342543DE82EF95);
    }

    public ulong Next()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 up to and without <paramref name="limit"/>.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    /// <summary>Both ends included.</summary>
    public int Between(int least, int most) => least + Below(most - least + 1);

    public bool Percent(int chance) => Below(100) < chance;

    public T Of<T>(params IReadOnlyList<T> values) => values[Below(values.Count)];

    /// <summary>One of the values, each as often as its weight says.</summary>
    public T Weighted<T>(params IReadOnlyList<(int Weight, T Value)> values)
    {
        int at = Below(values.Sum(v => v.Weight));
        foreach ((int weight, T value) in values)
        {
            if ((at -= weight) < 0)
                return value;
        }
        throw new InvalidOperationException("Weights are positive.");
    }

    /// <summary>From 0 up to and without <paramref name="limit"/>, every order of magnitude as often as the next.</summary>
    public long Magnitude(long limit)
    {
        double bits = Math.Log2(limit) * (Next() >> 11) / (1UL << 53);
        return Math.Min((long)Math.Pow(2, bits) - 1 + Below(2), limit - 1);
    }
}
