using System.Text;
using PacsTools.HelpGen.Reading;

namespace PacsTools.HelpGen.Writing;

/// <summary>The errors as a page of the repository.</summary>
internal static class ErrorsPage
{
    public static string Write(ErrorCatalogue errors)
    {
        var text = new StringBuilder();
        text.Append(MarkdownWriter.Mark).Append("\n\n# Errors\n");
        Paragraphs(text, errors.Introduction);
        foreach (var group in errors.Groups)
        {
            text.Append("\n## ").Append(group.Title).Append('\n');
            Paragraphs(text, group.Introduction);
            if (group.Entries.Count == 0) continue;
            text.Append("\n| id | cause | cure |\n|---|---|---|\n");
            foreach (var entry in group.Entries)
            {
                var service = entry.Service is null ? "" : $"{entry.Service}: ";
                text.Append("| `").Append(entry.Id).Append("` | ").Append(Cell(service + entry.Cause)).Append(" | ").Append(Cell(entry.Cure)).Append(" |\n");
            }
        }

        return text.ToString();
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal);

    private static void Paragraphs(StringBuilder text, IReadOnlyList<string> paragraphs)
    {
        var wasCode = false;
        foreach (var paragraph in paragraphs)
        {
            var isCode = paragraph.StartsWith("$ ", StringComparison.Ordinal);
            if (wasCode && !isCode) text.Append("```\n");
            if (!(wasCode && isCode)) text.Append('\n');
            if (isCode && !wasCode) text.Append("```powershell\n");
            text.Append(isCode ? paragraph[2..] : paragraph).Append('\n');
            wasCode = isCode;
        }

        if (wasCode) text.Append("```\n");
    }
}
