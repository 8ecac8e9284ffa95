using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using PacsTools.Pipeline;

namespace PacsTools.Module.Tests.Contract;

/// <summary>
/// What PowerShell will see of the cmdlets, one line a parameter. Read as attribute data: the compile-time library gives
/// attribute objects whose properties are empty.
/// </summary>
internal static class CmdletMetadata
{
    public static IReadOnlyList<Type> Cmdlets { get; } =
        [.. typeof(AsyncCmdlet).Assembly.GetTypes().Where(t => Data<CmdletAttribute>(t).Any() && !t.IsAbstract).OrderBy(Name, StringComparer.Ordinal)];

    public static string Name(Type cmdlet)
    {
        var arguments = Data<CmdletAttribute>(cmdlet).Single().ConstructorArguments;
        return $"{arguments[0].Value}-{arguments[1].Value}";
    }

    /// <summary>The named arguments of the Cmdlet attribute.</summary>
    public static IReadOnlyDictionary<string, object?> Options(Type cmdlet) =>
        Data<CmdletAttribute>(cmdlet).Single().NamedArguments.ToDictionary(a => a.MemberName, a => a.TypedValue.Value);

    public static IReadOnlyList<string> OutputTypes(Type cmdlet) =>
        [.. Data<OutputTypeAttribute>(cmdlet).SelectMany(a => (IReadOnlyCollection<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!).Select(a => ((Type)a.Value!).Name)];

    /// <summary><c>Name type (aliases) set:flags…</c>, in alphabetical order.</summary>
    public static IReadOnlyList<string> Parameters(Type cmdlet) =>
        [.. cmdlet.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => Data<ParameterAttribute>(p).Any()).Select(Describe).Order(StringComparer.Ordinal)];

    public static IEnumerable<PropertyInfo> ParameterProperties(Type cmdlet) =>
        cmdlet.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => Data<ParameterAttribute>(p).Any());

    public static IEnumerable<CustomAttributeData> Data<T>(MemberInfo member) =>
        member.GetCustomAttributesData().Where(a => a.AttributeType.FullName == typeof(T).FullName);

    private static string Describe(PropertyInfo property)
    {
        var aliases = Data<AliasAttribute>(property)
            .SelectMany(a => (IReadOnlyCollection<CustomAttributeTypedArgument>)a.ConstructorArguments[0].Value!).Select(a => (string)a.Value!);
        var sets = Data<ParameterAttribute>(property).Select(DescribeSet);
        return $"{property.Name} {TypeName(property.PropertyType)} ({string.Join(", ", aliases)}) {string.Join(' ', sets)}";
    }

    private static string DescribeSet(CustomAttributeData attribute)
    {
        var named = attribute.NamedArguments.ToDictionary(a => a.MemberName, a => a.TypedValue.Value);
        var flags = new List<string>();
        if (named.GetValueOrDefault("Mandatory") is true) flags.Add("mandatory");
        if (named.GetValueOrDefault("Position") is int position) flags.Add("position " + position.ToString(CultureInfo.InvariantCulture));
        if (named.GetValueOrDefault("ValueFromPipeline") is true) flags.Add("value");
        if (named.GetValueOrDefault("ValueFromPipelineByPropertyName") is true) flags.Add("name");
        return $"{named.GetValueOrDefault("ParameterSetName") ?? "all"}:{string.Join('+', flags)}".TrimEnd(':');
    }

    private static string TypeName(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? inner.Name + "?" : type.Name;
}
