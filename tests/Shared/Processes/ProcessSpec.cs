namespace PacsTools.TestKit.Processes;

/// <summary>What to start.</summary>
public sealed record ProcessSpec(string Program, IReadOnlyList<string> Arguments)
{
    /// <summary>Variables set (or, with null, removed) on top of the inherited environment.</summary>
    public IReadOnlyDictionary<string, string?> Environment { get; init; } = new Dictionary<string, string?>();

    public string? WorkingDirectory { get; init; }

    public override string ToString() => $"{Program} {string.Join(' ', Arguments)}";
}
