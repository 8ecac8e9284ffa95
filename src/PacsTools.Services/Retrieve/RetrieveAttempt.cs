namespace PacsTools.Services.Retrieve;

/// <summary>One try of one road, and how it ended.</summary>
public sealed record RetrieveAttempt
{
    /// <summary>The number of the attempt in its retrieve, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>The road taken: <c>CMove</c>, <c>CGet</c> or <c>DicomWeb</c>.</summary>
    public required string Method { get; init; }

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>How long it took.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>True if the attempt brought everything it was to bring.</summary>
    public bool Success { get; init; }

    /// <summary>The final DIMSE status; null if none came.</summary>
    public ushort? Status { get; init; }

    /// <summary>Why it ended as it did, in words; null if it succeeded.</summary>
    public string? Reason { get; init; }

    /// <summary>What to know of how it was judged: which of the archive's numbers stood in for its list of instances, or contradict it; null if the list sufficed.</summary>
    public string? Note { get; init; }

    /// <summary>Instances that arrived in this attempt, duplicates included.</summary>
    public int Arrived { get; init; }

    /// <summary>Number of Completed Sub-operations (0000,1021) as last told; null if never told.</summary>
    public int? Completed { get; init; }

    /// <summary>Number of Failed Sub-operations (0000,1022) as last told; null if never told.</summary>
    public int? Failed { get; init; }

    /// <summary>Number of Warning Sub-operations (0000,1023) as last told; null if never told.</summary>
    public int? Warning { get; init; }

    /// <summary>Number of Remaining Sub-operations (0000,1020) as last told; null if never told.</summary>
    public int? Remaining { get; init; }

    /// <summary>Method, number and outcome in one line.</summary>
    public override string ToString() => $"{Number}: {Method}, {(Success ? "complete" : Reason ?? "incomplete")}";
}
