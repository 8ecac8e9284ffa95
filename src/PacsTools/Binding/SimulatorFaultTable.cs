using System.Collections;
using System.Collections.Specialized;

namespace PacsTools.Binding;

/// <summary>Faults of a simulator and their values: a hashtable under a name of its own, for the same reason as <see cref="DicomFilter"/>.</summary>
public sealed class SimulatorFaultTable : OrderedDictionary
{
    /// <summary>A table without faults.</summary>
    public SimulatorFaultTable()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    /// <summary>A table of the faults of a hashtable, in its order.</summary>
    /// <param name="faults">Names of faults, each with a value.</param>
    /// <exception cref="ArgumentException">Two names differ in letter case only.</exception>
    public SimulatorFaultTable(IDictionary faults)
        : this()
    {
        ArgumentNullException.ThrowIfNull(faults);
        foreach (DictionaryEntry fault in faults) Add(UnwrapAttribute.Unwrap(fault.Key)!, fault.Value);
    }
}
