using System.Management.Automation;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;

namespace PacsTools.Output;

/// <summary>One rung of a diagnosis. A failure is a result too: <see cref="Success"/>, <see cref="Advice"/> and <see cref="Error"/> tell of it.</summary>
public sealed record PacsDiagnosis
{
    /// <summary>The node.</summary>
    public required PacsNode Node { get; init; }

    /// <summary>The rung.</summary>
    public required DiagnosisStage Stage { get; init; }

    /// <summary>True if it holds.</summary>
    public bool Success { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>What was seen, in words.</summary>
    public string? Detail { get; init; }

    /// <summary>What to do about it, in words; null if nothing.</summary>
    public string? Advice { get; init; }

    /// <summary>Why it failed; null if it did not.</summary>
    public ErrorRecord? Error { get; init; }
}
