using System.Globalization;
using PacsTools.Dicom.Dimse;

namespace PacsTools.Services.Retrieve;

/// <summary>How one attempt on one road ended, as the archive tells it.</summary>
internal sealed record RoadOutcome
{
    // PS3.4 C.4.2.1.5: nothing of what was asked for could be sent.
    private const ushort UnableToPerformSubOperations = 0xA702;

    /// <summary>The final status.</summary>
    public required ushort Status { get; init; }

    /// <summary>The HTTP status of a road that has no DIMSE status: <see cref="Status"/> is its counterpart then. Null on the others.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>The status the archive itself sent, in words.</summary>
    public string StatusText => HttpStatus is { } http ? string.Create(CultureInfo.InvariantCulture, $"HTTP {http}") : string.Create(CultureInfo.InvariantCulture, $"{Status:X4}H");

    /// <summary>The DIMSE status the archive sent; null if the road has none.</summary>
    public ushort? DimseStatusCode => HttpStatus is null ? Status : null;

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

    /// <summary>True if the archive says that some of it failed (PS3.4 C.4.2.1.5).</summary>
    public bool IsWarning => DimseStatus.Lookup(DimseService.Move, Status).Class == DimseStatusClass.Warning;

    /// <summary>True if the archive ended the operation with an error.</summary>
    public bool IsFailure => DimseStatus.Lookup(DimseService.Move, Status).Class is not (DimseStatusClass.Success or DimseStatusClass.Warning);

    /// <summary>True if asking for something else may still succeed: the archive did not refuse the operation as such.</summary>
    public bool MayGoOn => DimseStatus.Lookup(DimseService.Move, Status).Class is DimseStatusClass.Success or DimseStatusClass.Warning || Status == UnableToPerformSubOperations;

    /// <summary>One outcome for two requests: the worse status with what was said of it, the counters and lists of both.</summary>
    public static RoadOutcome Join(RoadOutcome? first, RoadOutcome second)
    {
        if (first is null)
            return second;
        var worse = Rank(first.Status) >= Rank(second.Status) ? first : second;
        return worse with { Counts = first.Counts.Plus(second.Counts), FailedSOPInstanceUIDs = [.. first.FailedSOPInstanceUIDs.Union(second.FailedSOPInstanceUIDs)] };
    }

    private static int Rank(ushort status) => DimseStatus.Lookup(DimseService.Move, status).Class switch
    {
        DimseStatusClass.Success => 0,
        DimseStatusClass.Warning => 1,
        _ => 2,
    };
}
