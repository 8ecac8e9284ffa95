using System.Reflection;

namespace PacsTools.HelpGen.Reading;

/// <summary>Attributes as data, by the names of their types.</summary>
internal static class Attributes
{
    public static IEnumerable<CustomAttributeData> Of(MemberInfo member, string type) =>
        member.GetCustomAttributesData().Where(a => a.AttributeType.Name == type);

    public static CustomAttributeData? First(MemberInfo member, string type) => Of(member, type).FirstOrDefault();

    public static object? Named(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.Where(a => a.MemberName == name).Select(a => a.TypedValue.Value).FirstOrDefault();

    /// <summary>The values of an argument that is an array.</summary>
    public static IEnumerable<object?> List(CustomAttributeData attribute) =>
        attribute.ConstructorArguments[0].Value is IReadOnlyCollection<CustomAttributeTypedArgument> list ? list.Select(a => a.Value) : attribute.ConstructorArguments.Select(a => a.Value);
}
