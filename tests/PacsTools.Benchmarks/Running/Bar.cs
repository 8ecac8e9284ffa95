namespace PacsTools.Benchmarks.Running;

/// <summary>A promise about speed or memory.</summary>
/// <param name="Number">Which promise it belongs to.</param>
/// <param name="Text">What is measured against what.</param>
/// <param name="Bound">The figure to reach or not to pass.</param>
/// <param name="Sense">Which of the two.</param>
/// <param name="Unit">Of the bound; nothing for ratios.</param>
internal sealed record Bar(int Number, string Text, double Bound, Sense Sense = Sense.AtLeast, string Unit = "")
{
    public string BoundText => $"{(Sense == Sense.AtLeast ? "≥" : "≤")} {Figure.Short(Bound)}{(Unit.Length > 0 ? " " + Unit : "")}";

    public bool IsReached(double value) => Sense == Sense.AtLeast ? value >= Bound : value <= Bound;
}

internal enum Sense
{
    AtLeast,
    AtMost,
}

/// <summary>What came of a bar.</summary>
internal sealed record BarResult(Bar Bar)
{
    /// <summary>The figure judged; null if it was not run.</summary>
    public Spread? Value { get; init; }

    /// <summary>Why it was not run.</summary>
    public string? NotRun { get; init; }

    /// <summary>Our own figure, with its unit.</summary>
    public string Ours { get; init; } = "";

    public string Theirs { get; init; } = "";

    /// <summary>Processor seconds, ours and theirs.</summary>
    public string Cpu { get; init; } = "";

    /// <summary>Peak memory in MiB, ours and theirs.</summary>
    public string Memory { get; init; } = "";

    public string Mark => Value is not { } value ? $"not run: {NotRun}" : Bar.IsReached(value.Median) ? "ok" : "MISSED";
}
