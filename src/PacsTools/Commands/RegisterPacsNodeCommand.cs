using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Completion;
using PacsTools.Dicom.Dimse;
using PacsTools.Pipeline;
using PacsTools.Services;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Commands;

/// <summary>
/// Gives a PACS a name, under which every -Node finds it from then on, in every session of this user. The PACS is asked first whether
/// it is there (C-ECHO) and what it can do, and the answers are kept with the name. Passwords and tokens are not.
/// </summary>
[Cmdlet(VerbsLifecycle.Register, "PacsNode", DefaultParameterSetName = NodeSet, SupportsShouldProcess = true)]
[OutputType(typeof(PacsNode))]
public sealed class RegisterPacsNodeCommand : PacsCmdlet
{
    /// <summary>The name: letters, digits, '_', '-' and '.'.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NodeCompleter))]
    [ValidateNotNullOrEmpty]
    public string Name { get; set; } = "";

    /// <summary>The PACS: <c>AE@host:port</c>, <c>host:port</c>, a PacsNode, or any object or hashtable with a Node or with HostName, Port and CalledAETitle.</summary>
    [Parameter(ParameterSetName = NodeSet, Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [NodeTransformation]
    [ArgumentCompleter(typeof(NodeCompleter))]
    public override PacsNode? Node { get; set; }

    /// <summary>The information model to ask it in: Study Root, or Patient Root for archives that offer nothing else.</summary>
    /// <value>Study</value>
    [Parameter]
    public QueryModel QueryModel { get; set; }

    /// <summary>AE title of the Storage SCP this PACS knows us by as a move destination.</summary>
    /// <value>RIS_STORE_SCP, or PACSTOOLS_SCP_AET, when it is used</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ScpAETitle { get; set; }

    /// <summary>Port of that Storage SCP.</summary>
    /// <value>11113, or PACSTOOLS_SCP_PORT, when it is used</value>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int ScpPort { get; set; }

    /// <summary>Do not ask the PACS anything; nothing is known of what it can do then.</summary>
    [Parameter]
    public SwitchParameter SkipTest { get; set; }

    /// <summary>Replace a node of the same name, and register one that does not answer.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override object? CurrentTarget => Name;

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var node = Arguments.Check(Given, Name);
        var registry = NodeRegistry.Current;
        var log = new PipelineJobLog(pipeline);
        NodeName.Check(Name);
        if (!Force && IsTaken(registry)) throw NodeRegistry.AlreadyRegistered(Name);
        if (!await pipeline.ShouldProcessAsync($"{Name} = {node.Address}", "Register PACS node").ConfigureAwait(false)) return;
        if (!SkipTest)
        {
            if (await TestAsync(node, pipeline, log, cancellationToken).ConfigureAwait(false) is not { } tested) return;
            node = tested;
        }

        registry.Put(node, Force, log);
        await pipeline.WriteVerboseAsync(
            $"For C-MOVE {node.CalledAETitle} must know the AE title {node.ScpAETitle ?? PacsDefaults.ScpAETitle} at this host, port {node.ScpPort ?? PacsDefaults.ScpPort}, "
            + $"and, if it checks callers, {node.CallingAETitle}.").ConfigureAwait(false);
        await pipeline.WriteObjectAsync(registry.Get(Name)).ConfigureAwait(false);
    }

    private PacsNode Given()
    {
        var node = Target with { Name = Name, Capabilities = null };
        if (IsGiven(nameof(QueryModel))) node = node with { QueryModel = QueryModel };
        if (ScpAETitle is not null) node = node with { ScpAETitle = ScpAETitle };
        if (IsGiven(nameof(ScpPort))) node = node with { ScpPort = ScpPort };
        return node;
    }

    // A damaged registry holds no names; the registering puts it aside and says so.
    private bool IsTaken(NodeRegistry registry)
    {
        try
        {
            return registry.Contains(Name);
        }
        catch (NodeRegistryException error) when (error.Id == "NodeStore.Damaged")
        {
            return false;
        }
    }

    // Null if it is not to be registered; the error has been written.
    private async Task<PacsNode?> TestAsync(PacsNode node, IPipeline pipeline, IJobLog log, CancellationToken cancellationToken)
    {
        try
        {
            var echo = await FirstAsync(new EchoScu().EchoAsync(node, cancellationToken: cancellationToken)).ConfigureAwait(false);
            if (echo.Error is { } error)
            {
                if (!Force || echo.AssociationTime is null) throw error;
                await pipeline.WriteWarningAsync($"{Name} is registered although it did not answer the C-ECHO well: {error.Message}").ConfigureAwait(false);
            }

            var found = await new CapabilityProbe().ProbeAsync(node, CapabilityClasses.All, new RetryPolicy(Retries), log, cancellationToken).ConfigureAwait(false);
            return node with { Capabilities = found };
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var record = ErrorMap.ToRecord(error, node, node.Address, DimseService.Echo);
            if (Force)
            {
                await pipeline.WriteWarningAsync($"{Name} is registered although nothing could be found out about it: {record}").ConfigureAwait(false);
                return node;
            }

            await pipeline.WriteErrorAsync(record).ConfigureAwait(false);
            return null;
        }
    }

    private static async Task<EchoResult> FirstAsync(IAsyncEnumerable<EchoResult> results)
    {
        await foreach (var result in results.ConfigureAwait(false)) return result;
        throw new InvalidOperationException("An echo always has a result.");
    }
}
