using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Output;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;

namespace PacsTools.Commands;

/// <summary>Asks a PACS for studies (C-FIND at level STUDY, PS3.4 C.4.1) and emits them as they arrive. Ending the pipeline early ends the query on the wire.</summary>
[Cmdlet(VerbsCommon.Find, "DicomStudy", DefaultParameterSetName = NodeSet)]
[OutputType(typeof(DicomStudy), typeof(DicomDataset))]
public sealed partial class FindDicomStudyCommand : PacsCmdlet
{
    /// <summary>More return keys, by keyword or gggg,eeee; they become properties of the results.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Completion.KeywordCompleter))]
    public string[]? Property { get; set; }

    /// <summary>Ends the query, on the wire too, after so many results.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxResults { get; set; }

    /// <summary>The information model: Study Root, or Patient Root for archives that offer nothing else.</summary>
    [Parameter]
    public QueryModel QueryModel { get; set; }

    /// <summary>The responses as they come, as data sets: nothing dropped, nothing merged.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var node = Target;
        if (IsGiven(nameof(QueryModel))) node = node with { QueryModel = QueryModel };
        var query = Query();
        var log = new PipelineJobLog(pipeline);
        try
        {
            await RunAsync(pipeline, node, query, log, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await pipeline.WriteErrorAsync(ErrorMap.ToRecord(error, node, node.ToString(), DimseService.Find)).ConfigureAwait(false);
        }
    }

    private async Task RunAsync(IPipeline pipeline, PacsNode node, StudyQuery query, PipelineJobLog log, CancellationToken cancellationToken)
    {
        var finder = new QueryFinder();
        if (Raw)
        {
            await foreach (var dataset in finder.FindRawAsync(node, query, log, cancellationToken).ConfigureAwait(false))
                await pipeline.WriteObjectAsync(dataset).ConfigureAwait(false);
            return;
        }

        var extra = new ExtraProperties(Property ?? []);
        await foreach (var study in finder.FindAsync(node, query, log, cancellationToken).ConfigureAwait(false))
            await pipeline.WriteObjectAsync(extra.AddTo(study, study.Dataset)).ConfigureAwait(false);
    }
}
