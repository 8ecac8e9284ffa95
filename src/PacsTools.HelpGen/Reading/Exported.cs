using System.Text.RegularExpressions;

namespace PacsTools.HelpGen.Reading;

/// <summary>What the manifest exports.</summary>
internal static partial class Exported
{
    public static IReadOnlyList<string> Cmdlets(string manifest)
    {
        var list = ListPattern().Match(File.ReadAllText(manifest));
        return [.. NamePattern().Matches(list.Groups[1].Value).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal)];
    }

    [GeneratedRegex(@"(?ms)^\s*CmdletsToExport\s*=\s*@\((.*?)\)")]
    private static partial Regex ListPattern();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex NamePattern();
}
