using System.Collections;
using System.Management.Automation;

namespace PacsTools.Binding;

/// <summary>Takes PowerShell's wrapping off a parameter of type object, so that no service ever meets a PSObject.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class UnwrapAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) => Unwrap(inputData)!;

    internal static object? Unwrap(object? value)
    {
        var bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return bare is IList list and not byte[] ? list.Cast<object?>().Select(Unwrap).ToArray() : bare;
    }
}
