using System.Collections;
using System.Management.Automation;

namespace PacsTools.Binding;

/// <summary>Takes PowerShell's wrapping off everything in a hashtable, nested tables and lists included, so that no service ever meets a PSObject.</summary>
internal static class PlainTable
{
    public static IDictionary Of(IDictionary table)
    {
        var plain = new Hashtable(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table) plain[entry.Key] = Value(entry.Value);
        return plain;
    }

    public static object? Value(object? value) => (value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value) switch
    {
        IDictionary table => Of(table),
        IList list and not byte[] => list.Cast<object?>().Select(Value).ToArray(),
        var bare => bare,
    };
}
