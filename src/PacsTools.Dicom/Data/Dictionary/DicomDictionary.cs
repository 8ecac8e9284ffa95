using System.Diagnostics.CodeAnalysis;

namespace PacsTools.Dicom.Data;

/// <summary>The data dictionary of PS3.6, with the command elements of PS3.7 E: every attribute by tag and by keyword.
/// Loaded at first use, entries made as they are asked for; safe to share between threads.</summary>
public sealed class DicomDictionary
{
    private static readonly Lazy<DicomDictionary> s_default = new(() => new DicomDictionary(FactTable.Load("PacsTools.Dicom.dictionary.tsv")));
    private readonly FactTable _table;
    private readonly Lazy<KeywordIndex> _keywords;
    private readonly DictionaryEntry?[] _entries;
    private readonly uint[] _tags;
    private readonly int[] _lines;
    private readonly List<(uint Mask, uint Value, int Line)> _patterns = [];

    private DicomDictionary(FactTable table)
    {
        _table = table;
        _keywords = new(() => new KeywordIndex(table, Column.Keyword));
        _entries = new DictionaryEntry?[table.Count];

        // The file is in the order of tags, patterns counted with x as 0, so what is not a pattern is sorted for a binary search.
        var tags = new uint[table.Count];
        var lines = new int[table.Count];
        int count = 0;
        for (int line = 0; line < table.Count; line++)
        {
            (uint value, uint mask) = ParsePattern(table.Field(line, Column.Tag));
            if (mask == uint.MaxValue)
                (tags[count], lines[count++]) = (value, line);
            else
                _patterns.Add((mask, value, line));
        }
        _tags = tags[..count];
        _lines = lines[..count];
    }

    /// <summary>The dictionary that comes with this assembly.</summary>
    public static DicomDictionary Default => s_default.Value;

    /// <summary>The edition of the standard the entries are those of, such as <c>2026b</c>.</summary>
    public string Edition => _table.Edition;

    /// <summary>Every entry, in the order of tags; repeating groups once.</summary>
    public IEnumerable<DictionaryEntry> Entries => Enumerable.Range(0, _table.Count).Select(Entry);

    /// <summary>Finds the entry of a tag. Repeating groups such as (60xx,3000) are found by every tag they stand for.</summary>
    /// <param name="tag">The tag.</param>
    /// <param name="entry">The entry, its <see cref="DictionaryEntry.Tag"/> the tag asked for.</param>
    /// <returns>False for private tags and those the standard does not define.</returns>
    public bool TryGet(DicomTag tag, [NotNullWhen(true)] out DictionaryEntry? entry)
    {
        entry = null;
        if (tag.IsPrivate)
            return false;
        int at = Array.BinarySearch(_tags, tag.Value);
        if (at >= 0)
        {
            entry = Entry(_lines[at]);
            return true;
        }
        foreach ((uint mask, uint value, int line) in _patterns)
        {
            if ((tag.Value & mask) == value)
            {
                entry = Entry(line);
                if (entry.Tag != tag)
                    entry = entry with { Tag = tag };
                return true;
            }
        }
        return false;
    }

    /// <summary>Finds the entry of a keyword such as <c>PatientName</c>, in any letter case.</summary>
    /// <param name="keyword">The keyword.</param>
    /// <param name="entry">The entry; of a repeating group with its first tag.</param>
    /// <returns>False if no attribute has this keyword.</returns>
    public bool TryGet(string keyword, [NotNullWhen(true)] out DictionaryEntry? entry)
    {
        ArgumentNullException.ThrowIfNull(keyword);
        int line = _keywords.Value.Find(keyword);
        entry = line < 0 ? null : Entry(line);
        return entry is not null;
    }

    private DictionaryEntry Entry(int line)
    {
        if (_entries[line] is { } known)
            return known;
        string tag = _table.Text(line, Column.Tag);
        var entry = new DictionaryEntry(
            new DicomTag(ParsePattern(_table.Field(line, Column.Tag)).Value),
            $"({tag[..4]},{tag[4..]})",
            _table.Text(line, Column.Keyword),
            _table.Text(line, Column.Name),
            ParseVRs(_table.Field(line, Column.VR)),
            _table.Text(line, Column.VM),
            !_table.Field(line, Column.Retired).IsEmpty);

        // Two threads may both make it; which one is kept does not matter.
        return Interlocked.CompareExchange(ref _entries[line], entry, null) ?? entry;
    }

    private static (uint Value, uint Mask) ParsePattern(ReadOnlySpan<byte> tag)
    {
        uint value = 0, mask = 0;
        foreach (byte b in tag)
        {
            bool any = b == 'x';
            value = (value << 4) | (uint)(any ? 0 : b <= '9' ? b - '0' : b - 'A' + 10);
            mask = (mask << 4) | (any ? 0u : 0xF);
        }
        return (value, mask);
    }

    // Two letters each, a slash between.
    private static DicomVR[] ParseVRs(ReadOnlySpan<byte> text)
    {
        var vrs = new DicomVR[(text.Length + 1) / 3];
        for (int i = 0; i < vrs.Length; i++)
            vrs[i] = (DicomVR)((text[i * 3] << 8) | text[(i * 3) + 1]);
        return vrs;
    }

    private static class Column
    {
        internal const int Tag = 0, Keyword = 1, VR = 2, VM = 3, Retired = 4, Name = 5;
    }
}
