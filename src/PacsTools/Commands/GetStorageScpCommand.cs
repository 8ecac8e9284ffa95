using System.Management.Automation;
using PacsTools.Completion;
using PacsTools.Pipeline;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>Shows the Storage SCPs that run in this process, whichever runspace started them.</summary>
[Cmdlet(VerbsCommon.Get, "StorageScp")]
[OutputType(typeof(StorageScp))]
public sealed class GetStorageScpCommand : AsyncCmdlet
{
    /// <summary>Only those on these ports.</summary>
    /// <value>All that run</value>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(ScpPortCompleter))]
    public int[] Port { get; set; } = [];

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var (found, missing) = RunningScps.Select(Port);
        foreach (var scp in found) await pipeline.WriteObjectAsync(scp).ConfigureAwait(false);
        foreach (var error in missing) await pipeline.WriteErrorAsync(ErrorMap.ToRecord(error, error.Port)).ConfigureAwait(false);
    }
}
