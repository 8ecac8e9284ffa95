using System.Management.Automation;
using System.Threading.Channels;
using PacsTools.Binding;
using PacsTools.Dicom.Dimse;
using PacsTools.Pipeline;
using PacsTools.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;

namespace PacsTools.Commands;

/// <summary>
/// Sends DICOM files to an archive (C-STORE, PS3.4 B, or STOW-RS) as they lie on disk, and tells of each what the archive answered. What could not be
/// sent is an error, and the rest goes on. With -Commit the archive is asked to take the responsibility for what it stored (PS3.4 J).
/// </summary>
[Cmdlet(VerbsCommunications.Send, "DicomFile", DefaultParameterSetName = NodeSet, SupportsShouldProcess = true)]
[OutputType(typeof(DicomSendResult))]
public sealed class SendDicomFileCommand : SendingCommand
{
    private const int PathsAhead = 256;

    private readonly Channel<string> _paths = Channel.CreateBounded<string>(PathsAhead);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private bool _started;

    /// <summary>How many associations send at a time.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int ThrottleLimit { get; set; } = 1;

    /// <summary>The most bytes a second, all associations of the command together: 10MB.</summary>
    /// <value>No limit</value>
    [Parameter]
    [ValidateRange(1L, long.MaxValue)]
    public long MaxRate { get; set; }

    /// <summary>
    /// The road: C-STORE on associations, or STOW-RS to the DicomWebUri of the node. Auto sends by C-STORE and, if the node has a DicomWebUri and no association can be had
    /// (nothing answers there, or it is rejected), by STOW-RS what was not sent before; the Method and Reason of each result tell it.
    /// </summary>
    /// <value>Auto</value>
    [Parameter]
    public SendMethod Method { get; set; }

    /// <summary>Ask the archive for storage commitment of what it stored; not committed is an error. Results come with that answer.</summary>
    [Parameter]
    public SwitchParameter Commit { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (!HasInput) throw Arguments.Invalid("Give the files to send: -Path, -LiteralPath or the pipeline.");
        if (!Commit && (IsGiven(nameof(StorageScp)) || IsGiven(nameof(ScpAETitle)) || IsGiven(nameof(ScpPort))))
            throw Arguments.Invalid("-StorageScp, -ScpAETitle and -ScpPort are for the report of storage commitment: add -Commit.");
    }

    private protected override void TakeInput() => TakePaths();

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        await ReportPathErrorsAsync(pipeline).ConfigureAwait(false);
        var node = Target;
        foreach (var file in Files())
        {
            if (!_given.Add(file)) continue;
            if (!await pipeline.ShouldProcessAsync(file, $"Send to {node}").ConfigureAwait(false)) continue;
            if (!_started) Start(pipeline, node);
            _started = true;
            if (!await _paths.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false)) return;
            _paths.Writer.TryWrite(file);
        }

        await ReportPathErrorsAsync(pipeline).ConfigureAwait(false);
    }

    private protected override void EndInput() => _paths.Writer.TryComplete();

    private void Start(IPipeline pipeline, PacsNode node)
    {
        var request = new SendRequest
        {
            Node = node,
            Associations = ThrottleLimit,
            Retry = new RetryPolicy(Retries),
            Rate = IsGiven(nameof(MaxRate)) ? new RateLimit(MaxRate) : null,
        };
        pipeline.RunBeside(
            async stop =>
            {
                try
                {
                    await foreach (var report in Reports(request, new PipelineJobLog(pipeline), stop).ConfigureAwait(false))
                    {
                        if (report.Result is not null) await pipeline.WriteObjectAsync(report.Result).ConfigureAwait(false);
                        if (report.Error is null) continue;
                        var about = report.Error is SendException or CommitmentException ? null : node.ToString();
                        await pipeline.WriteErrorAsync(ErrorMap.ToRecord(report.Error, report.Path, about, ServiceOf(report))).ConfigureAwait(false);
                    }
                }
                finally
                {
                    _paths.Writer.TryComplete();
                }
            },
            node);
    }

    private IAsyncEnumerable<SendReport> Reports(SendRequest request, PipelineJobLog log, CancellationToken stop)
    {
        // Whether reports can arrive is made sure of before anything is sent.
        var commitment = Commit ? CommitmentRequest(request.Node, log) : null;
        var sent = Method switch
        {
            SendMethod.DicomWeb => new StowSender().SendAsync(request, _paths.Reader, log, stop),
            SendMethod.CStore => new FileSender().SendAsync(request, _paths.Reader, log, stop),
            _ => new AutoSender().SendAsync(request, _paths.Reader, log, stop),
        };
        return commitment is null ? sent : new CommittedSending().CommitAsync(sent, commitment, log, stop);
    }

    // What the archive stored and did not commit to was refused by an N-ACTION, if by a status.
    private static DimseService ServiceOf(SendReport report) => report.Result?.Outcome == SendOutcome.Failed ? DimseService.Store : DimseService.NAction;
}
