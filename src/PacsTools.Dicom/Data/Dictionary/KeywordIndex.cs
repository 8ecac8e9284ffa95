using System.Text;

namespace PacsTools.Dicom.Data;

using Encoding = System.Text.Encoding;

/// <summary>Finds lines of a <see cref="FactTable"/> by a field of ASCII text, ignoring case: a hash table of line numbers.</summary>
internal sealed class KeywordIndex
{
    private readonly FactTable _table;
    private readonly int _field;
    private readonly int[] _slots;

    internal KeywordIndex(FactTable table, int field)
    {
        _table = table;
        _field = field;
        _slots = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)table.Count * 2)];
        for (int line = 0; line < table.Count; line++)
        {
            int slot = Hash(table.Field(line, field)) & (_slots.Length - 1);
            while (_slots[slot] != 0)
                slot = (slot + 1) & (_slots.Length - 1);
            _slots[slot] = line + 1;
        }
    }

    /// <summary>The line whose field is the text, or -1.</summary>
    internal int Find(string text)
    {
        const int longest = 256;
        if (text.Length is 0 or > longest || !Ascii.IsValid(text))
            return -1;
        Span<byte> bytes = stackalloc byte[longest];
        bytes = bytes[..Encoding.ASCII.GetBytes(text, bytes)];
        for (int slot = Hash(bytes) & (_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            int line = _slots[slot] - 1;
            if (Ascii.EqualsIgnoreCase(_table.Field(line, _field), bytes))
                return line;
        }
        return -1;
    }

    private static int Hash(ReadOnlySpan<byte> text)
    {
        uint hash = 2166136261; // FNV-1a; 0x20 makes letters lower case and keeps digits apart
        foreach (byte b in text)
            hash = (hash ^ (uint)(b | 0x20)) * 16777619;
        return (int)(hash ^ (hash >> 15)) & int.MaxValue;
    }
}
