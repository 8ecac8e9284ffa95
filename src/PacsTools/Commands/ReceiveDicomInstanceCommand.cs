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

    /// <summary>
    /// The series the instances belong to, by Series Instance UID (0020,000E). It and the study may be left out if the node has a DicomWebUri and -Method lets
    /// it be used: then the archive is asked.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string SeriesInstanceUID { get; set; } = "";

    /// <summary>The study the series belongs to, by Study Instance UID (0020,000D).</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StudyInstanceID")]
    [AllowEmptyString]
    public string StudyInstanceUID { get; set; } = "";

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (SOPInstanceUID.Length == 0) throw EmptyUid(nameof(SOPInstanceUID));
        var (study, series) = (NullIfEmpty(StudyInstanceUID), NullIfEmpty(SeriesInstanceUID));
        var isKnown = study is not null && series is not null;
        var common = (isKnown ? Request(study!) : ByUidAlone(study is null ? nameof(StudyInstanceUID) : nameof(SeriesInstanceUID))) with { Level = RetrieveLevel.Image };
        foreach (var uid in SOPInstanceUID)
        {
            if (string.IsNullOrWhiteSpace(uid))
            {
                await pipeline.WriteErrorAsync(ErrorMap.ToRecord(EmptyUid(nameof(SOPInstanceUID)), common.Node)).ConfigureAwait(false);
                continue;
            }

            var request = isKnown ? common with { SeriesInstanceUIDs = [series!] } : await FindAsync(pipeline, common, uid, cancellationToken).ConfigureAwait(false);
            if (request is null) continue;
            if (!IsOfSame(request) || _waiting.Count == Together) await AskAsync(pipeline, cancellationToken).ConfigureAwait(false);
            _request = request;
            _waiting.Add(uid);
        }
    }

    private protected override Task EndProcessingAsync(IPipeline pipeline, CancellationToken cancellationToken) => AskAsync(pipeline, cancellationToken);

    private static Task<RetrieveRequest?> FindAsync(IPipeline pipeline, RetrieveRequest request, string uid, CancellationToken cancellationToken) => FindAsync(
        pipeline,
        async (lookup, log) =>
        {
            var (study, series) = await lookup.ParentsOfInstanceAsync(request, uid, log, cancellationToken).ConfigureAwait(false);
            return request with { StudyInstanceUID = study, SeriesInstanceUIDs = [series] };
        },
        uid,
        request.Node);

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
