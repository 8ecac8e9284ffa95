using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>A query with all its arguments checked, ready to be sent.</summary>
/// <param name="Target">What it is about.</param>
/// <param name="Model">The information model.</param>
/// <param name="Parts">What is asked, one C-FIND each.</param>
/// <param name="ReturnKeys">What is asked for without being matched.</param>
internal sealed record QueryPlan(QueryTarget Target, QueryModel Model, IReadOnlyList<QueryPart> Parts, IReadOnlyList<AttributePath> ReturnKeys)
{
    /// <summary>The level to find out first, because the query does not name its entity; null if the query can go as it is.</summary>
    public QueryStage? Above { get; init; }

    /// <summary>True if a query below the study names neither study nor anything else, so that everything the archive holds at the level matches.</summary>
    public bool MatchesWholeArchive => Extensions.MissingKey is not null && Parts.All(part => part.Keys.All(key => key.IsUniversal));

    public FindExtensions Extensions { get; init; } = FindExtensions.None;

    /// <summary>So many responses and no more the archive is known to give; null if nothing is known.</summary>
    public int? PageSize { get; init; }
}
