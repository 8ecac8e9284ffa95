using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Dimse;
using PacsTools.Pipeline;
using PacsTools.Services.Copying;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;

namespace PacsTools.Commands;

/// <summary>
/// Copies studies from a PACS to another: by way of this host, where every instance counts that the destination has acknowledged, or by a C-MOVE to an AE
/// title the PACS knows, where the PACS's own counters are all there is. One report a study; what was not copied is an error.
/// </summary>
[Cmdlet(VerbsCommon.Copy, "DicomStudy", DefaultParameterSetName = NodeSet, SupportsShouldProcess = true)]
[OutputType(typeof(DicomRetrieveReport))]
public sealed class CopyDicomStudyCommand : RetrieveCommand
{
    /// <summary>The studies, by Study Instance UID (0020,000D). An empty one is refused.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StudyInstanceID")]
    [UidTransformation("StudyInstanceUID")]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] StudyInstanceUID { get; set; } = [];

    /// <summary>
    /// The node to copy to, in the forms of -Node. Instances are received and sent on at once; a few lie in temporary storage in between. Never taken from
    /// the pipeline: what was found knows where it is, not where it should go.
    /// </summary>
    [Parameter]
    [NodeTransformation]
    [ArgumentCompleter(typeof(Completion.NodeCompleter))]
    public PacsNode? DestinationNode { get; set; }

    /// <summary>The AE title the PACS is to send to by itself; it must know host and port of it. Nothing comes to this host.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DestinationAETitle { get; set; }

    /// <summary>Continue a copy: the destination is asked what it has of the study, and that is not copied again. Its list is believed; no data set is compared.</summary>
    [Parameter]
    public SwitchParameter Resume { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        base.Begin();
        if (DestinationNode is null == DestinationAETitle is null)
            throw Arguments.Invalid("Give one destination: -DestinationNode to copy by way of this host, or -DestinationAETitle to let the PACS send to an AE title it knows.");
        if (DestinationAETitle is null) return;
        string[] ofRelay = [nameof(Method), nameof(StorageScp), nameof(ScpAETitle), nameof(ScpPort), nameof(MaxRate), nameof(Resume)];
        if (Array.Find(ofRelay, IsGiven) is { } given)
            throw Arguments.Invalid($"-{given} is about copies by way of this host; with -DestinationAETitle nothing comes here.", DestinationAETitle);
        DestinationAETitle = Arguments.Check(() => TitleText.Check(DestinationAETitle, "destination AE title"), DestinationAETitle);
    }

    private protected override RetrieveRequest Request(string study) => base.Request(study) with { Resume = Resume };

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (StudyInstanceUID.Length == 0) throw EmptyUid(nameof(StudyInstanceUID));
        foreach (var source in Array.ConvertAll(StudyInstanceUID, Request))
        {
            var study = source.StudyInstanceUID;
            var request = new CopyRequest { Source = source, DestinationNode = DestinationOf(source.Node), DestinationAETitle = DestinationAETitle };
            if (string.IsNullOrWhiteSpace(study))
            {
                await pipeline.WriteErrorAsync(ErrorMap.ToRecord(EmptyUid(nameof(StudyInstanceUID)), source.Node)).ConfigureAwait(false);
                continue;
            }

            StudyCopier.CheckDestination(request);
            if (!await pipeline.ShouldProcessAsync($"study {study} from {source.Node} to {request.Destination}", "Copy").ConfigureAwait(false)) continue;
            await RunBesideAsync(pipeline, (number, stop) => CopyAsync(pipeline, request, number, stop), study, cancellationToken).ConfigureAwait(false);
        }
    }

    // What was told about us and about time holds towards both.
    private PacsNode? DestinationOf(PacsNode source)
    {
        if (DestinationNode is not { } node) return null;
        if (CallingAETitle is not null && node.CallingAETitle == PacsDefaults.CallingAETitle) node = node with { CallingAETitle = source.CallingAETitle };
        return IsGiven(nameof(TimeoutSeconds)) ? node with { Timeout = node.Timeout ?? source.Timeout } : node;
    }

    private static async Task CopyAsync(IPipeline pipeline, CopyRequest request, int number, CancellationToken cancellationToken)
    {
        try
        {
            var report = await new StudyCopier(AssociationPool.Shared).CopyAsync(request, new PipelineJobLog(pipeline, number), cancellationToken).ConfigureAwait(false);
            await pipeline.WriteObjectAsync(report).ConfigureAwait(false);
            if (report.Error is { } error) throw error;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            var record = ErrorMap.ToRecord(error, request.Source.StudyInstanceUID, request.Source.Node.ToString(), DimseService.Move);
            await pipeline.WriteErrorAsync(record).ConfigureAwait(false);
        }
    }
}
