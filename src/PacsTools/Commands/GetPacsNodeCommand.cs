using System.Management.Automation;
using PacsTools.Completion;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;

namespace PacsTools.Commands;

/// <summary>Shows the nodes that have been given names by Register-PacsNode.</summary>
[Cmdlet(VerbsCommon.Get, "PacsNode")]
[OutputType(typeof(PacsNode))]
public sealed class GetPacsNodeCommand : AsyncCmdlet
{
    /// <summary>Only those of these names; wildcards are allowed.</summary>
    /// <value>All nodes</value>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = ["*"];

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var (found, errors) = RegisteredNodes.Select(Name);
        foreach (var node in found) await pipeline.WriteObjectAsync(node).ConfigureAwait(false);
        foreach (var error in errors) await pipeline.WriteErrorAsync(error).ConfigureAwait(false);
    }
}
