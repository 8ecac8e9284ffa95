using System.Diagnostics.CodeAnalysis;

namespace PacsTools.Dicom.Data;

/// <summary>The UID registry of PS3.6 A. Loaded at first use; safe to share between threads.</summary>
public static class UidRegistry
{
    private static readonly Lazy<Registry> s_registry = new(Load);

    /// <summary>The edition of the standard the entries are those of.</summary>
    public static string Edition => s_registry.Value.Edition;

    /// <summary>Every entry, in the order of the numbers in the UIDs.</summary>
    public static IReadOnlyList<UidEntry> Entries => s_registry.Value.Entries;

    /// <summary>Every SOP class whose instances C-STORE carries, retired ones among them: archives still hold those.</summary>
    public static IReadOnlyList<UidEntry> StorageSopClasses => s_registry.Value.Storage;

    /// <summary>Finds the entry of a UID.</summary>
    /// <param name="uid">The UID, without padding.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>False if the standard does not define the UID.</returns>
    public static bool TryGet(string uid, [NotNullWhen(true)] out UidEntry? entry)
    {
        ArgumentNullException.ThrowIfNull(uid);
        return s_registry.Value.ByUid.TryGetValue(uid, out entry);
    }

    /// <summary>Finds the entry of a keyword such as <c>CTImageStorage</c>, in any letter case.</summary>
    /// <param name="keyword">The keyword.</param>
    /// <param name="entry">The entry.</param>
    /// <returns>False if no UID has this keyword.</returns>
    public static bool TryGetByKeyword(string keyword, [NotNullWhen(true)] out UidEntry? entry)
    {
        ArgumentNullException.ThrowIfNull(keyword);
        return s_registry.Value.ByKeyword.TryGetValue(keyword, out entry);
    }

    private static Registry Load()
    {
        FactTable table = FactTable.Load("PacsTools.Dicom.uids.tsv");
        var entries = new UidEntry[table.Count];
        for (int line = 0; line < entries.Length; line++)
        {
            entries[line] = new UidEntry(table.Text(line, 0), table.Text(line, 4), table.Text(line, 1),
                Enum.Parse<UidType>(table.Text(line, 2)), !table.Field(line, 3).IsEmpty);
        }
        return new Registry(
            table.Edition,
            Array.AsReadOnly(entries),
            Array.AsReadOnly(entries.Where(entry => entry.IsStorageSopClass).ToArray()),
            entries.ToDictionary(entry => entry.Uid, StringComparer.Ordinal),
            entries.ToDictionary(entry => entry.Keyword, StringComparer.OrdinalIgnoreCase));
    }

    private sealed record Registry(string Edition, IReadOnlyList<UidEntry> Entries, IReadOnlyList<UidEntry> Storage,
        Dictionary<string, UidEntry> ByUid, Dictionary<string, UidEntry> ByKeyword);
}
