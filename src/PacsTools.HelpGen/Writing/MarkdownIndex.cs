using System.Text;
using PacsTools.HelpGen.Model;

namespace PacsTools.HelpGen.Writing;

/// <summary>The list of all cmdlets.</summary>
internal static class MarkdownIndex
{
    public static string Write(IEnumerable<CmdletHelp> cmdlets)
    {
        var text = new StringBuilder();
        text.Append(MarkdownWriter.Mark).Append("\n\n# The cmdlets\n\nThe same is in `Get-Help <cmdlet> -Full`. [Errors.md](Errors.md) has every error with its cause and cure.\n\n| cmdlet | |\n|---|---|\n");
        foreach (var cmdlet in cmdlets) text.Append("| ").Append(MarkdownWriter.Link(cmdlet.Name)).Append(" | ").Append(cmdlet.Synopsis).Append(" |\n");
        return text.ToString();
    }
}
