using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>
/// Retrieves single instances of a series from a PACS and emits each as it arrives; what did not come is emitted too, and is an error. Instances of one
/// series that come through the pipeline one after the other are asked for together.
/// </summary>
[Cmdlet(VerbsCommunications.Receive, "DicomInstance", DefaultParameterSetName = NodeSet, SupportsShouldProcess = true)]
[OutputType(typeof(DicomInstanceFile), typeof(DicomRetrieveReport))]
public sealed class ReceiveDicomInstanceCommand : ReceiveCommand
{
    // So many that the request costs little, so few that the first arrive while the query before still runs.
    private const int Together = 50;

    private readonly List<string> _waiting = [];
    private RetrieveRequest? _request;

    /// <summary>The instances, by SOP Instance UID (0008,0018). An empty one is refused.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [UidTransformation("SOPInstanceUID")]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] SOPInstanceUID { get; set; } = [];

    /// <summary>The series the instances belong to, by Series Instance UID (0020,000E).</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string SeriesInstanceUID { get; set; } = "";

    /// <summary>The study the series belongs to, by Study Instance UID (0020,000D).</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StudyInstanceID")]
    [AllowEmptyString]
    public string StudyInstanceUID { get; set; } = "";

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (NullIfEmpty(StudyInstanceUID) is not { } study) throw EmptyUid(nameof(StudyInstanceUID));
        if (NullIfEmpty(SeriesInstanceUID) is not { } series) throw EmptyUid(nameof(SeriesInstanceUID));
        if (SOPInstanceUID.Length == 0) throw EmptyUid(nameof(SOPInstanceUID));
        var request = Request(study) with { Level = RetrieveLevel.Image, SeriesInstanceUIDs = [series] };
        foreach (var uid in SOPInstanceUID)
        {
            if (string.IsNullOrWhiteSpace(uid))
            {
                await pipeline.WriteErrorAsync(ErrorMap.ToRecord(EmptyUid(nameof(SOPInstanceUID)), request.Node)).ConfigureAwait(false);
                continue;
            }

            if (!IsOfSame(request) || _waiting.Count == Together) await AskAsync(pipeline, cancellationToken).ConfigureAwait(false);
            _request = request;
            _waiting.Add(uid);
        }
    }

    private protected override async Task EndProcessingAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        await AskAsync(pipeline, cancellationToken).ConfigureAwait(false);
        await FinishAsync(cancellationToken).ConfigureAwait(false);
    }

    private bool IsOfSame(RetrieveRequest request) => _request is { } last
        && last.Node == request.Node && last.StudyInstanceUID == request.StudyInstanceUID && last.SeriesInstanceUIDs[0] == request.SeriesInstanceUIDs[0] && last.PatientID == request.PatientID;

    private async Task AskAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (_waiting.Count == 0) return;
        string[] uids = [.. _waiting.Distinct(StringComparer.Ordinal)];
        _waiting.Clear();
        var what = uids.Length == 1 ? $"instance {uids[0]}" : $"{uids.Length} instances of series {_request!.SeriesInstanceUIDs[0]}";
        await RunBesideAsync(pipeline, _request! with { SOPInstanceUIDs = uids }, what, uids.Length == 1 ? uids[0] : _request!.SeriesInstanceUIDs[0], cancellationToken).ConfigureAwait(false);
    }
}
