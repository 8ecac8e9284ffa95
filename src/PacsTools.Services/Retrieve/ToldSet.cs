namespace PacsTools.Services.Retrieve;

/// <summary>What has been told so far; queries that fail half-way leave what came before.</summary>
internal sealed class ToldSet
{
    // No study has so many; an archive that goes on and on must not fill our memory.
    private const int MaxInstances = 1_000_000;

    public HashSet<string> Series { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, ExpectedInstance> Instances { get; } = new(StringComparer.Ordinal);

    public HashSet<string> Modalities { get; } = new(StringComparer.Ordinal);

    public int? Announced { get; set; }

    public string? Problem { get; set; }

    public bool MayBeAskedAgain { get; set; }

    /// <summary>True if more was named than any study has; that is the problem then.</summary>
    public bool IsBeyondBounds
    {
        get
        {
            if (Instances.Count <= MaxInstances)
                return false;
            Problem = $"the archive named more than {MaxInstances} instances";
            return true;
        }
    }

    /// <summary>What is asked for by name is expected, known to the archive or not.</summary>
    public void AddAskedFor(RetrieveRequest request)
    {
        if (request.Level != RetrieveLevel.Image)
            return;
        foreach (var uid in request.SOPInstanceUIDs)
            Instances.TryAdd(uid, new ExpectedInstance(uid, null, request.SeriesInstanceUIDs[0]));
    }

    public ExpectedSet ToSet(bool named) => new()
    {
        Instances = Instances,
        IsNamed = named,
        Announced = Announced,
        Modalities = Modalities,
        Problem = Problem,
        MayBeAskedAgain = MayBeAskedAgain,
    };
}
