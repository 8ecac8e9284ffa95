using System.Globalization;
using System.Text;
using PacsTools.HelpGen.Model;

namespace PacsTools.HelpGen.Writing;

/// <summary>The page of one cmdlet, for readers of the repository.</summary>
internal static class MarkdownWriter
{
    public const string Mark = "<!-- Generated from the sources by PacsTools.HelpGen: dotnet build src/PacsTools -t:UpdateDocs -->";

    public static string Write(CmdletHelp cmdlet)
    {
        var text = new StringBuilder();
        text.Append(Mark).Append("\n\n# ").Append(cmdlet.Name).Append("\n\n").Append(cmdlet.Synopsis).Append('\n');
        Section(text, "Syntax");
        foreach (var set in cmdlet.Sets) text.Append("\n```\n").Append(SyntaxText.Of(cmdlet, set)).Append("\n```\n");
        Section(text, "Description");
        Paragraphs(text, cmdlet.Description);
        Section(text, "Examples");
        foreach (var (example, index) in cmdlet.Examples.Select((e, i) => (e, i + 1)))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {index}. {example.Title}\n\n```powershell\n{example.Code}\n```\n");
            Paragraphs(text, example.Remarks);
        }

        Section(text, "Parameters");
        foreach (var parameter in cmdlet.Parameters) Parameter(text, parameter);
        Section(text, "Inputs");
        foreach (var type in cmdlet.Inputs) Typed(text, type);
        Section(text, "Outputs");
        foreach (var type in cmdlet.Outputs) Typed(text, type);
        Section(text, "Notes");
        Paragraphs(text, cmdlet.Notes);
        Section(text, "Related");
        text.Append('\n');
        foreach (var link in cmdlet.Links) text.Append("- ").Append(Link(link)).Append('\n');
        return text.ToString();
    }

    /// <summary>A link to another page, or to a topic of the module.</summary>
    public static string Link(string name) => name switch
    {
        "about_PacsTools_Errors" => $"[{name}](Errors.md)",
        _ when name.StartsWith("about_", StringComparison.Ordinal) => $"[{name}](../../module/en-US/{name}.help.txt)",
        _ => $"[{name}]({name}.md)",
    };

    private static void Section(StringBuilder text, string title) => text.Append("\n## ").Append(title).Append('\n');

    private static void Paragraphs(StringBuilder text, IEnumerable<string> paragraphs)
    {
        var last = "";
        foreach (var paragraph in paragraphs)
        {
            // The items of one list stand together.
            if (!(IsItem(last) && IsItem(paragraph))) text.Append('\n');
            text.Append(Escape(paragraph)).Append('\n');
            last = paragraph;
        }
    }

    private static bool IsItem(string paragraph) => paragraph.StartsWith("- ", StringComparison.Ordinal);

    private static void Parameter(StringBuilder text, ParameterHelp parameter)
    {
        text.Append("\n### -").Append(parameter.Name).Append('\n');
        Paragraphs(text, parameter.Description);
        string?[] facts =
        [
            $"Type {parameter.TypeName}",
            parameter.Aliases.Count > 0 ? "aliases " + string.Join(", ", parameter.Aliases) : null,
            parameter.Bindings is [{ Set: { } set }] ? $"set {set}" : null,
            parameter.IsMandatory ? "mandatory" : null,
            parameter.Position is { } at ? string.Create(CultureInfo.InvariantCulture, $"position {at}") : null,
            parameter.Default is { } value and not "None" ? $"default {Escape(value)}" : null,
            (parameter.ByValue, parameter.ByPropertyName) switch
            {
                (true, true) => "from the pipeline by value and by property name",
                (true, false) => "from the pipeline by value",
                (false, true) => "from the pipeline by property name",
                _ => null,
            },
            parameter.Wildcards ? "takes wildcards" : null,
        ];
        text.Append("\n> ").Append(string.Join(" · ", facts.OfType<string>())).Append('\n');
    }

    private static void Typed(StringBuilder text, TypeHelp type)
    {
        text.Append("\n### ").Append(type.ShortName).Append('\n');
        Paragraphs(text, type.Text);
        if (type.Properties.Count == 0) return;
        text.Append("\n| property | |\n|---|---|\n");
        foreach (var (name, meaning) in type.Properties) text.Append("| ").Append(name).Append(" | ").Append(Escape(meaning).Replace("|", "\\|", StringComparison.Ordinal)).Append(" |\n");
    }

    // What Markdown would take for its own marks; code between backticks is left alone.
    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        var isCode = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '`') isCode = !isCode;
            if (!isCode && text[i] is '*' or '_' or '<' or '[') escaped.Append('\\');
            escaped.Append(text[i]);
        }

        return escaped.ToString();
    }
}
