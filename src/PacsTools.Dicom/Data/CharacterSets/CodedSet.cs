namespace PacsTools.Dicom.Data;

/// <summary>A graphic character set that ISO/IEC 2022 can put into G0 (bytes 21 to 7E) or G1 (A0 to FF): 94 or 96 characters of
/// one byte, or 94 x 94 of two.</summary>
internal sealed class CodedSet
{
    private const int Cells = 94;
    private readonly Lazy<char[]> _characters;
    private readonly Lazy<Dictionary<char, ushort>> _codes;

    /// <param name="escape">What follows ESC to designate the set (PS3.3 Tables C.12-3 and C.12-4).</param>
    /// <param name="isG1">Whether it goes to G1.</param>
    /// <param name="isDouble">Whether characters have two bytes.</param>
    /// <param name="characters">For one byte: the characters of 00 to 7F (seven bits). For two: of row 21, cell 21, and on.</param>
    /// <param name="writable">Which rows of a two-byte set may be written: code pages hold vendors' characters in the others,
    /// which are read but never written.</param>
    /// <param name="alternatives">Other characters to be encoded like one of the set.</param>
    internal CodedSet(string escape, bool isG1, bool isDouble, Func<char[]> characters, Func<int, bool>? writable = null,
        params (char From, char To)[] alternatives)
    {
        Escape = [0x1B, .. escape.Select(c => (byte)c)];
        IsG1 = isG1;
        IsDouble = isDouble;
        _characters = new(characters);
        _codes = new(() => Invert(_characters.Value, writable, alternatives));
    }

    /// <summary>The whole escape sequence, with ESC.</summary>
    internal byte[] Escape { get; }

    internal bool IsG1 { get; }

    internal bool IsDouble { get; }

    /// <summary>The character of one byte, seven bits; U+FFFD where there is none.</summary>
    internal char Decode(int code) => _characters.Value[code & 0x7F];

    /// <summary>The character of two bytes, seven bits each, 21 to 7E; U+FFFD where there is none.</summary>
    internal char Decode(int first, int second) => _characters.Value[(((first & 0x7F) - 0x21) * Cells) + (second & 0x7F) - 0x21];

    /// <summary>The bytes of a character as they stand in G0 or G1, the second in the low half for two-byte sets.</summary>
    internal bool TryEncode(char c, out int code)
    {
        bool found = _codes.Value.TryGetValue(c, out ushort index);
        code = !IsDouble ? index : (((index / Cells) + 0x21) << 8) | ((index % Cells) + 0x21);
        if (IsG1)
            code |= IsDouble ? 0x8080 : 0x80;
        return found;
    }

    private static Dictionary<char, ushort> Invert(char[] characters, Func<int, bool>? writable, (char From, char To)[] alternatives)
    {
        var codes = new Dictionary<char, ushort>(characters.Length);
        // Control characters belong to no graphic set, so a single-byte table counts from 20.
        for (int i = characters.Length == 128 ? 0x20 : 0; i < characters.Length; i++)
        {
            if (characters[i] != CodePages.Undefined && (writable is null || writable((i / Cells) + 0x21)))
                codes.TryAdd(characters[i], (ushort)i);
        }
        foreach ((char from, char to) in alternatives)
        {
            if (codes.TryGetValue(to, out ushort code))
                codes.TryAdd(from, code);
        }
        return codes;
    }
}
