using System.Reflection;
using PacsTools.HelpGen.Model;

namespace PacsTools.HelpGen.Reading;

/// <summary>The parameters of a cmdlet: its own first, then those of the classes it derives from.</summary>
internal sealed class ParameterReader(XmlDocs docs, Problems problems)
{
    private static readonly ParameterHelp[] s_shouldProcess =
    [
        Standard("WhatIf", "wi", "Shows what would be done, and does nothing of it."),
        Standard("Confirm", "cf", "Asks before each change."),
    ];

    public IReadOnlyList<ParameterHelp> Read(Type cmdlet)
    {
        var defaults = InitialValues.Of(cmdlet);
        var own = cmdlet.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(p => Attributes.Of(p, "ParameterAttribute").Any())
            .OrderBy(p => Depth(cmdlet, p.DeclaringType!)).ThenBy(p => p.MetadataToken)
            .Select(p => Read(p, defaults.GetValueOrDefault(p.Name)));
        var shouldProcess = Attributes.Named(Attributes.First(cmdlet, "CmdletAttribute")!, "SupportsShouldProcess") is true;
        return shouldProcess ? [.. own, .. s_shouldProcess] : [.. own];
    }

    private ParameterHelp Read(PropertyInfo property, InitialValue initial)
    {
        var place = $"{property.DeclaringType!.FullName}.{property.Name}";
        var summary = docs.Summary(property);
        if (summary.Count == 0) problems.Add(place, $"The parameter -{property.Name} has no summary.");
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var bindings = Attributes.Of(property, "ParameterAttribute").Select(Binding).ToList();
        var values = Values(property, type);
        return new ParameterHelp(property.Name)
        {
            TypeName = TypeNames.Short(type),
            TypeFullName = TypeNames.Full(type),
            Description = [.. summary, .. Meanings(type, values), .. Limits.Of(property)],
            Default = bindings.TrueForAll(b => b.IsMandatory) ? null : Default(property, initial, place),
            Aliases = [.. Attributes.Of(property, "AliasAttribute").SelectMany(Attributes.List).OfType<string>()],
            Values = values,
            Wildcards = Attributes.Of(property, "SupportsWildcardsAttribute").Any(),
            Bindings = bindings,
        };
    }

    // The words of <value> come first: an initial value is not always what holds.
    private string Default(PropertyInfo property, InitialValue initial, string place)
    {
        if (docs.Value(property) is { } words) return words;
        if (property.PropertyType.Name == "SwitchParameter") return "False";
        if (initial.Text is { } text) return text;
        var isPlain = property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null;
        if (initial.IsSet || isPlain) problems.Add(place, $"The comment of -{property.Name} needs a <value>: what holds if it is not given cannot be read from the code.");
        return "None";
    }

    private static IReadOnlyList<string> Values(PropertyInfo property, Type type)
    {
        if (Attributes.First(property, "ValidateSetAttribute") is { } set) return [.. Attributes.List(set).OfType<string>()];
        var element = type.IsArray ? type.GetElementType()! : type;
        return element.IsEnum ? [.. element.GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.Name)] : [];
    }

    private IEnumerable<string> Meanings(Type type, IReadOnlyList<string> values)
    {
        var element = type.IsArray ? type.GetElementType()! : type;
        return values.Select(v => element.IsEnum && docs.Summary(element, v) is { } text ? $"- {v}: {text}" : $"- {v}");
    }

    private static ParameterBinding Binding(CustomAttributeData attribute) => new(
        Attributes.Named(attribute, "ParameterSetName") as string,
        Attributes.Named(attribute, "Mandatory") is true,
        Attributes.Named(attribute, "Position") as int?,
        Attributes.Named(attribute, "ValueFromPipeline") is true,
        Attributes.Named(attribute, "ValueFromPipelineByPropertyName") is true);

    private static int Depth(Type cmdlet, Type declaring)
    {
        var depth = 0;
        for (var type = cmdlet; type is not null && type != declaring; type = type.BaseType) depth++;
        return depth;
    }

    private static ParameterHelp Standard(string name, string alias, string text) => new(name)
    {
        TypeName = "SwitchParameter",
        TypeFullName = "System.Management.Automation.SwitchParameter",
        Description = [text],
        Default = "False",
        Aliases = [alias],
        Bindings = [new ParameterBinding(null, false, null, false, false)],
    };
}
