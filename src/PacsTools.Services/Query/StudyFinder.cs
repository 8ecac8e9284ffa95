using System.Runtime.CompilerServices;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>The whole of a study query: asked, streamed, checked, merged.</summary>
internal sealed class StudyFinder(FindScu? find = null, TimeProvider? timeProvider = null)
{
    private readonly FindScu _find = find ?? new FindScu(timeProvider: timeProvider);

    /// <summary>Studies as they arrive, each once. Stopping the enumeration stops the query on the wire.</summary>
    /// <exception cref="QueryKeyException">A key cannot be sent; thrown at once, before anything is.</exception>
    /// <remarks>The enumeration throws what <see cref="FindScu.FindAsync"/> throws, after the studies before the error.</remarks>
    public IAsyncEnumerable<DicomStudy> FindAsync(PacsNode node, StudyQuery query, IJobLog log, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(query);
        return Run(node, query, query.Plan(timeProvider), log, cancellationToken);
    }

    /// <summary>The responses as they come: nothing dropped, nothing merged; ignored keys are still warned about.</summary>
    /// <exception cref="QueryKeyException">A key cannot be sent; thrown at once, before anything is.</exception>
    public IAsyncEnumerable<DicomDataset> FindRawAsync(PacsNode node, StudyQuery query, IJobLog log, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(node);
        ArgumentNullException.ThrowIfNull(query);
        return RunRaw(node, query, query.Plan(timeProvider), log, cancellationToken);
    }

    private async IAsyncEnumerable<DicomStudy> Run(PacsNode node, StudyQuery query, QueryPlan plan, IJobLog log, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var quality = new QueryQuality(plan, node.ToString(), log);
        var characterSets = new CharacterSetWatch(node.ToString(), query.FallbackEncoding, log);
        var count = 0;
        try
        {
            await foreach (var match in Ask(node, query, plan, log, cancellationToken).ConfigureAwait(false))
            {
                quality.WarnOfIgnoredKeys(match);
                characterSets.Look(match.Dataset);
                if (!quality.Accept(match, DicomTags.StudyInstanceUID, out var unsupportedKeys))
                {
                    continue;
                }

                yield return StudyAttributes.ToStudy(match.Dataset, node, unsupportedKeys);
                log.Progress(new JobProgress($"Query {node}", $"{++count} studies", count));
                if (count == query.MaxResults)
                {
                    yield break;
                }
            }
        }
        finally
        {
            quality.Finish();
            log.Progress(new JobProgress($"Query {node}", $"{count} studies", count, Completed: true));
        }
    }

    private async IAsyncEnumerable<DicomDataset> RunRaw(PacsNode node, StudyQuery query, QueryPlan plan, IJobLog log, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var quality = new QueryQuality(plan, node.ToString(), log);
        var count = 0;
        await foreach (var match in Ask(node, query, plan, log, cancellationToken).ConfigureAwait(false))
        {
            quality.WarnOfIgnoredKeys(match);
            yield return match.Dataset;
            if (++count == query.MaxResults)
            {
                yield break;
            }
        }
    }

    private IAsyncEnumerable<FindMatch> Ask(PacsNode node, StudyQuery query, QueryPlan plan, IJobLog log, CancellationToken cancellationToken)
    {
        var request = new FindRequest
        {
            Identifiers = [.. plan.Parts.Select(part => part.Identifier)],
            Model = plan.Model ?? node.QueryModel,
            Timeout = query.Timeout,
            FallbackEncoding = query.FallbackEncoding,
            Retry = query.Retry,
            Log = log,
        };
        return request.Model == QueryModel.Patient && PatientRootSearch.IsNeeded(plan)
            ? new PatientRootSearch(_find, node, request, plan).RunAsync(cancellationToken)
            : _find.FindAsync(node, request, cancellationToken);
    }
}
