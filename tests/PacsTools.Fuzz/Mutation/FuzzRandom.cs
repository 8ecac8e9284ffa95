namespace PacsTools.Fuzz.Mutation;

/// <summary>Numbers from a seed (SplitMix64), the same on every machine and in every version of .NET.</summary>
internal sealed class FuzzRandom(ulong seed)
{
    private ulong _state = seed;

    /// <summary>The numbers of one iteration of a run.</summary>
    internal static FuzzRandom For(ulong seed, string target, long iteration)
    {
        ulong hash = 14695981039346656037;
        foreach (char c in target) hash = (hash ^ c) * 1099511628211;
        return new FuzzRandom(new FuzzRandom(seed ^ hash).Next64() + (ulong)iteration);
    }

    internal ulong Next64()
    {
        ulong z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below a number.</summary>
    internal int Next(int below) => below <= 1 ? 0 : (int)(Next64() % (ulong)below);

    internal int Next(int from, int below) => from + Next(below - from);

    /// <summary>True once in so many times.</summary>
    internal bool OneIn(int times) => Next(times) == 0;

    internal byte Byte() => (byte)Next64();

    internal T Pick<T>(IReadOnlyList<T> from) => from[Next(from.Count)];

    internal byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) bytes[i] = Byte();
        return bytes;
    }

    /// <summary>A length: mostly short, now and then long.</summary>
    internal int Length(int most) => Next(Next(8) switch { 0 => most + 1, 1 => Math.Min(most, 200) + 1, _ => Math.Min(most, 20) + 1 });
}
