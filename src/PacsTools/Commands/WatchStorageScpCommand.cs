using System.Management.Automation;
using PacsTools.Completion;
using PacsTools.Pipeline;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>
/// Shows what arrives at Storage SCPs of this process, while it arrives: one DicomInstanceFile an instance, or with -StudyQuietSeconds one DicomStudyArrival
/// a study that has fallen silent. It goes on until -Count, -TimeoutSeconds, Ctrl+C, Select-Object -First, or the stop of the Storage SCPs.
/// Several may watch at once, each sees everything, and none delays a sender. What came before the watch began is not shown.
/// </summary>
[Cmdlet(VerbsCommon.Watch, "StorageScp")]
[OutputType(typeof(DicomInstanceFile), typeof(DicomStudyArrival))]
public sealed class WatchStorageScpCommand : AsyncCmdlet
{
    private readonly HashSet<StorageScp> _chosen = [];
    private readonly List<StorageScpException> _missing = [];

    /// <summary>Only the Storage SCPs on these ports; all that run without it.</summary>
    /// <value>All that run</value>
    [Parameter(Position = 0)]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(ScpPortCompleter))]
    public int[] Port { get; set; } = [];

    /// <summary>The Storage SCPs to watch, as Start-StorageScp and Get-StorageScp emit them.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNullOrEmpty]
    public StorageScp[] StorageScp { get; set; } = [];

    /// <summary>Ends after so many instances, or studies, of which something is kept. Fewer by the end of the time or the stop of the Storage SCP are an error.</summary>
    /// <value>No limit</value>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; }

    /// <summary>
    /// Ends after so many seconds. With fewer arrivals than -Count by then the error is StorageScp.WatchTimeout; without -Count the end is a quiet one, unless studies
    /// had begun to arrive that have not fallen silent.
    /// </summary>
    /// <value>No limit</value>
    [Parameter]
    [Alias("Timeout")]
    [ValidateRange(0.001, 2_000_000.0)]
    public double TimeoutSeconds { get; set; }

    /// <summary>Shows studies instead of instances: each once nothing of it has come for so many seconds and nothing of it is on its way.</summary>
    /// <value>None: instances are shown</value>
    [Parameter]
    [ValidateRange(0.001, 86400.0)]
    public double StudyQuietSeconds { get; set; }

    // Everything that is piped is watched at once, by one watch.
    private protected override void TakeInput()
    {
        _chosen.UnionWith(StorageScp);
        if (Port.Length == 0 && StorageScp.Length > 0) return;
        var (found, missing) = RunningScps.Select(Port);
        _chosen.UnionWith(found);
        _missing.AddRange(missing);
        Port = [];
    }

    private protected override async Task EndProcessingAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (_chosen.Count == 0 && _missing.Count == 0 && !MyInvocation.ExpectingInput) _missing.Add(RunningScps.None());
        foreach (var error in _missing) await pipeline.WriteErrorAsync(ErrorMap.ToRecord(error, error.Port)).ConfigureAwait(false);
        if (_chosen.Count == 0) return;
        using ArrivalWatch watch = IsGiven(nameof(StudyQuietSeconds))
            ? new StudyWatch(TimeProvider.System, TimeSpan.FromSeconds(StudyQuietSeconds))
            : new InstanceWatch(TimeProvider.System);
        watch.Watch(_chosen);
        var bound = IsGiven(nameof(TimeoutSeconds)) ? TimeSpan.FromSeconds(TimeoutSeconds) : (TimeSpan?)null;
        await foreach (var item in watch.ReadAsync(IsGiven(nameof(Count)) ? Count : null, bound, cancellationToken).ConfigureAwait(false))
        {
            if (item.Value is not null) await pipeline.WriteObjectAsync(item.Value).ConfigureAwait(false);
            if (item.Error is { } error) await pipeline.WriteErrorAsync(ErrorMap.ToRecord(error, _chosen.Count == 1 ? _chosen.First() : null)).ConfigureAwait(false);
        }
    }
}
