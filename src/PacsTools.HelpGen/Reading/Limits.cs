using System.Globalization;
using System.Reflection;

namespace PacsTools.HelpGen.Reading;

/// <summary>The bounds of a number in words.</summary>
internal static class Limits
{
    public static IEnumerable<string> Of(PropertyInfo property)
    {
        if (Attributes.First(property, "PositiveAttribute") is not null) yield return "More than 0.";
        if (Attributes.First(property, "ValidateRangeAttribute") is not { ConstructorArguments: [var least, var most] }) yield break;
        var (from, to) = (Unwrap(least.Value), Unwrap(most.Value));
        var upper = to is int.MaxValue or long.MaxValue or double.MaxValue ? null : Text(to);
        yield return upper is null ? $"At least {Text(from)}." : $"From {Text(from)} to {upper}.";
    }

    // The attribute takes objects: a value may come wrapped once more.
    private static object? Unwrap(object? value) => value is CustomAttributeTypedArgument inner ? inner.Value : value;

    private static string Text(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
