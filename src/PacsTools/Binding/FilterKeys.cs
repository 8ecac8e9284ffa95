using System.Collections;
using System.Globalization;
using PacsTools.Services.Query;

namespace PacsTools.Binding;

/// <summary>The hashtable of -Filter as keys and values.</summary>
internal static class FilterKeys
{
    public static IReadOnlyList<KeyValuePair<string, object?>> Read(IDictionary? filter)
    {
        if (filter is null) return [];
        var keys = new List<KeyValuePair<string, object?>>(filter.Count);
        foreach (DictionaryEntry entry in filter)
        {
            var name = Convert.ToString(UnwrapAttribute.Unwrap(entry.Key), CultureInfo.InvariantCulture)?.Trim() ?? "";
            // A key without a value matches everything, which is how a query asks for an attribute it does not match.
            keys.Add(new(name, UnwrapAttribute.Unwrap(entry.Value) ?? ""));
        }

        return keys;
    }
}
