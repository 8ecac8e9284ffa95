using System.Runtime.CompilerServices;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>The whole of a query of any level: asked, streamed, checked, merged.</summary>
internal sealed class QueryFinder(FindScu? find = null, TimeProvider? timeProvider = null)
{
    private readonly FindScu _find = find ?? new FindScu(timeProvider: timeProvider);
    private readonly TimeProvider _timeProvider = timeProvider ?? TimeProvider.System;

    /// <summary>Results as they arrive, each once. Stopping the enumeration stops the query on the wire.</summary>
    /// <exception cref="QueryKeyException">A key cannot be sent; thrown at once, before anything is.</exception>
    /// <remarks>The enumeration throws what <see cref="FindScu.FindAsync"/> throws, after the results before the error.</remarks>
    public IAsyncEnumerable<T> FindAsync<T>(PacsNode node, DicomQuery<T> query, IJobLog log, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(query);
        return Run(node, query, query.Plan(_timeProvider, node.QueryModel), log, cancellationToken);
    }

    /// <summary>The responses as they come: nothing dropped, nothing merged; ignored keys are still warned about.</summary>
    /// <exception cref="QueryKeyException">A key cannot be sent; thrown at once, before anything is.</exception>
    public IAsyncEnumerable<DicomDataset> FindRawAsync(PacsNode node, DicomQuery query, IJobLog log, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(query);
        return RunRaw(node, query, query.Plan(_timeProvider, node.QueryModel), log, cancellationToken);
    }

    private async IAsyncEnumerable<T> Run<T>(PacsNode node, DicomQuery<T> query, QueryPlan plan, IJobLog log, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var quality = new QueryQuality(plan, node.ToString(), log);
        var characterSets = new CharacterSetWatch(node.ToString(), query.FallbackEncoding, log);
        var count = 0;
        try
        {
            await foreach (var match in Ask(node, query, plan, log, cancellationToken).ConfigureAwait(false))
            {
                quality.WarnOfWholeArchive(query.MaxResults);
                quality.WarnOfIgnoredKeys(match);
                characterSets.Look(match.Dataset);
                if (!quality.Accept(match, out var unsupportedKeys))
                {
                    continue;
                }

                yield return query.Read(match.Dataset, node, unsupportedKeys);
                log.Progress(new JobProgress($"Query {node}", $"{++count} {plan.Target.Plural}", count));
                if (count == query.MaxResults)
                {
                    yield break;
                }
            }
        }
        finally
        {
            quality.Finish();
            log.Progress(new JobProgress($"Query {node}", $"{count} {plan.Target.Plural}", count, Completed: true));
        }
    }

    private async IAsyncEnumerable<DicomDataset> RunRaw(PacsNode node, DicomQuery query, QueryPlan plan, IJobLog log, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var quality = new QueryQuality(plan, node.ToString(), log);
        var count = 0;
        await foreach (var match in Ask(node, query, plan, log, cancellationToken).ConfigureAwait(false))
        {
            quality.WarnOfWholeArchive(query.MaxResults);
            quality.WarnOfIgnoredKeys(match);
            yield return match.Dataset;
            if (++count == query.MaxResults)
            {
                yield break;
            }
        }
    }

    private IAsyncEnumerable<FindMatch> Ask(PacsNode node, DicomQuery query, QueryPlan plan, IJobLog log, CancellationToken cancellationToken)
    {
        var request = new FindRequest
        {
            Identifiers = [],
            SopClassUid = query.SopClassUid(plan.Model),
            Extensions = plan.Extensions,
            Timeout = query.Timeout,
            FallbackEncoding = query.FallbackEncoding,
            Retry = query.Retry,
            Log = log,
        };
        var parts = new PartSearch(_find, node, request, plan, _timeProvider);
        return plan.Above is { } above
            ? new HierarchicalSearch(_find, node, request, plan, above, parts).RunAsync(cancellationToken)
            : parts.RunAsync([.. plan.Parts.Select((part, index) => (index, part))], cancellationToken);
    }
}
