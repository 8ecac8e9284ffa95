using System.Collections;
using System.Management.Automation;

namespace PacsTools.Binding;

/// <summary>Takes any hashtable as the filter of a query.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class FilterTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => UnwrapAttribute.Unwrap(inputData) switch
    {
        DicomFilter filter => filter,
        IDictionary keys => Read(keys),
        // Of anything else PowerShell says itself that it is no hashtable.
        _ => inputData,
    };

    private static DicomFilter Read(IDictionary keys)
    {
        try
        {
            return new DicomFilter(keys);
        }
        catch (ArgumentException error)
        {
            throw new ArgumentTransformationMetadataException($"The filter names a key twice: {error.Message}", error);
        }
    }
}
