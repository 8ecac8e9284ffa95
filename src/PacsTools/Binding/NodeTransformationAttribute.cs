using System.Management.Automation;
using PacsTools.Pipeline;

namespace PacsTools.Binding;

/// <summary>
/// Lets -Node take what people have at hand: <c>AE@host:port</c>, <c>host:port</c>, a PacsNode, a hashtable, or any object with a
/// Node or with HostName, Port and CalledAETitle - a result of another cmdlet, a CSV row, something that came back from a job.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class NodeTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return NodeBinder.Bind(inputData, engineIntrinsics?.SessionState);
        }
        catch (Exception error) when (error is FormatException or ArgumentException)
        {
            // Only this type tells the binder that the value does not fit and that another parameter may take it.
            throw new ArgumentTransformationMetadataException(ErrorText.Of(error), error);
        }
    }
}
