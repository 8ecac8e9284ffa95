using System.Numerics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace PacsTools.Fuzz.Coverage;

/// <summary>What the counters of the instrumented assemblies have shown so far in one run.</summary>
internal sealed class CoverageMap
{
    private readonly byte[][] _counters;
    private readonly byte[][] _seen;
    private readonly string[][] _blocks;

    private CoverageMap(byte[][] counters, string[][] blocks)
    {
        _counters = counters;
        _blocks = blocks;
        _seen = Array.ConvertAll(counters, map => new byte[map.Length]);
    }

    /// <summary>False where the code under test is not instrumented, as in a replay.</summary>
    internal bool IsMeasured => _counters.Length > 0;

    /// <summary>Basic blocks entered at least once.</summary>
    internal int Blocks => _seen.Sum(map => map.Length - map.AsSpan().Count((byte)0));

    /// <summary>Blocks times the classes of how often an input entered them (1, 2, 3, 4-7, 8-15, 16-31, 32-127, more).</summary>
    internal int Features => _seen.Sum(map => map.Sum(classes => BitOperations.PopCount(classes)));

    /// <summary>The counters of the assemblies loaded beside this type.</summary>
    internal static CoverageMap Find(string[][] blocks)
    {
        byte[]?[] counters = [.. new[] { typeof(Dicom.Data.DicomDataset), typeof(Services.Nodes.PacsNode) }
            .Select(type => (byte[]?)type.Assembly.GetType(Instrumenter.CounterType)?.GetField(Instrumenter.CounterField, BindingFlags.Static | BindingFlags.Public)!.GetValue(null))];
        return counters.Contains(null) ? new CoverageMap([], []) : new CoverageMap(counters!, blocks);
    }

    /// <summary>Forgets what was counted since the last call.</summary>
    internal void Clear()
    {
        foreach (byte[] map in _counters) Array.Clear(map);
    }

    /// <summary>Takes over what one input has shown, and clears the counters.</summary>
    /// <returns>True if any of it is new.</returns>
    internal bool Absorb()
    {
        bool isNew = false;
        for (int i = 0; i < _counters.Length; i++) isNew |= Absorb(_counters[i], _seen[i]);
        return isNew;
    }

    /// <summary>Blocks entered, and blocks there are, in the methods whose type's full name begins with one of these.</summary>
    internal (int Entered, int All) In(IReadOnlyList<string> rooms)
    {
        (int entered, int all) = (0, 0);
        Visit((method, isEntered) =>
        {
            if (!IsIn(method, rooms)) return;
            all++;
            if (isEntered) entered++;
        });
        return (entered, all);
    }

    /// <summary>The methods in these rooms that have blocks not entered: the name, entered and all.</summary>
    internal IEnumerable<(string Method, int Entered, int All)> Gaps(IReadOnlyList<string> rooms)
    {
        var methods = new SortedDictionary<string, (int Entered, int All)>(StringComparer.Ordinal);
        Visit((method, isEntered) =>
        {
            if (!IsIn(method, rooms)) return;
            (int entered, int all) = methods.GetValueOrDefault(method);
            methods[method] = (entered + (isEntered ? 1 : 0), all + 1);
        });
        return methods.Where(method => method.Value.Entered < method.Value.All).Select(method => (method.Key, method.Value.Entered, method.Value.All));
    }

    // Cecil writes a method as "return-type namespace.type::name(parameters)".
    private static bool IsIn(string method, IReadOnlyList<string> rooms)
    {
        ReadOnlySpan<char> type = method.AsSpan(0, method.IndexOf("::", StringComparison.Ordinal));
        type = type[(type.LastIndexOf(' ') + 1)..];
        foreach (string room in rooms)
        {
            if (type.StartsWith(room, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool Absorb(byte[] counters, byte[] seen)
    {
        bool isNew = false;
        Span<ulong> eights = MemoryMarshal.Cast<byte, ulong>(counters);
        for (int i = 0; i < eights.Length; i++)
        {
            if (eights[i] == 0) continue;
            for (int at = 8 * i; at < (8 * i) + 8; at++) isNew |= Absorb(counters[at], ref seen[at]);
            eights[i] = 0;
        }

        for (int at = 8 * eights.Length; at < counters.Length; at++)
        {
            isNew |= Absorb(counters[at], ref seen[at]);
            counters[at] = 0;
        }

        return isNew;
    }

    private static bool Absorb(byte count, ref byte seen)
    {
        if (count == 0) return false;
        int bit = count switch { 1 => 1, 2 => 2, 3 => 4, < 8 => 8, < 16 => 16, < 32 => 32, < 128 => 64, _ => 128 };
        if ((seen & bit) != 0) return false;
        seen |= (byte)bit;
        return true;
    }

    private void Visit(Action<string, bool> visit)
    {
        for (int i = 0; i < _blocks.Length; i++)
        {
            for (int at = 0; at < _blocks[i].Length; at++) visit(_blocks[i][at], _seen[i][at] != 0);
        }
    }
}
