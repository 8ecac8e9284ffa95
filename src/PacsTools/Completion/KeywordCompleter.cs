using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PacsTools.Dicom.Data;

namespace PacsTools.Completion;

/// <summary>Completes keywords of PS3.6 from their beginning.</summary>
public sealed class KeywordCompleter : IArgumentCompleter
{
    private const int Most = 200;

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = wordToComplete.Trim('\'', '"');
        return DicomDictionary.Default.Entries
            .Where(e => !e.IsRetired && e.Keyword.Length > 0 && e.Keyword.StartsWith(word, StringComparison.OrdinalIgnoreCase))
            .OrderBy(e => e.Keyword, StringComparer.Ordinal)
            .Take(Most)
            .Select(e => new CompletionResult(e.Keyword, e.Keyword, CompletionResultType.ParameterValue, $"{e.Tag} {e.Name}"));
    }
}
