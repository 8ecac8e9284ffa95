using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>
/// A query over a range of Study Date of an archive that gives only so many results: when it stops short, the range is divided and both
/// halves are asked, until all have been told. Each study comes out once.
/// </summary>
/// <remarks>One a part; not for several threads at once.</remarks>
internal sealed class DateWindowSearch(
    Func<IReadOnlyList<QueryPart>, CancellationToken, IAsyncEnumerable<FindMatch>> ask,
    PacsNode node,
    QueryPlan plan,
    IJobLog log,
    TimeProvider timeProvider)
{
    // Where a range without a beginning is taken to begin when it is divided; what is older stays in its first half.
    private static readonly DateOnly s_beginning = new(1970, 1, 1);

    private readonly HashSet<string> _given = new(StringComparer.Ordinal);

    public async IAsyncEnumerable<FindMatch> RunAsync(QueryPart part, DicomDateRange range, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var here = new List<string>();
        var count = 0;
        DimseStatusException? limit = null;
        await using (var matches = ask([part], cancellationToken).GetAsyncEnumerator(cancellationToken))
        {
            while (true)
            {
                try
                {
                    if (!await matches.MoveNextAsync().ConfigureAwait(false))
                    {
                        break;
                    }
                }
                catch (DimseStatusException e) when (count > 0 && QueryLimit.IsReachedBy(e))
                {
                    limit = e;
                    break;
                }

                count++;
                if (plan.Target.Identity(matches.Current.Dataset) is { } identity)
                {
                    // Only what another window gave is left out in silence; what one answer repeats is the archive's doing and counted as such.
                    if (_given.Contains(identity))
                    {
                        continue;
                    }

                    here.Add(identity);
                }

                yield return matches.Current;
            }
        }

        _given.UnionWith(here);
        if (limit is null && !(count >= plan.PageSize))
        {
            yield break;
        }

        if (Halve(range) is not var (first, second))
        {
            GiveUp(limit);
            yield break;
        }

        log.Verbose($"{node}: the archive stopped after {count} {plan.Target.Plural} for StudyDate {range}; {first} and {second} are asked for apart.");
        foreach (var half in new[] { first, second })
        {
            await foreach (var match in RunAsync(Within(part, half), half, cancellationToken).ConfigureAwait(false))
            {
                yield return match;
            }
        }
    }

    private (DicomDateRange First, DicomDateRange Second)? Halve(DicomDateRange range)
    {
        var today = DateOnly.FromDateTime(timeProvider.GetLocalNow().DateTime);
        var from = range.From ?? s_beginning;
        var until = range.Until ?? today;
        if (from >= until)
        {
            return null;
        }

        var middle = from.AddDays((until.DayNumber - from.DayNumber) / 2);
        return (range with { Until = middle }, range with { From = middle.AddDays(1) });
    }

    private void GiveUp(DimseStatusException? limit)
    {
        if (limit is not null)
        {
            ExceptionDispatchInfo.Throw(limit);
        }

        QueryLimit.Warn(node, log, plan, "a single day cannot be divided");
    }

    private QueryPart Within(QueryPart part, DicomDateRange range)
    {
        var path = AttributePath.Of(DicomTags.StudyDate);
        return QueryPart.Create(
            plan.Target.Level,
            [.. part.Keys.Select(key => key.Path.Equals(path) ? key with { Values = [range.ToString()] } : key)],
            [.. part.Asked]);
    }
}
