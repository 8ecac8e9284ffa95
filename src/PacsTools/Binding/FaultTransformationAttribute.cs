using System.Collections;
using System.Management.Automation;

namespace PacsTools.Binding;

/// <summary>Takes any hashtable as the faults of a simulator.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class FaultTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => UnwrapAttribute.Unwrap(inputData) switch
    {
        SimulatorFaultTable table => table,
        IDictionary faults => Read(faults),
        // Of anything else PowerShell says itself that it is no hashtable.
        _ => inputData,
    };

    private static SimulatorFaultTable Read(IDictionary faults)
    {
        try
        {
            return new SimulatorFaultTable(faults);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentTransformationMetadataException($"A fault is named twice: {error.Message}", error);
        }
    }
}
