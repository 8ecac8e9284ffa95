using System.Management.Automation;
using System.Text;
using PacsTools.Binding;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Output;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Resilience;

namespace PacsTools.Commands;

/// <summary>What every query has in common, whatever it asks for.</summary>
public abstract class FindCmdlet : PacsCmdlet
{
    /// <summary>More matching keys: @{ keyword or gggg,eeee = value }; a dot leads into a sequence.</summary>
    [Parameter]
    [FilterTransformation]
    public DicomFilter? Filter { get; set; }

    /// <summary>More return keys, by keyword or gggg,eeee; they become properties of the results.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(Completion.KeywordCompleter))]
    public string[]? Property { get; set; }

    /// <summary>Ends the query, on the wire too, after so many results.</summary>
    /// <value>No limit</value>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int MaxResults { get; set; }

    /// <summary>The information model: Study Root, or Patient Root for archives that offer nothing else.</summary>
    /// <value>That of the node, Study unless it was registered otherwise; Patient for Find-DicomPatient</value>
    [Parameter]
    public QueryModel QueryModel { get; set; }

    /// <summary>Asks the PACS for a relational query (PS3.4 C.5.1.1): keys of every level, without the UIDs above.</summary>
    [Parameter]
    public SwitchParameter RelationalQuery { get; set; }

    /// <summary>Asks the PACS for fuzzy matching of person names (PS3.4 C.5.1.1).</summary>
    [Parameter]
    public SwitchParameter FuzzyMatching { get; set; }

    /// <summary>Takes asterisks and question marks in keys for what they are; no wildcards.</summary>
    [Parameter]
    public SwitchParameter LiteralValue { get; set; }

    /// <summary>The number of results after which the PACS is known to stop; a query of studies over a range of dates is then divided until all have come.</summary>
    /// <value>None: the archive is taken to answer in full</value>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int PageSize { get; set; }

    /// <summary>How to read text whose character set the PACS does not declare: windows-1252, shift_jis, 1251.</summary>
    /// <value>ASCII; what does not fit shows as U+FFFD</value>
    [Parameter]
    [EncodingTransformation]
    public Encoding? FallbackEncoding { get; set; }

    /// <summary>The responses as they come, as data sets: nothing dropped, nothing merged.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Runs a query and emits its results, after them its error if there is one.</summary>
    /// <param name="given">The keys of this kind of query.</param>
    /// <param name="datasetOf">The response behind a result.</param>
    /// <param name="pipeline">Where the results go.</param>
    /// <param name="cancellationToken">Stops the query on the wire.</param>
    private protected async Task FindAsync<T>(DicomQuery<T> given, Func<T, DicomDataset> datasetOf, IPipeline pipeline, CancellationToken cancellationToken)
        where T : class
    {
        var query = (DicomQuery<T>)WithCommon(given);
        var node = IsGiven(nameof(QueryModel)) ? Target with { QueryModel = QueryModel } : Target;
        try
        {
            await EmitAsync(node, query, datasetOf, pipeline, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            await pipeline.WriteErrorAsync(ErrorMap.ToRecord(error, node, node.ToString(), DimseService.Find)).ConfigureAwait(false);
        }
    }

    /// <summary>A key that may come from the pipeline by name; null if it was not given.</summary>
    /// <exception cref="QueryKeyException">It came empty.</exception>
    private protected string? Text(string? value, string name, bool besideUid) =>
        PipelineKeys.Text(value, name, IsFromPipeline(name), besideUid);

    /// <summary>UIDs that may come from the pipeline by name; empty if they were not given.</summary>
    /// <exception cref="QueryKeyException">One came empty.</exception>
    private protected string[] Uids(string[]? value, string name) => PipelineKeys.Uids(value, name, IsFromPipeline(name));

    private DicomQuery WithCommon(DicomQuery query) => query with
    {
        Filter = FilterKeys.Read(Filter),
        Property = Property ?? [],
        MaxResults = IsGiven(nameof(MaxResults)) ? MaxResults : null,
        Model = IsGiven(nameof(QueryModel)) ? QueryModel : null,
        Relational = RelationalQuery,
        Fuzzy = FuzzyMatching,
        LiteralValue = LiteralValue,
        PageSize = IsGiven(nameof(PageSize)) ? PageSize : null,
        FallbackEncoding = FallbackEncoding,
        Retry = new RetryPolicy(Retries),
    };

    private async Task EmitAsync<T>(PacsNode node, DicomQuery<T> query, Func<T, DicomDataset> datasetOf, IPipeline pipeline, CancellationToken cancellationToken)
        where T : class
    {
        var finder = new QueryFinder();
        var log = new PipelineJobLog(pipeline);
        if (Raw)
        {
            await foreach (var dataset in finder.FindRawAsync(node, query, log, cancellationToken).ConfigureAwait(false))
                await pipeline.WriteObjectAsync(dataset).ConfigureAwait(false);
            return;
        }

        var extra = new ExtraProperties(Property ?? []);
        await foreach (var result in finder.FindAsync(node, query, log, cancellationToken).ConfigureAwait(false))
            await pipeline.WriteObjectAsync(extra.AddTo(result, datasetOf(result))).ConfigureAwait(false);
    }
}
