using System.Management.Automation;
using PacsTools.Completion;
using PacsTools.Pipeline;
using PacsTools.Services.Simulation;

namespace PacsTools.Commands;

/// <summary>Stops PACS simulators of this process: all, or those on the ports given. Their ports are free at once and what was stored to them privately is gone.</summary>
[Cmdlet(VerbsLifecycle.Stop, "PacsSimulator", SupportsShouldProcess = true)]
[OutputType(typeof(PacsSimulator))]
public sealed class StopPacsSimulatorCommand : AsyncCmdlet
{
    /// <summary>Only those on these ports; an object of Get-PacsSimulator brings its own.</summary>
    /// <value>All that run</value>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(SimulatorPortCompleter))]
    public int[] Port { get; set; } = [];

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var (found, missing) = RunningSimulators.Select(Port);
        foreach (var simulator in found)
        {
            if (!await pipeline.ShouldProcessAsync(simulator.ToString(), "Stop PACS simulator").ConfigureAwait(false)) continue;
            simulator.Stop();
            await pipeline.WriteObjectAsync(simulator).ConfigureAwait(false);
        }

        foreach (var error in missing) await pipeline.WriteErrorAsync(error).ConfigureAwait(false);
    }
}
