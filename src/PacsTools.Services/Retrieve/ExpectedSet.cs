namespace PacsTools.Services.Retrieve;

/// <summary>What an archive says it has of what is retrieved: instance by instance where its queries told that, else as a number, else nothing.</summary>
internal sealed record ExpectedSet
{
    /// <summary>Nobody asked.</summary>
    public static ExpectedSet NotAsked { get; } = new();

    /// <summary>Every instance by its UID, if <see cref="IsNamed"/>; what had been told before the queries failed, if not.</summary>
    public IReadOnlyDictionary<string, ExpectedInstance> Instances { get; init; } = new Dictionary<string, ExpectedInstance>();

    /// <summary>True if the queries ended well, so that <see cref="Instances"/> has them all as far as the archive knows.</summary>
    public bool IsNamed { get; init; }

    /// <summary>The number of instances by Number of Series or Study Related Instances (0020,1209), (0020,1208); null if not told.</summary>
    public int? Announced { get; init; }

    /// <summary>Modalities (0008,0060) of the series.</summary>
    public IReadOnlySet<string> Modalities { get; init; } = new HashSet<string>();

    /// <summary>True if <see cref="Instances"/> may be taken for what there should be: an archive that sends what its queries do not know cannot prove anything by them.</summary>
    /// <param name="told">How many the archive's counters told of; null if they did not.</param>
    /// <param name="delivered">How many it delivered.</param>
    public bool ServesAsList(int? told, int delivered) => IsNamed && (Instances.Count > 0 || (delivered == 0 && told is null or 0));

    /// <summary>How many there should be, by all the archive says: two numbers that agree are believed, else the largest. Null if it told none.</summary>
    /// <param name="told">How many its counters told of; null if they did not.</param>
    /// <param name="byList">Whether <see cref="Instances"/> count.</param>
    public int? Total(int? told, bool byList)
    {
        if (!byList)
            return Announced is { } announced ? Math.Max(announced, told ?? 0) : told;
        var names = Instances.Count;
        var agreed = (Announced is null && told is null) || Announced == names || told == names;
        return agreed ? names : Math.Max(names, Math.Max(Announced ?? 0, told ?? 0));
    }

    /// <summary>Why the instances are not named; null if they are or nobody asked.</summary>
    public string? Problem { get; init; }

    /// <summary>True if the problem was an association that did not come about or did not last: asked again at another time it may work.</summary>
    public bool MayBeAskedAgain { get; init; }
}
