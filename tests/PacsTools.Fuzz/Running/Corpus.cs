using PacsTools.Fuzz.Mutation;
using PacsTools.Fuzz.Targets;

namespace PacsTools.Fuzz.Running;

/// <summary>The inputs that showed something new, from which others are made.</summary>
internal sealed class Corpus(FuzzTarget target)
{
    private const int MaxEntries = 20_000;
    private readonly List<byte[]> _entries = [];

    internal int Count => _entries.Count;

    internal void Keep(byte[] input)
    {
        if (_entries.Count < MaxEntries) _entries.Add(input);
    }

    /// <summary>The input of an iteration: a new one, or one that was kept, changed as what it is, as bytes, or both.</summary>
    internal byte[] Next(FuzzRandom random)
    {
        byte[] input;
        if (_entries.Count == 0 || random.OneIn(6))
        {
            input = target.Generate(random);
            if (random.OneIn(2)) return Bounded(input);
        }
        else
        {
            // The newest are the least explored.
            input = random.OneIn(3) ? _entries[_entries.Count - 1 - random.Next(Math.Min(50, _entries.Count))] : random.Pick(_entries);
        }

        bool mended = random.OneIn(2);
        if (mended && target.MutateStructure(input, random) is { } changed)
        {
            input = changed;
            if (!random.OneIn(3)) return Bounded(input);
        }

        return ByteMutator.Mutate(input, random, target.Tokens, _entries, target.MaxInput);
    }

    private byte[] Bounded(byte[] input) => input.Length <= target.MaxInput ? input : input[..target.MaxInput];
}
