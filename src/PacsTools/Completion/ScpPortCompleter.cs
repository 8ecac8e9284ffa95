using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using PacsTools.Services.Storage;

namespace PacsTools.Completion;

/// <summary>Completes the ports of the Storage SCPs that run in this process.</summary>
public sealed class ScpPortCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Beginning(wordToComplete, StorageScpRegistry.Shared.All.Select(scp => (scp.Port.ToString(CultureInfo.InvariantCulture), scp.ToString())));
}
