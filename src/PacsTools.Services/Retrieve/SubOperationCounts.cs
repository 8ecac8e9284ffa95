using PacsTools.Dicom.Dimse;

namespace PacsTools.Services.Retrieve;

/// <summary>The counters of a C-MOVE or C-GET as the archive last told them; null is "not told", never 0.</summary>
internal readonly record struct SubOperationCounts(int? Remaining, int? Completed, int? Failed, int? Warning)
{
    /// <summary>What the archive says was taken by the destination: warnings count as stored.</summary>
    public int? Delivered => Completed is null && Warning is null ? null : (Completed ?? 0) + (Warning ?? 0);

    /// <summary>All instances of the operation; null if not even the delivered ones are told.</summary>
    public int? Total => Delivered is null ? null : Delivered + (Failed ?? 0) + (Remaining ?? 0);

    /// <summary>The counters of two requests together.</summary>
    public SubOperationCounts Plus(SubOperationCounts other) =>
        new(Sum(Remaining, other.Remaining), Sum(Completed, other.Completed), Sum(Failed, other.Failed), Sum(Warning, other.Warning));

    /// <summary>Takes what a response tells and keeps the rest.</summary>
    public SubOperationCounts With(SubOperationsResponse response) => new(
        // A final response has no Remaining unless it was cancelled (PS3.7 9.1.4.1.6): nothing remains then.
        response.Remaining ?? (response.Status is 0xFF00 or 0xFF01 ? Remaining : 0),
        response.Completed ?? Completed,
        response.Failed ?? Failed,
        response.Warning ?? Warning);

    private static int? Sum(int? a, int? b) => a is null && b is null ? null : (a ?? 0) + (b ?? 0);
}
