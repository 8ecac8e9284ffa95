using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace PacsTools.Completion;

/// <summary>Completes Patient's Sex (0010,0040): the enumerated values of PS3.3 C.7.1.1.</summary>
public sealed class PatientSexCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Beginning(wordToComplete, [("M", "male"), ("F", "female"), ("O", "other")]);
}
