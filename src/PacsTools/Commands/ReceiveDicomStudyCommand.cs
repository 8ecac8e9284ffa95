using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>
/// Retrieves studies from a PACS and emits every instance as it arrives. Beside that the archive is asked what it has (PS3.4 C.4.1), and
/// whatever of it did not come is emitted too, and is an error.
/// </summary>
[Cmdlet(VerbsCommunications.Receive, "DicomStudy", DefaultParameterSetName = NodeSet, SupportsShouldProcess = true)]
[OutputType(typeof(DicomInstanceFile), typeof(DicomRetrieveReport))]
public sealed class ReceiveDicomStudyCommand : ReceiveCommand
{
    /// <summary>The studies, by Study Instance UID (0020,000D). An empty one is refused.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("StudyInstanceID")]
    [UidTransformation("StudyInstanceUID")]
    [AllowEmptyString]
    [AllowEmptyCollection]
    public string[] StudyInstanceUID { get; set; } = [];

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (StudyInstanceUID.Length == 0) throw EmptyUid(nameof(StudyInstanceUID));
        foreach (var request in Array.ConvertAll(StudyInstanceUID, Request))
        {
            if (string.IsNullOrWhiteSpace(request.StudyInstanceUID))
                await pipeline.WriteErrorAsync(ErrorMap.ToRecord(EmptyUid(nameof(StudyInstanceUID)), request.Node)).ConfigureAwait(false);
            else
                await RunBesideAsync(pipeline, request, $"study {request.StudyInstanceUID}", request.StudyInstanceUID, cancellationToken).ConfigureAwait(false);
        }
    }
}
