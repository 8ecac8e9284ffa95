using System.Management.Automation;
using PacsTools.Completion;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;

namespace PacsTools.Commands;

/// <summary>Takes the names of nodes away again. The nodes themselves are not touched.</summary>
[Cmdlet(VerbsLifecycle.Unregister, "PacsNode", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class UnregisterPacsNodeCommand : AsyncCmdlet
{
    /// <summary>The names; wildcards are allowed.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Name { get; set; } = [];

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var (found, errors) = RegisteredNodes.SelectNames(Name);
        foreach (var name in found)
        {
            if (await pipeline.ShouldProcessAsync(name, "Unregister PACS node").ConfigureAwait(false)) NodeRegistry.Current.Remove(name);
        }

        foreach (var error in errors) await pipeline.WriteErrorAsync(error).ConfigureAwait(false);
    }
}
