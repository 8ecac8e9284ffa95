using System.Globalization;
using System.Xml.Linq;
using PacsTools.HelpGen.Model;

namespace PacsTools.HelpGen.Writing;

/// <summary>The help file PowerShell reads: MAML, as Get-Help knows it.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace s_msh = "http://msh";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static string Write(IEnumerable<CmdletHelp> cmdlets)
    {
        var root = new XElement(s_msh + "helpItems", new XAttribute("schema", "maml"), cmdlets.Select(Command));
        return "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + root.ToString().ReplaceLineEndings("\n") + "\n";
    }

    private static XElement Command(CmdletHelp cmdlet) => new(
        s_command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", s_maml),
        new XAttribute(XNamespace.Xmlns + "command", s_command),
        new XAttribute(XNamespace.Xmlns + "dev", s_dev),
        new XElement(
            s_command + "details",
            new XElement(s_command + "name", cmdlet.Name),
            new XElement(s_command + "verb", cmdlet.Verb),
            new XElement(s_command + "noun", cmdlet.Noun),
            Text("description", [cmdlet.Synopsis])),
        Text("description", cmdlet.Description),
        new XElement(s_command + "syntax", cmdlet.Sets.Select(s => Syntax(cmdlet, s))),
        new XElement(s_command + "parameters", cmdlet.Parameters.Select(p => Parameter(p, p.IsMandatory, p.Position, null))),
        new XElement(s_command + "inputTypes", cmdlet.Inputs.Select(t => Typed("inputType", t))),
        new XElement(s_command + "returnValues", cmdlet.Outputs.Select(t => Typed("returnValue", t))),
        new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(cmdlet.Notes))),
        new XElement(s_command + "examples", cmdlet.Examples.Select(Example)),
        new XElement(s_command + "relatedLinks", cmdlet.Links.Select(Link)));

    private static XElement Syntax(CmdletHelp cmdlet, ParameterSet set) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", cmdlet.Name),
        set.Parameters.Select(p => Parameter(p, p.In(set.Name)!.IsMandatory, p.In(set.Name)!.Position, set)));

    private static XElement Parameter(ParameterHelp parameter, bool isMandatory, int? position, ParameterSet? set) => new(
        s_command + "parameter",
        new XAttribute("required", Bool(isMandatory)),
        new XAttribute("variableLength", Bool(parameter.IsArray)),
        new XAttribute("globbing", Bool(parameter.Wildcards)),
        new XAttribute("pipelineInput", parameter.Pipeline),
        new XAttribute("position", position is { } at ? at.ToString(CultureInfo.InvariantCulture) : "named"),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(s_maml + "name", parameter.Name),
        Text("description", parameter.Description),
        // In a syntax a switch stands alone; where a parameter is described, its type is told.
        parameter.IsSwitch && set is not null ? null : Value(parameter),
        set is not null && parameter.Values.Count > 0
            ? new XElement(s_command + "parameterValueGroup", parameter.Values.Select(v => new XElement(
                s_command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), v)))
            : null,
        new XElement(s_dev + "type", new XElement(s_maml + "name", parameter.TypeName), new XElement(s_maml + "uri")),
        new XElement(s_dev + "defaultValue", parameter.Default ?? "None"));

    private static XElement Value(ParameterHelp parameter) => new(
        s_command + "parameterValue", new XAttribute("required", Bool(!parameter.IsSwitch)), new XAttribute("variableLength", Bool(parameter.IsArray)), parameter.TypeName);

    private static XElement Typed(string name, TypeHelp type) => new(
        s_command + name,
        new XElement(s_dev + "type", new XElement(s_maml + "name", type.Name), new XElement(s_maml + "uri")),
        Text("description", type.Text));

    private static XElement Example(ExampleHelp example, int index) => new(
        s_command + "example",
        new XElement(s_maml + "title", $"Example {(index + 1).ToString(CultureInfo.InvariantCulture)}: {example.Title}"),
        new XElement(s_dev + "code", example.Code),
        new XElement(s_dev + "remarks", Paragraphs(example.Remarks)));

    private static XElement Link(string link) => new(
        s_maml + "navigationLink", new XElement(s_maml + "linkText", link), new XElement(s_maml + "uri"));

    private static XElement Text(string name, IEnumerable<string> paragraphs) => new(s_maml + name, Paragraphs(paragraphs));

    // PowerShell shows the text as it is: the marks of Markdown mean nothing there.
    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) =>
        paragraphs.Select(p => new XElement(s_maml + "para", p.Replace("`", "", StringComparison.Ordinal)));

    private static string Bool(bool value) => value ? "true" : "false";
}
