using PacsTools.Services.Nodes;

namespace PacsTools.Services.Diagnosis;

/// <summary>One rung of a diagnosis and what was found on it.</summary>
internal sealed record DiagnosisRung
{
    public required PacsNode Node { get; init; }

    public required DiagnosisStage Stage { get; init; }

    public bool Success { get; init; }

    public TimeSpan Duration { get; init; }

    /// <summary>What was seen, in words.</summary>
    public string? Detail { get; init; }

    /// <summary>What to do about it; null if nothing.</summary>
    public string? Advice { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public Exception? Error { get; init; }
}
