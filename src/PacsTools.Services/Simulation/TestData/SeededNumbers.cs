using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace PacsTools.Services.Simulation.TestData;

/// <summary>Numbers and UIDs that are the same wherever and whenever they are made from the same seed.</summary>
internal sealed class SeededNumbers(string seed)
{
    private ulong _state = BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(seed)));

    /// <summary>0 to one less than a limit.</summary>
    public int Next(int limit)
    {
        // SplitMix64 (Steele, Lea, Flood 2014).
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (int)((z ^ (z >> 31)) % (ulong)limit);
    }

    public T Pick<T>(IReadOnlyList<T> some) => some[Next(some.Count)];

    /// <summary>A UID under 2.25 (PS3.5 B.2) made of words; the UUID's version and variant say that it was made by a rule of its own (RFC 9562, version 8).</summary>
    public static string Uid(params object[] words)
    {
        var text = string.Join('|', words.Select(word => Convert.ToString(word, CultureInfo.InvariantCulture)));
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return "2.25." + new BigInteger(bytes, isUnsigned: true, isBigEndian: true).ToString(CultureInfo.InvariantCulture);
    }
}
