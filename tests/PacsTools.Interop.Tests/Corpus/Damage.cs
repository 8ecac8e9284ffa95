using System.Globalization;
using PacsTools.Dicom.Data;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>Breaks files, the same way for the same random numbers.</summary>
internal static class Damage
{
    private const int PreambleLength = 128;

    // Most of what can be broken stands in headers of elements, and those stand before the pixels.
    private const int HeaderLength = 2048;

    private static readonly byte[][] s_lengths =
    [
        [0, 0], [1, 0], [0xFF, 0xFF], [0xFE, 0xFF], [0, 0, 0, 0], [0xFF, 0xFF, 0xFF, 0xFF], [0xFE, 0xFF, 0xFF, 0x7F], [0, 1, 0, 0], [8, 0, 0, 0], [0, 0, 0, 1],
    ];

    private static readonly string[] s_vrs = ["UN", "OB", "OW", "SQ", "UT", "LT", "PN", "IS", "DS", "FD", "SV", "UV", "OV", "AT", "??", "--", "  ", "ZZ", "xx", "OX"];

    public static (byte[] Bytes, string How) Apply(byte[] bytes, Random random)
    {
        var at = Place(bytes, random);
        return random.Next(12) switch
        {
            0 => (bytes[..random.Next(1, bytes.Length)], "cut"),
            1 => (bytes[..at], At("cut", at)),
            2 => (Overwrite(bytes, at, s_lengths[random.Next(s_lengths.Length)]), At("length", at)),
            3 or 4 => OtherLength(bytes, random),
            5 or 6 => OtherVR(bytes, random),
            7 => (Overwrite(bytes, at, [(byte)random.Next(256)]), At("byte", at)),
            8 => (Overwrite(bytes, at, [(byte)(bytes[at] ^ (1 << random.Next(8)))]), At("bit", at)),
            9 => ([.. bytes[..at], .. bytes[Math.Min(bytes.Length, at + random.Next(1, 16))..]], At("gap", at)),
            10 => Repeated(bytes, random),
            _ => ([.. bytes, .. new byte[random.Next(1, 40)]], "zeros appended"),
        };
    }

    private static (byte[] Bytes, string How) OtherLength(byte[] bytes, Random random)
    {
        var vr = FindVR(bytes, Place(bytes, random));
        if (vr < 0) return (Overwrite(bytes, Place(bytes, random), [(byte)random.Next(256)]), "byte");
        var change = random.Next(4) switch { 0 => 1, 1 => -1, 2 => 2, _ => random.Next(-64, 64) };
        var at = IsLong(bytes, vr) ? vr + 4 : vr + 2;
        return at < bytes.Length ? (Overwrite(bytes, at, [(byte)(bytes[at] + change)]), At(string.Create(CultureInfo.InvariantCulture, $"length {change:+0;-0}"), at)) : (bytes, "whole");
    }

    private static (byte[] Bytes, string How) OtherVR(byte[] bytes, Random random)
    {
        var vr = FindVR(bytes, Place(bytes, random));
        if (vr < 0) return (Overwrite(bytes, Place(bytes, random), [0xFF, 0xFF, 0xFF, 0xFF]), "undefined length");
        var code = s_vrs[random.Next(s_vrs.Length)];
        return (Overwrite(bytes, vr, [(byte)code[0], (byte)code[1]]), At($"VR {code}", vr));
    }

    private static (byte[] Bytes, string How) Repeated(byte[] bytes, Random random)
    {
        int first = FindVR(bytes, Place(bytes, random)) - 4, next = FindVR(bytes, first + 6) - 4;
        return first > 0 && next > first ? ([.. bytes[..next], .. bytes[first..next], .. bytes[next..]], At("element twice", first)) : ([.. bytes, .. bytes[^Math.Min(8, bytes.Length)..]], "end twice");
    }

    private static int Place(byte[] bytes, Random random)
    {
        var start = bytes.Length > PreambleLength && bytes[0] == 0 ? PreambleLength : 0;
        var end = random.Next(5) == 0 ? bytes.Length : Math.Min(bytes.Length, start + HeaderLength);
        return random.Next(Math.Min(start, end - 1), end);
    }

    private static int FindVR(byte[] bytes, int from)
    {
        for (var i = Math.Max(4, from); i + 1 < bytes.Length; i++)
        {
            if (((DicomVR)((bytes[i] << 8) | bytes[i + 1])).IsKnown()) return i;
        }

        return -1;
    }

    private static bool IsLong(byte[] bytes, int vr) => ((DicomVR)((bytes[vr] << 8) | bytes[vr + 1])).HasLongLength();

    private static byte[] Overwrite(byte[] bytes, int at, byte[] with)
    {
        var copy = (byte[])bytes.Clone();
        with.AsSpan(0, Math.Min(with.Length, copy.Length - at)).CopyTo(copy.AsSpan(at));
        return copy;
    }

    private static string At(string how, int offset) => string.Create(CultureInfo.InvariantCulture, $"{how} at {offset}");
}
