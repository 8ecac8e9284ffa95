using System.Text.RegularExpressions;
using PacsTools.HelpGen.Model;

namespace PacsTools.HelpGen;

/// <summary>What every help must have, beyond what the readers ask for.</summary>
internal static partial class HelpRules
{
    private const int FewestExamples = 3;

    // Parameters of PowerShell's own that texts name.
    private static readonly string[] s_common = ["First", "Verbose", "ErrorAction", "ErrorVariable", "AsSecureString"];

    public static void Check(IReadOnlyList<CmdletHelp> cmdlets, HelpOptions options, Problems problems)
    {
        HashSet<string> known =
        [
            .. cmdlets.Select(c => c.Name),
            .. Directory.EnumerateFiles(Path.Combine(options.Module, "en-US"), "about_*.help.txt").Select(f => Path.GetFileName(f)[..^".help.txt".Length]),
            "about_PacsTools_Errors",
        ];
        HashSet<string> parameters = new([.. s_common, .. cmdlets.SelectMany(c => c.Parameters).SelectMany(p => p.Aliases.Append(p.Name))], StringComparer.OrdinalIgnoreCase);
        foreach (var cmdlet in cmdlets) Check(cmdlet, known, parameters, problems);
        foreach (var file in Directory.EnumerateFiles(options.Help, "*-*.md"))
        {
            if (!known.Contains(Path.GetFileNameWithoutExtension(file))) problems.Add(file, "There is no exported cmdlet of this name.");
        }
    }

    private static void Check(CmdletHelp cmdlet, HashSet<string> known, HashSet<string> parameters, Problems problems)
    {
        if (cmdlet.Description.Count == 0) problems.Add(cmdlet.File, $"{cmdlet.Name} has no description: its summary is one sentence, and there is no section DESCRIPTION.");
        if (cmdlet.Notes.Count == 0) problems.Add(cmdlet.File, $"{cmdlet.Name} has no NOTES.");
        if (cmdlet.Links.Count == 0) problems.Add(cmdlet.File, $"{cmdlet.Name} has no LINKS.");
        if (cmdlet.Examples.Count < FewestExamples) problems.Add(cmdlet.File, $"{cmdlet.Name} has {cmdlet.Examples.Count} examples; at least {FewestExamples} are asked for.");
        foreach (var link in cmdlet.Links.Where(l => !known.Contains(l))) problems.Add(cmdlet.File, $"The link '{link}' is neither a cmdlet nor a topic of the module.");
        foreach (var example in cmdlet.Examples)
        {
            if (!example.Code.Contains(cmdlet.Name, StringComparison.Ordinal)) problems.Add(cmdlet.File, $"The example '{example.Title}' does not use {cmdlet.Name}.");
        }

        foreach (var name in cmdlet.Description.Concat(cmdlet.Notes).SelectMany(t => ParameterPattern().Matches(t).Select(m => m.Groups[1].Value)))
        {
            if (!parameters.Contains(name)) problems.Add(cmdlet.File, $"-{name} is named, but no cmdlet of the module has such a parameter.");
        }
    }

    [GeneratedRegex(@"(?<![\w.-])-([A-Z][A-Za-z]+)\b(?!-)")]
    private static partial Regex ParameterPattern();
}
