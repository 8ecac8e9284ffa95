using System.Globalization;
using System.Management.Automation;

namespace PacsTools.Binding;

/// <summary>Takes numbers above zero. A ValidateRange from the smallest of them would say that the argument is less than 5E-324.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class PositiveAttribute : ValidateArgumentsAttribute
{
    /// <inheritdoc/>
    protected override void Validate(object arguments, EngineIntrinsics engineIntrinsics)
    {
        var number = Convert.ToDouble(UnwrapAttribute.Unwrap(arguments), CultureInfo.InvariantCulture);
        if (!(number > 0 && double.IsFinite(number)))
            throw new ValidationMetadataException($"{Convert.ToString(arguments, CultureInfo.InvariantCulture)} is not a number above 0.");
    }
}
