using System.Management.Automation;

namespace PacsTools.Completion;

/// <summary>What completers share: the typed word without its quotes, and texts that may be inserted as they are.</summary>
internal static class Candidates
{
    /// <summary>The word without quotes and wildcards at its end.</summary>
    public static string Word(string? typed) => (typed ?? "").Trim('\'', '"').TrimEnd('*');

    /// <summary>Those of the texts that begin with the word, whatever the case of its letters.</summary>
    public static IEnumerable<CompletionResult> Beginning(string? typed, IEnumerable<(string Text, string Tip)> texts) =>
        texts.Where(t => t.Text.StartsWith(Word(typed), StringComparison.OrdinalIgnoreCase)).Select(t => Of(t.Text, t.Tip));

    public static CompletionResult Of(string text, string tip, string? listed = null) =>
        new(Quoted(text), listed ?? text, CompletionResultType.ParameterValue, tip.Length == 0 ? text : tip);

    // A bare word that begins with @ would be splatted; braces would be a script block; the rest of a title may be anything.
    private static string Quoted(string text) =>
        text.Length > 0 && char.IsAsciiLetterOrDigit(text[0]) && text.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.')
            ? text
            : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
