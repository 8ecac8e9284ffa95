using System.Text.RegularExpressions;
using PacsTools.HelpGen.Model;

namespace PacsTools.HelpGen.Reading;

/// <summary>
/// The hand-written part of a cmdlet's help, Help/&lt;name&gt;.md: sections DESCRIPTION (beyond the summary of the class), EXAMPLES (### title, a powershell block,
/// remarks), OUTPUTS (### type, for types that are not the module's), NOTES and LINKS.
/// </summary>
internal sealed partial class HelpFile
{
    private static readonly string[] s_sections = ["DESCRIPTION", "EXAMPLES", "OUTPUTS", "NOTES", "LINKS"];

    public required string Path { get; init; }

    public IReadOnlyList<string> Description { get; private set; } = [];

    public IReadOnlyList<string> Notes { get; private set; } = [];

    public IReadOnlyList<string> Links { get; private set; } = [];

    public IReadOnlyList<ExampleHelp> Examples { get; private set; } = [];

    public IReadOnlyDictionary<string, IReadOnlyList<string>> Outputs { get; private set; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>Null if there is none, which is a problem.</summary>
    public static HelpFile? Read(string path, Problems problems)
    {
        if (!File.Exists(path))
        {
            problems.Add(path, "There is no such file: every cmdlet that is exported has one, with its examples (see the others beside it).");
            return null;
        }

        var file = new HelpFile { Path = path };
        foreach (var (title, body) in Sections(File.ReadAllText(path).ReplaceLineEndings("\n"), "## "))
        {
            switch (title)
            {
                case "DESCRIPTION":
                    file.Description = Paragraphs(body);
                    break;
                case "NOTES":
                    file.Notes = Paragraphs(body);
                    break;
                case "LINKS":
                    file.Links = [.. body.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
                    break;
                case "OUTPUTS":
                    file.Outputs = Sections(body, "### ").ToDictionary(s => s.Title, s => Paragraphs(s.Body));
                    break;
                case "EXAMPLES":
                    file.Examples = [.. Sections(body, "### ").Select(s => Example(s.Title, s.Body, path, problems)).OfType<ExampleHelp>()];
                    break;
                default:
                    problems.Add(path, $"The section '{title}' is none of {string.Join(", ", s_sections)}.");
                    break;
            }
        }

        return file;
    }

    /// <summary>The parts of a text that begin with lines of this prefix. What stands before the first is dropped.</summary>
    public static IEnumerable<(string Title, string Body)> Sections(string text, string prefix)
    {
        var heads = Regex.Matches(text, $"(?m)^{prefix}(.+)$");
        for (var i = 0; i < heads.Count; i++)
        {
            var start = heads[i].Index + heads[i].Length;
            var end = i + 1 < heads.Count ? heads[i + 1].Index : text.Length;
            yield return (heads[i].Groups[1].Value.Trim(), text[start..end].Trim('\n'));
        }
    }

    /// <summary>Paragraphs, which blank lines divide; the lines of a list stay apart.</summary>
    public static IReadOnlyList<string> Paragraphs(string text) =>
        [.. BlankLines().Split(text.Trim()).Where(p => p.Trim().Length > 0).SelectMany(Lines)];

    private static IEnumerable<string> Lines(string paragraph) =>
        ItemStart().Split(paragraph).Where(p => p.Trim().Length > 0).Select(p => string.Join(' ', p.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)));

    private static ExampleHelp? Example(string title, string body, string path, Problems problems)
    {
        var code = CodeBlock().Match(body);
        if (!code.Success)
        {
            problems.Add(path, $"The example '{title}' has no ```powershell block.");
            return null;
        }

        var remarks = Paragraphs(body.Remove(code.Index, code.Length));
        if (remarks.Count == 0) problems.Add(path, $"The example '{title}' says nothing about what it does.");
        return new ExampleHelp(title, code.Groups[1].Value.Trim('\n'), remarks);
    }

    [GeneratedRegex(@"\n\s*\n")]
    private static partial Regex BlankLines();

    [GeneratedRegex(@"(?m)^(?=- )")]
    private static partial Regex ItemStart();

    [GeneratedRegex("(?ms)^```powershell\n(.*?)^```$")]
    private static partial Regex CodeBlock();
}
