using System.Management.Automation;

namespace PacsTools.Completion;

/// <summary>What completers share: the typed word without its quotes, and texts that may be inserted as they are.</summary>
internal static class Candidates
{
    /// <summary>The word without quotes and wildcards at its end.</summary>
    public static string Word(string? typed) => (typed ?? "").Trim('\'', '"').TrimEnd('*');

    public static CompletionResult Of(string text, string tip, string? listed = null) =>
        new(Quoted(text), listed ?? text, CompletionResultType.ParameterValue, tip.Length == 0 ? text : tip);

    // A bare word that begins with @ would be splatted; braces would be a script block; the rest of a title may be anything.
    private static string Quoted(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
