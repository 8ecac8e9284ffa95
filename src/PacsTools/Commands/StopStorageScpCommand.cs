using System.Management.Automation;
using PacsTools.Completion;
using PacsTools.Pipeline;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>Stops Storage SCPs of this process: all, or those on the ports given. What they had received whole stays.</summary>
[Cmdlet(VerbsLifecycle.Stop, "StorageScp", SupportsShouldProcess = true)]
[OutputType(typeof(StorageScp))]
public sealed class StopStorageScpCommand : AsyncCmdlet
{
    /// <summary>Only those on these ports; an object of Get-StorageScp brings its own.</summary>
    /// <value>All that run</value>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(ScpPortCompleter))]
    public int[] Port { get; set; } = [];

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var (found, missing) = RunningScps.Select(Port);
        foreach (var scp in found)
        {
            if (!await pipeline.ShouldProcessAsync(scp.ToString(), "Stop Storage SCP").ConfigureAwait(false)) continue;
            StorageScpRegistry.Shared.Stop(scp);
            await pipeline.WriteObjectAsync(scp).ConfigureAwait(false);
        }

        foreach (var error in missing) await pipeline.WriteErrorAsync(ErrorMap.ToRecord(error, error.Port)).ConfigureAwait(false);
    }
}
