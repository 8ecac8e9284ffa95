using System.Management.Automation;
using System.Threading.Channels;
using PacsTools.Binding;
using PacsTools.Dicom.Dimse;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Sending;

namespace PacsTools.Commands;

/// <summary>
/// Sends DICOM files to an archive (C-STORE, PS3.4 B) as they lie on disk, and tells of each what the archive answered. What could not be
/// sent is an error, and the rest goes on.
/// </summary>
[Cmdlet(VerbsCommunications.Send, "DicomFile", DefaultParameterSetName = NodeSet, SupportsShouldProcess = true)]
[OutputType(typeof(DicomSendResult))]
public sealed class SendDicomFileCommand : PacsCmdlet
{
    private const int PathsAhead = 256;

    private readonly Channel<string> _paths = Channel.CreateBounded<string>(PathsAhead);
    private readonly HashSet<string> _given = new(StringComparer.Ordinal);
    private readonly List<string> _found = [];
    private readonly List<ErrorRecord> _errors = [];
    private bool _started;

    /// <summary>
    /// The archive: <c>AE@host:port</c>, <c>host:port</c>, a PacsNode, or any object or hashtable with a Node or with HostName, Port and
    /// CalledAETitle. Never taken from the pipeline: a received file must not go back by accident to where it came from.
    /// </summary>
    [Parameter(ParameterSetName = NodeSet, Mandatory = true, Position = 0)]
    [NodeTransformation]
    public override PacsNode? Node { get; set; }

    /// <summary>Files and folders, with wildcards.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders whose names are taken as they are; what Get-ChildItem and Receive-DicomStudy emit binds here.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What is in the folders below, too. Folders from the pipeline are passed over without it, since Get-ChildItem emits them beside their files.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>How many associations send at a time.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int ThrottleLimit { get; set; } = 1;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        if (!IsGiven(nameof(Path)) && !IsGiven(nameof(LiteralPath)) && !MyInvocation.ExpectingInput)
            throw Arguments.Invalid("Give the files to send: -Path, -LiteralPath or the pipeline.");
    }

    private protected override void TakeInput()
    {
        _found.Clear();
        _errors.Clear();
        foreach (var path in LiteralPath) Find(path, literal: true, IsFromPipeline(nameof(LiteralPath)));

        // An object with both is one file: PowerShell binds each of its properties.
        if (LiteralPath.Length > 0 && IsFromPipeline(nameof(LiteralPath)) && IsFromPipeline(nameof(Path))) return;
        var piped = IsFromPipeline(nameof(Path));
        foreach (var path in Path) Find(path, piped ? null : false, piped);
    }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        foreach (var error in _errors) await pipeline.WriteErrorAsync(error).ConfigureAwait(false);
        _errors.Clear();
        var node = Target;
        foreach (var file in _found.SelectMany(f => FileInputs.Expand(f, Recurse, NoteUnreadable)))
        {
            if (!_given.Add(file)) continue;
            if (!await pipeline.ShouldProcessAsync(file, $"Send to {node}").ConfigureAwait(false)) continue;
            if (!_started) Start(pipeline, node);
            _started = true;
            if (!await _paths.Writer.WaitToWriteAsync(cancellationToken).ConfigureAwait(false)) return;
            _paths.Writer.TryWrite(file);
        }

        foreach (var error in _errors) await pipeline.WriteErrorAsync(error).ConfigureAwait(false);
    }

    private protected override void EndInput() => _paths.Writer.TryComplete();

    private void Find(string path, bool? literal, bool piped) =>
        _found.AddRange(FileInputs.Resolve(SessionState, path, literal, _errors).Where(f => !piped || Recurse || !Directory.Exists(f)));

    private void NoteUnreadable(string folder, Exception reason) => _errors.Add(ErrorMap.ToRecord(OutgoingFile.Unreadable(folder, reason), folder));

    private void Start(IPipeline pipeline, PacsNode node)
    {
        var request = new SendRequest { Node = node, Associations = ThrottleLimit, Retry = new RetryPolicy(Retries) };
        pipeline.RunBeside(
            async stop =>
            {
                try
                {
                    await foreach (var report in new FileSender().SendAsync(request, _paths.Reader, new PipelineJobLog(pipeline), stop).ConfigureAwait(false))
                    {
                        if (report.Result is not null) await pipeline.WriteObjectAsync(report.Result).ConfigureAwait(false);
                        if (report.Error is null) continue;
                        var about = report.Error is SendException ? null : node.ToString();
                        await pipeline.WriteErrorAsync(ErrorMap.ToRecord(report.Error, report.Path, about, DimseService.Store)).ConfigureAwait(false);
                    }
                }
                finally
                {
                    _paths.Writer.TryComplete();
                }
            },
            node);
    }
}
