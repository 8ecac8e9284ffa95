using System.Management.Automation;
using PacsTools.Completion;
using PacsTools.Pipeline;
using PacsTools.Services.Simulation;

namespace PacsTools.Commands;

/// <summary>Shows the PACS simulators that run in this process, whichever runspace started them.</summary>
[Cmdlet(VerbsCommon.Get, "PacsSimulator")]
[OutputType(typeof(PacsSimulator))]
public sealed class GetPacsSimulatorCommand : AsyncCmdlet
{
    /// <summary>Only those on these ports.</summary>
    /// <value>All that run</value>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(SimulatorPortCompleter))]
    public int[] Port { get; set; } = [];

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var (found, missing) = RunningSimulators.Select(Port);
        foreach (var simulator in found) await pipeline.WriteObjectAsync(simulator).ConfigureAwait(false);
        foreach (var error in missing) await pipeline.WriteErrorAsync(error).ConfigureAwait(false);
    }
}
