namespace PacsTools.Services.Retrieve;

/// <summary>How one attempt on one road ended, as the archive tells it.</summary>
internal sealed record RoadOutcome
{
    /// <summary>The final status.</summary>
    public required ushort Status { get; init; }

    public SubOperationCounts Counts { get; init; }

    /// <summary>Failed SOP Instance UID List (0008,0058); empty if there was none.</summary>
    public IReadOnlyList<string> FailedSOPInstanceUIDs { get; init; } = [];

    /// <summary>Error Comment (0000,0902); null if there was none.</summary>
    public string? ErrorComment { get; init; }

    /// <summary>Offending Element (0000,0901), as <c>(gggg,eeee)</c>.</summary>
    public IReadOnlyList<string> OffendingElements { get; init; } = [];

    /// <summary>Where the archive was told to send, in words that fit "the archive must know …"; null on roads without.</summary>
    public string? MoveDestination { get; init; }

    /// <summary>The Storage SCP that was stopped while the archive was sending to it; null if it runs still.</summary>
    public string? StoppedScp { get; init; }
}
