using System.Buffers.Binary;

namespace PacsTools.Fuzz.Mutation;

/// <summary>Changes bytes without knowing what they mean.</summary>
internal static class ByteMutator
{
    private static readonly ulong[] s_interesting =
        [0, 1, 2, 3, 4, 7, 8, 12, 16, 63, 64, 65, 127, 128, 129, 255, 256, 1000, 1024, 4096, 32767, 32768, 65534, 65535, 65536, 0x7FFFFFFE, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF];

    /// <summary>Makes one to eight changes.</summary>
    internal static byte[] Mutate(byte[] input, FuzzRandom random, IReadOnlyList<byte[]> tokens, IReadOnlyList<byte[]> others, int most)
    {
        var bytes = new List<byte>(input);
        for (int left = 1 + random.Next(random.OneIn(4) ? 8 : 3); left > 0; left--)
        {
            if (bytes.Count == 0) bytes.AddRange(random.Bytes(1 + random.Next(8)));
            Change(bytes, random, tokens, others);
        }

        if (bytes.Count > most) bytes.RemoveRange(most, bytes.Count - most);
        return [.. bytes];
    }

    private static void Change(List<byte> bytes, FuzzRandom random, IReadOnlyList<byte[]> tokens, IReadOnlyList<byte[]> others)
    {
        int at = random.Next(bytes.Count);
        int length = 1 + random.Length(Math.Min(256, bytes.Count - at));
        length = Math.Min(length, bytes.Count - at);
        switch (random.Next(12))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = random.Byte();
                break;
            case 2:
                bytes[at] += (byte)random.Next(-8, 9);
                break;
            case 3:
            case 4:
                Overwrite(bytes, at, Number(random));
                break;
            case 5:
                bytes.RemoveRange(at, length);
                break;
            case 6:
                bytes.InsertRange(at, random.Bytes(length));
                break;
            case 7:
                bytes.InsertRange(random.Next(bytes.Count + 1), bytes.GetRange(at, length));
                break;
            case 8 when tokens.Count > 0:
                if (random.OneIn(2)) Overwrite(bytes, at, random.Pick(tokens));
                else bytes.InsertRange(at, random.Pick(tokens));
                break;
            case 9 when others.Count > 0:
                Splice(bytes, at, random.Pick(others), random);
                break;
            case 10:
                if (random.OneIn(4)) bytes.RemoveRange(at, bytes.Count - at);
                else bytes[at] = random.OneIn(2) ? (byte)0 : (byte)0xFF;
                break;
            default:
                Repeat(bytes, at, length, random);
                break;
        }
    }

    private static byte[] Number(FuzzRandom random)
    {
        ulong value = random.OneIn(4) ? (ulong)random.Next(2000) : random.Pick(s_interesting);
        byte[] bytes = new byte[8];
        int size = 1 << random.Next(4);
        if (random.OneIn(2)) BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        else BinaryPrimitives.WriteUInt64BigEndian(bytes, value << (64 - (8 * size)));
        return bytes[..size];
    }

    private static void Overwrite(List<byte> bytes, int at, byte[] with)
    {
        for (int i = 0; i < with.Length && at + i < bytes.Count; i++) bytes[at + i] = with[i];
    }

    private static void Splice(List<byte> bytes, int at, byte[] other, FuzzRandom random)
    {
        if (other.Length == 0) return;
        int from = random.Next(other.Length);
        int count = Math.Min(other.Length - from, 1 + random.Length(400));
        if (random.OneIn(2)) bytes.RemoveRange(at, Math.Min(count, bytes.Count - at));
        bytes.InsertRange(at, other.AsSpan(from, count).ToArray());
    }

    // What takes more than linear time or memory shows only where there is much of it.
    private static void Repeat(List<byte> bytes, int at, int length, FuzzRandom random)
    {
        byte[] piece = [.. bytes.GetRange(at, length)];
        int times = random.OneIn(8) ? random.Next(2000) : random.Next(8);
        times = Math.Min(times, (32 << 10) / piece.Length);
        byte[] all = new byte[times * piece.Length];
        for (int i = 0; i < times; i++) piece.CopyTo(all, i * piece.Length);
        bytes.InsertRange(at, all);
    }
}
