using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>Retrieves series of a study from a PACS and emits every instance as it arrives; what did not come is emitted too, and is an error.</summary>
[Cmdlet(VerbsCommunications.Receive, "DicomSeries", DefaultParameterSetName = NodeSet, SupportsShouldProcess = true)]
[OutputType(typeof(DicomInstanceFile), typeof(DicomRetrieveReport))]
public sealed class ReceiveDicomSeriesCommand : ReceiveCommand
{
    /// <summary>The series, by Series Instance UID (0020,000E). An empty one is refused.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [UidTransformation("SeriesInstanceUID")]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] SeriesInstanceUID { get; set; } = [];

    /// <summary>
    /// The study the series belong to, by Study Instance UID (0020,000D). It may be left out if the node has a DicomWebUri and -Method lets it be used: then
    /// the archive is asked.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("StudyInstanceID")]
    [AllowEmptyString]
    public string StudyInstanceUID { get; set; } = "";

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (SeriesInstanceUID.Length == 0) throw EmptyUid(nameof(SeriesInstanceUID));
        var study = NullIfEmpty(StudyInstanceUID);
        var request = (study is null ? ByUidAlone(nameof(StudyInstanceUID)) : Request(study)) with { Level = RetrieveLevel.Series };
        foreach (var uid in SeriesInstanceUID)
        {
            if (string.IsNullOrWhiteSpace(uid))
                await pipeline.WriteErrorAsync(ErrorMap.ToRecord(EmptyUid(nameof(SeriesInstanceUID)), request.Node)).ConfigureAwait(false);
            else if ((study is null ? await FindAsync(pipeline, request, uid, cancellationToken).ConfigureAwait(false) : request) is { } whole)
                await RunBesideAsync(pipeline, whole with { SeriesInstanceUIDs = [uid] }, $"series {uid}", uid, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Task<RetrieveRequest?> FindAsync(IPipeline pipeline, RetrieveRequest request, string uid, CancellationToken cancellationToken) => FindAsync(
        pipeline,
        async (lookup, log) => request with { StudyInstanceUID = await lookup.StudyOfSeriesAsync(request, uid, log, cancellationToken).ConfigureAwait(false) },
        uid,
        request.Node);
}
