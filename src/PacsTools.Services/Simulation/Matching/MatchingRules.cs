namespace PacsTools.Services.Simulation;

/// <summary>What changes how keys are matched: the options of PS3.4 C.5.1.1 as both sides agreed on them.</summary>
internal sealed record MatchingRules
{
    /// <summary>Nothing negotiated.</summary>
    public static MatchingRules Default { get; } = new();

    /// <summary>Lower levels may be asked without the unique keys above them (C.4.1.3.2).</summary>
    public bool Relational { get; init; }

    /// <summary>A range of dates and one of times are one range of moments (C.2.2.2.5).</summary>
    public bool CombinedDateTime { get; init; }

    /// <summary>Person names match word by word, from the beginning of a word, without regard to accents (C.2.2.2.1.1).</summary>
    public bool FuzzyNames { get; init; }

    /// <summary>A key of two quotation marks asks for what has no value (C.2.2.2.7).</summary>
    public bool EmptyValues { get; init; }
}
