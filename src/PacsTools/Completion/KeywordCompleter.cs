using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PacsTools.Dicom.Data;

namespace PacsTools.Completion;

/// <summary>Completes keywords of PS3.6 from their beginning, behind a dot too (<c>ScheduledProcedureStepSequence.Mod</c>); those of files and commands are left out.</summary>
public sealed class KeywordCompleter : IArgumentCompleter
{
    private const int Most = 200;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = Candidates.Word(wordToComplete);
        var sequences = word[..(word.LastIndexOf('.') + 1)];
        var beginning = word[sequences.Length..];
        return DicomDictionary.Default.Entries
            .Where(e => !e.IsRetired && e.Tag.Group >= 0x0008 && e.Keyword.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) && e.Keyword.Length > 0)
            .OrderBy(e => e.Keyword, StringComparer.Ordinal)
            .Take(Most)
            .Select(e => Candidates.Of(sequences + e.Keyword, $"{e.Tag} {e.Name}"));
    }
}
