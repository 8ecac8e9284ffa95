using System.Reflection;
using System.Xml.Linq;

namespace PacsTools.HelpGen.Reading;

/// <summary>The XML documentation of the module and the assemblies beside it.</summary>
internal sealed class XmlDocs
{
    private readonly Dictionary<string, XElement> _members = new(StringComparer.Ordinal);

    /// <summary>Reads those of our own assemblies that lie beside one of them.</summary>
    public static XmlDocs Beside(string assembly)
    {
        var docs = new XmlDocs();
        var folder = Path.GetDirectoryName(Path.GetFullPath(assembly))!;
        foreach (var name in new[] { "PacsTools", "PacsTools.Services", "PacsTools.Dicom" })
        {
            var file = Path.Combine(folder, name + ".xml");
            foreach (var member in XDocument.Load(file, LoadOptions.PreserveWhitespace).Descendants("member"))
                docs._members[member.Attribute("name")!.Value] = member;
        }

        return docs;
    }

    public IReadOnlyList<string> Summary(Type type) => Text("T:" + Id(type), "summary");

    public IReadOnlyList<string> Remarks(Type type) => Text("T:" + Id(type), "remarks");

    public IReadOnlyList<string> Summary(PropertyInfo property) => Text($"P:{Id(property.DeclaringType!)}.{property.Name}", "summary");

    /// <summary>What a property is when nobody sets it, in words.</summary>
    public string? Value(PropertyInfo property) => Text($"P:{Id(property.DeclaringType!)}.{property.Name}", "value") is [var text, ..] ? text : null;

    /// <summary>What a value of an enumeration means.</summary>
    public string? Summary(Type enumeration, string value) => Text($"F:{Id(enumeration)}.{value}", "summary") is [var text, ..] ? text : null;

    private static string Id(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private IReadOnlyList<string> Text(string id, string element) =>
        _members.TryGetValue(id, out var member) && member.Element(element) is { } found ? DocText.Paragraphs(found) : [];
}
