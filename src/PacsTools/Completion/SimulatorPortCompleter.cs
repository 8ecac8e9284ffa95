using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Management.Automation.Language;
using PacsTools.Services.Simulation;

namespace PacsTools.Completion;

/// <summary>Completes the ports of the PACS simulators that run in this process.</summary>
public sealed class SimulatorPortCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Candidates.Beginning(wordToComplete, PacsSimulatorRegistry.Shared.All.Select(simulator => (simulator.Port.ToString(CultureInfo.InvariantCulture), simulator.ToString())));
}
