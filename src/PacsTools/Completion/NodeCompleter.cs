using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation;

namespace PacsTools.Completion;

/// <summary>Completes nodes: the registered names and, for -Node, the simulators of this process. It reads a file and touches no network.</summary>
public sealed class NodeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var names = Registered().Select(node => (Text: node.Name!, Tip: node.Address));
        if (!parameterName.Equals("Name", StringComparison.OrdinalIgnoreCase))
            names = names.Concat(PacsSimulatorRegistry.Shared.All.Select(simulator => (Text: simulator.Node.Address, Tip: "simulator of this process")));
        return Candidates.Beginning(wordToComplete, names);
    }

    private static IReadOnlyList<PacsNode> Registered()
    {
        try
        {
            return NodeRegistry.Current.All(_ => { });
        }
        catch (NodeRegistryException)
        {
            // Whoever presses a key has no use for an error; the cmdlet will tell.
            return [];
        }
    }
}
