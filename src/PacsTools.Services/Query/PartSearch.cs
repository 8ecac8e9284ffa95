using System.Runtime.CompilerServices;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>Asks parts of a plan: on one association, or, if they may have to be divided by date, each by itself.</summary>
internal sealed class PartSearch(FindScu find, PacsNode node, FindRequest request, QueryPlan plan, TimeProvider timeProvider)
{
    private static readonly AttributePath s_date = AttributePath.Of(DicomTags.StudyDate);

    /// <param name="parts">What to ask, each with its number in the plan, which the matches carry.</param>
    /// <param name="cancellationToken">Stops the query on the wire.</param>
    public async IAsyncEnumerable<FindMatch> RunAsync(IReadOnlyList<(int Index, QueryPart Part)> parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (RangeOf(parts[0].Part) is { } range)
        {
            foreach (var (index, part) in parts)
            {
                var windows = new DateWindowSearch(Ask, node, plan, request.Log, timeProvider);
                await foreach (var match in windows.RunAsync(part, range, cancellationToken).ConfigureAwait(false))
                {
                    yield return match with { Identifier = index };
                }
            }

            yield break;
        }

        var counts = new int[parts.Count];
        await foreach (var match in Ask([.. parts.Select(one => one.Part)], cancellationToken).ConfigureAwait(false))
        {
            counts[match.Identifier]++;
            yield return match with { Identifier = parts[match.Identifier].Index };
        }

        if (counts.Any(count => count >= plan.PageSize))
        {
            QueryLimit.Warn(node, request.Log, plan, "the query cannot be divided by date");
        }
    }

    /// <summary>The range of Study Date asked for; null if there is none to divide.</summary>
    private DicomDateRange? RangeOf(QueryPart part) =>
        plan.Target.Level == QueryLevel.Study && part.Keys.FirstOrDefault(key => key.Path.Equals(s_date)) is { IsUniversal: false } date
            ? DicomDateRange.Parse(date.Values[0])
            : null;

    private IAsyncEnumerable<FindMatch> Ask(IReadOnlyList<QueryPart> parts, CancellationToken cancellationToken) =>
        find.FindAsync(node, request with { Identifiers = [.. parts.Select(part => part.Identifier)] }, cancellationToken);
}
