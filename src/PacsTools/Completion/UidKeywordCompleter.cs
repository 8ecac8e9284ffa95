using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PacsTools.Dicom.Data;

namespace PacsTools.Completion;

/// <summary>Completes entries of PS3.6 A by the beginning of their keywords or UIDs; what is inserted is the keyword, or the UID for parameters that take nothing else.</summary>
public abstract class UidKeywordCompleter : IArgumentCompleter
{
    private readonly UidType _type;
    private readonly bool _asUid;

    private protected UidKeywordCompleter(UidType type, bool asUid) => (_type, _asUid) = (type, asUid);

    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var word = Candidates.Word(wordToComplete);
        return UidRegistry.Entries
            .Where(e => e.Type == _type && (e.Keyword.StartsWith(word, StringComparison.OrdinalIgnoreCase) || e.Uid.StartsWith(word, StringComparison.Ordinal)))
            .OrderBy(e => e.IsRetired)
            .ThenBy(e => e.Keyword, StringComparer.Ordinal)
            .Select(e => Candidates.Of(_asUid ? e.Uid : e.Keyword, $"{e.Uid} {e.Name}", e.Keyword));
    }
}
