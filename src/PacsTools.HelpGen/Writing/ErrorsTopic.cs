using System.Text;
using PacsTools.HelpGen.Reading;

namespace PacsTools.HelpGen.Writing;

/// <summary>about_PacsTools_Errors, as Get-Help shows it.</summary>
internal static class ErrorsTopic
{
    public static string Write(ErrorCatalogue errors)
    {
        var text = new StringBuilder();
        text.Append("TOPIC\n    about_PacsTools_Errors\n\nSHORT DESCRIPTION\n    Every error of the module: its id, what causes it, what to do about it.\n\nLONG DESCRIPTION\n");
        Paragraphs(text, errors.Introduction);
        foreach (var group in errors.Groups)
        {
            text.Append("\n  ").Append(group.Title.ToUpperInvariant()).Append('\n');
            Paragraphs(text, group.Introduction);
            var last = "";
            foreach (var entry in group.Entries)
            {
                if (entry.Id != last) text.Append("\n    ").Append(entry.Id).Append('\n');
                last = entry.Id;
                Wrap.Into(text, entry.Service is null ? entry.Cause : $"{entry.Service}: {entry.Cause}", "        ", "        ");
                Wrap.Into(text, entry.Cure, "        -> ", "           ");
            }
        }

        text.Append("\nSEE ALSO\n    about_PacsTools\n    about_PacsTools_Query\n    about_PacsTools_Retrieve\n    about_PacsTools_Security\n");
        return text.ToString();
    }

    private static void Paragraphs(StringBuilder text, IReadOnlyList<string> paragraphs)
    {
        var wasCode = false;
        for (var i = 0; i < paragraphs.Count; i++)
        {
            var isCode = paragraphs[i].StartsWith("$ ", StringComparison.Ordinal);
            if (i > 0 && !(isCode && wasCode)) text.Append('\n');
            if (isCode)
                text.Append("        ").Append(paragraphs[i][2..]).Append('\n');
            else
                Wrap.Into(text, paragraphs[i].Replace("`", "", StringComparison.Ordinal), "    ", "    ");
            wasCode = isCode;
        }
    }
}
