using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>
/// Retrieves studies from a PACS (C-MOVE to a Storage SCP of this session, PS3.4 C.4.2) and emits every instance as it arrives. What came
/// whole stays; what did not come is an error.
/// </summary>
[Cmdlet(VerbsCommunications.Receive, "DicomStudy", DefaultParameterSetName = NodeSet, SupportsShouldProcess = true)]
[OutputType(typeof(DicomInstanceFile), typeof(DicomRetrieveReport))]
public sealed class ReceiveDicomStudyCommand : PacsCmdlet
{
    // A consumer that lingers, or an upstream command that holds the pipeline's thread, must not keep an archive waiting for the answer to
    // a C-STORE until its own patience ends; it throttles only once a whole study's worth of records waits.
    private const int QueueLength = 4096;

    private SemaphoreSlim? _slots;
    private string? _destination;
    private PathLayout? _layout;
    private int _jobs;

    /// <summary>The studies, by Study Instance UID (0020,000D). An empty one is refused.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StudyInstanceID")]
    [UidTransformation("StudyInstanceUID")]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] StudyInstanceUID { get; set; } = [];

    /// <summary>Patient ID (0010,0020) of the studies; the Patient Root model needs it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? PatientID { get; set; }

    /// <summary>The information model: Study Root, or Patient Root for archives that offer nothing else.</summary>
    [Parameter]
    public QueryModel QueryModel { get; set; }

    /// <summary>The folder to put the files below, made if it is not there; without it they go to temporary storage and live an hour.</summary>
    [Parameter]
    [Alias("OutputPath", "OutputDirectory")]
    [ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>The place of a file below the destination: {StudyInstanceUID}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm, with any keyword in braces.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Layout { get; set; }

    /// <summary>The road by which instances are fetched.</summary>
    [Parameter]
    [ValidateSet("Auto", "CMove")]
    public RetrieveMethod Method { get; set; }

    /// <summary>How many studies to retrieve at a time.</summary>
    [Parameter]
    [ValidateRange(1, 100)]
    public int ThrottleLimit { get; set; } = 2;

    /// <summary>What to do if a file is there already.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }

    /// <summary>The Storage SCP to receive with, as Start-StorageScp returned it.</summary>
    [Parameter]
    [ValidateNotNull]
    public StorageScp? StorageScp { get; set; }

    /// <summary>AE title of the Storage SCP to receive with; one is started if none of this title runs.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ScpAETitle { get; set; }

    /// <summary>Port of the Storage SCP to receive with; one is started if none runs there.</summary>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int ScpPort { get; set; }

    /// <summary>One report a study instead of one object an instance.</summary>
    [Parameter]
    public SwitchParameter AsReport { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        _slots = new SemaphoreSlim(ThrottleLimit);
        _destination = Destination is null ? null : FileSystemPath.Resolve(SessionState, Destination, nameof(Destination));
        _layout = Layout is null ? null : Arguments.Check(() => PathLayout.Parse(Layout), Layout);
    }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (StudyInstanceUID.Length == 0) throw EmptyUid();
        // PowerShell changes the parameters for the next input object while these still run.
        foreach (var request in Array.ConvertAll(StudyInstanceUID, Request))
        {
            if (string.IsNullOrWhiteSpace(request.StudyInstanceUID))
            {
                await pipeline.WriteErrorAsync(ErrorMap.ToRecord(EmptyUid(), request.Node)).ConfigureAwait(false);
                continue;
            }

            var what = $"study {request.StudyInstanceUID} from {request.Node}";
            if (!await pipeline.ShouldProcessAsync(what, "Receive").ConfigureAwait(false)) continue;
            await _slots!.WaitAsync(cancellationToken).ConfigureAwait(false);
            var job = new ReceiveJob(pipeline, request, ++_jobs, AsReport);
            pipeline.RunBeside(async stop =>
            {
                try
                {
                    await job.RunAsync(stop).ConfigureAwait(false);
                }
                finally
                {
                    _slots.Release();
                }
            }, request.StudyInstanceUID);
        }
    }

    private static QueryKeyException EmptyUid() => new("Query.EmptyKey", nameof(StudyInstanceUID), "it is empty and would mean everything; nothing was sent.");

    private RetrieveRequest Request(string uid)
    {
        var node = Target;
        if (IsGiven(nameof(QueryModel))) node = node with { QueryModel = QueryModel };
        return new RetrieveRequest
        {
            Node = node,
            StudyInstanceUID = uid,
            PatientID = string.IsNullOrWhiteSpace(PatientID) ? null : PatientID,
            Method = Method,
            Destination = _destination,
            Layout = _layout,
            IfExists = IfExists,
            Scp = new StorageScpChoice(StorageScp, ScpAETitle, IsGiven(nameof(ScpPort)) ? ScpPort : null),
            Retry = new RetryPolicy(Retries),
            QueueLength = QueueLength,
        };
    }
}
