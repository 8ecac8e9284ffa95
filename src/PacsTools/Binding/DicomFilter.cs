using System.Collections;
using System.Collections.Specialized;

namespace PacsTools.Binding;

/// <summary>
/// Matching keys and their values: a hashtable under a name of its own. PowerShell completes keys of a hashtable by the properties of the parameter's type, and those
/// PacsTools.Types.ps1xml gives to this one. Any other keyword, or gggg,eeee, is a key as well.
/// </summary>
public sealed class DicomFilter : OrderedDictionary
{
    /// <summary>A filter without keys.</summary>
    public DicomFilter()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>A filter with the keys of a hashtable, in its order.</summary>
    /// <param name="keys">Keywords of PS3.6 or gggg,eeee, each with a value.</param>
    /// <exception cref="ArgumentException">Two keys differ in letter case only.</exception>
    public DicomFilter(IDictionary keys)
        : this()
    {
        ArgumentNullException.ThrowIfNull(keys);
        foreach (DictionaryEntry key in keys) Add(UnwrapAttribute.Unwrap(key.Key)!, key.Value);
    }
}
