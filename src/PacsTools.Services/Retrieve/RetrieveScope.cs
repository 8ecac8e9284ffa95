namespace PacsTools.Services.Retrieve;

/// <summary>What one C-MOVE or C-GET asks for: all of the request, or the part of it that is missing.</summary>
internal sealed record RetrieveScope(RetrieveLevel Level, IReadOnlyList<string> SeriesInstanceUIDs, IReadOnlyList<string> SOPInstanceUIDs)
{
    // A value of VR UI holds 64 KB in the explicit syntaxes, and archives have bounds of their own.
    private const int MaxUids = 500;

    /// <summary>All of a request.</summary>
    public static IReadOnlyList<RetrieveScope> Of(RetrieveRequest request) => request.Level switch
    {
        RetrieveLevel.Series => [.. InSeries(request.SeriesInstanceUIDs)],
        RetrieveLevel.Image => [.. InInstances(request.SeriesInstanceUIDs[0], request.SOPInstanceUIDs)],
        _ => [new RetrieveScope(RetrieveLevel.Study, [], [])],
    };

    /// <summary>What is not here: series of which nothing is, and the instances of the others by name.</summary>
    public static IReadOnlyList<RetrieveScope> Missing(RetrieveRequest request, ExpectedSet set, IReadOnlyList<ExpectedInstance> notHere)
    {
        if (notHere.Count == set.Instances.Count)
            return Of(request);
        var sizes = set.Instances.Values.GroupBy(i => i.SeriesInstanceUID).ToDictionary(s => s.Key, s => s.Count());
        var series = notHere.GroupBy(i => i.SeriesInstanceUID).ToList();
        var whole = series.Where(s => request.Level != RetrieveLevel.Image && s.Count() == sizes[s.Key]).Select(s => s.Key);
        var parts = series.Where(s => request.Level == RetrieveLevel.Image || s.Count() < sizes[s.Key]);
        return [.. InSeries([.. whole]), .. parts.SelectMany(s => InInstances(s.Key, [.. s.Select(i => i.SOPInstanceUID)]))];
    }

    private static IEnumerable<RetrieveScope> InSeries(IReadOnlyList<string> series) =>
        series.Chunk(MaxUids).Select(some => new RetrieveScope(RetrieveLevel.Series, some, []));

    private static IEnumerable<RetrieveScope> InInstances(string series, IReadOnlyList<string> instances) =>
        instances.Chunk(MaxUids).Select(some => new RetrieveScope(RetrieveLevel.Image, [series], some));
}
