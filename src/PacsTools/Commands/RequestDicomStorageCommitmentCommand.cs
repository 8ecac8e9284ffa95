using System.Management.Automation;
using System.Threading.Channels;
using PacsTools.Binding;
using PacsTools.Dicom.Dimse;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;
using PacsTools.Services.Sending;

namespace PacsTools.Commands;

/// <summary>
/// Asks an archive to take the responsibility for instances it stores (storage commitment push model, PS3.4 J), and tells of each what it
/// answered. Only what is committed may be deleted elsewhere. The archive reports on the same association or calls this machine
/// back: it must know our calling AE title with the port of a Storage SCP of this session. Not committed is an error.
/// </summary>
[Cmdlet(VerbsLifecycle.Request, "DicomStorageCommitment", DefaultParameterSetName = NodeSet, SupportsShouldProcess = true)]
[OutputType(typeof(DicomCommitmentResult))]
public sealed class RequestDicomStorageCommitmentCommand : SendingCommand
{
    private const int ItemsAhead = 1024;

    private readonly Channel<CommitmentItem> _items = Channel.CreateBounded<CommitmentItem>(ItemsAhead);
    private readonly HashSet<(string Instance, string? Path)> _given = [];
    private bool _started;
    private bool _named;
    private string? _knownPath;

    /// <summary>An instance, by SOP Instance UID (0008,0018); with -SOPClassUID, or with a file that tells the class.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    public string? SOPInstanceUID { get; set; }

    /// <summary>SOP Class UID (0008,0016) of the instance.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    [AllowNull]
    [ArgumentCompleter(typeof(Completion.SopClassUidCompleter))]
    public string? SOPClassUID { get; set; }

    /// <summary>How many instances are asked about in one transaction.</summary>
    [Parameter]
    [ValidateRange(1, 10000)]
    public int BatchSize { get; set; } = 500;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (!HasInput && !IsGiven(nameof(SOPInstanceUID)))
            throw Arguments.Invalid("Give the instances to ask about: -SOPInstanceUID with -SOPClassUID, -Path, -LiteralPath or the pipeline.");
    }

    private protected override void TakeInput()
    {
        // An object with UIDs needs no file: it may have been moved or deleted since.
        _knownPath = KnownPath();
        if (HasUids) return;
        _named = !string.IsNullOrWhiteSpace(SOPInstanceUID) && _knownPath is null;
        if (!_named) TakePaths();
    }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (HasUids)
        {
            await AskAsync(pipeline, new CommitmentItem(SOPClassUID!.Trim(), SOPInstanceUID!.Trim(), _knownPath), cancellationToken).ConfigureAwait(false);
            return;
        }

        await ReportPathErrorsAsync(pipeline).ConfigureAwait(false);
        if (_named)
        {
            var error = new CommitmentException("Commitment.NoInstance", "An instance is named by its SOP Class UID and its SOP Instance UID; the class is missing.") { Advice = "Give both, or the file." };
            await pipeline.WriteErrorAsync(ErrorMap.ToRecord(error, SOPInstanceUID)).ConfigureAwait(false);
            return;
        }

        foreach (var file in Files())
        {
            OutgoingFile scanned;
            try
            {
                scanned = OutgoingFile.Scan(file);
            }
            catch (SendException e)
            {
                await pipeline.WriteErrorAsync(ErrorMap.ToRecord(e, file)).ConfigureAwait(false);
                continue;
            }

            await AskAsync(pipeline, new CommitmentItem(scanned.SOPClassUID, scanned.SOPInstanceUID, file), cancellationToken).ConfigureAwait(false);
        }

        await ReportPathErrorsAsync(pipeline).ConfigureAwait(false);
    }

    private protected override void EndInput() => _items.Writer.TryComplete();

    private bool HasUids => !string.IsNullOrWhiteSpace(SOPInstanceUID) && !string.IsNullOrWhiteSpace(SOPClassUID);

    // Of an object without any path PowerShell makes a text and calls that one.
    private string? KnownPath() => LiteralPath.Length > 0
        ? FileSystemPath.TryResolve(SessionState, LiteralPath[0]) ?? LiteralPath[0]
        : Path.Select(p => FileSystemPath.TryResolve(SessionState, p)).FirstOrDefault(File.Exists);

    private async Task AskAsync(IPipeline pipeline, CommitmentItem item, CancellationToken cancellationToken)
    {
        if (!_given.Add((item.SOPInstanceUID, item.Path))) return;
        var node = Target;
        if (!await pipeline.ShouldProcessAsync(item.SOPInstanceUID, $"Request storage commitment of {node}").ConfigureAwait(false)) return;
        if (!_started) Start(pipeline, node);
        _started = true;
        if (!await _items.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false)) return;
        _items.Writer.TryWrite(item);
    }

    private void Start(IPipeline pipeline, PacsNode node) => pipeline.RunBeside(
        async stop =>
        {
            try
            {
                var log = new PipelineJobLog(pipeline);
                var request = CommitmentRequest(node, log) with { BatchSize = BatchSize };
                await foreach (var outcome in new CommitmentJob().RunAsync(request, _items.Reader, log, stop).ConfigureAwait(false))
                {
                    await pipeline.WriteObjectAsync(outcome.Result).ConfigureAwait(false);
                    if (outcome.Error is null) continue;
                    var about = outcome.Error is CommitmentException ? null : node.ToString();
                    await pipeline.WriteErrorAsync(ErrorMap.ToRecord(outcome.Error, outcome.Item.Path ?? outcome.Item.SOPInstanceUID, about, DimseService.NAction)).ConfigureAwait(false);
                }
            }
            finally
            {
                _items.Writer.TryComplete();
            }
        },
        node);
}
