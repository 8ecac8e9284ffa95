using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Copying;

/// <summary>
/// What an archive says of instances it sent to somebody else. Nothing of it can be seen from here: its list of instances, its counters and its list of
/// failed UIDs are all there is, and where it does not count, nobody knows.
/// </summary>
internal sealed record DeliveryTally
{
    /// <summary>Instances there should be; null if the archive told no numbers.</summary>
    public int? Expected { get; private init; }

    /// <summary>Instances the archive counts as delivered; null if it does not count.</summary>
    public int? Delivered { get; private init; }

    public int Failed { get; private init; }

    public int Missing { get; private init; }

    /// <summary>Instances known by name that were not delivered or may not have been.</summary>
    public int NotDelivered { get; private init; }

    /// <summary>An entry an instance, as far as it is known by name what became of it.</summary>
    public IReadOnlyList<DicomInstanceFile> Instances { get; private init; } = [];

    /// <summary>What to know of how this was found; null if nothing.</summary>
    public string? Note { get; private init; }

    /// <summary>True if every instance there should be was counted as delivered.</summary>
    public bool IsComplete => Expected > 0 && Delivered >= Expected && Failed == 0;

    /// <param name="operation">The operation; what is known to be delivered is entered into its ledger.</param>
    /// <param name="set">What the archive has.</param>
    /// <param name="outcome">How the attempt ended; null if it had no final response.</param>
    /// <param name="wasAsked">False if the archive never got the request.</param>
    public static DeliveryTally Take(RetrieveOperation operation, ExpectedSet set, RoadOutcome? outcome, bool wasAsked = true)
    {
        var counts = outcome?.Counts ?? operation.Counts;
        // A failure that counts nothing delivered nothing; whoever counts nothing and succeeds, or breaks off, does not say.
        var now = counts.Delivered ?? (wasAsked && (outcome is null or { Status: 0 } or { IsWarning: true }) ? null : 0);
        // The archive's list: however long it is, and whatever it names twice.
        var listed = (outcome?.FailedSOPInstanceUIDs ?? []).Where(u => !operation.Ledger.Has(u)).ToHashSet(StringComparer.Ordinal);
        var unnamed = now;
        var byList = set.ServesAsList(operation.TotalTold, now ?? 0);
        if (byList && now is { } delivered && Named(operation, set, delivered, listed) is { } named)
        {
            foreach (var instance in named)
                operation.Ledger.Enter(Describe(operation, instance, InstanceOutcome.Stored));
            unnamed = 0;
        }

        var stored = unnamed is null ? (int?)null : operation.Ledger.Present + unnamed;
        var expected = set.Total(operation.TotalTold, byList);
        var failed = Math.Max(counts.Failed ?? 0, listed.Count);
        var instances = List(operation, set, listed, outcome?.Status, whole: unnamed == 0);
        return new DeliveryTally
        {
            Expected = expected,
            Delivered = stored,
            Failed = failed,
            Missing = expected is { } total && stored is { } there ? Math.Max(0, total - there - failed) : 0,
            NotDelivered = byList ? set.Instances.Keys.Count(u => !operation.Ledger.Has(u)) : 0,
            Instances = instances,
            Note = unnamed is null ? "The archive did not count what it sent."
                : unnamed > 0 && byList ? "The archive does not say which of the instances it delivered."
                : byList ? RetrieveTally.Disagreement(set.Instances.Count, set.Announced, operation.TotalTold)
                : set.Problem is null ? null : RetrieveTally.WithoutNames(set, operation.TotalTold),
        };
    }

    // Which of those asked for were delivered; null if that cannot be told.
    private static List<ExpectedInstance>? Named(RetrieveOperation operation, ExpectedSet set, int delivered, HashSet<string> listed)
    {
        List<ExpectedInstance> asked = [.. set.Instances.Values.Where(i => !operation.Ledger.Has(i.SOPInstanceUID))];
        if (delivered >= asked.Count && listed.Count == 0)
            return asked;
        if (delivered == 0)
            return [];
        return asked.Count(i => listed.Contains(i.SOPInstanceUID)) == asked.Count - delivered ? [.. asked.Where(i => !listed.Contains(i.SOPInstanceUID))] : null;
    }

    private static List<DicomInstanceFile> List(RetrieveOperation operation, ExpectedSet set, HashSet<string> listed, ushort? status, bool whole)
    {
        List<DicomInstanceFile> all = [.. operation.Ledger.All];
        all.AddRange(listed.Select(u => Describe(operation, set.Instances.GetValueOrDefault(u) ?? new ExpectedInstance(u, null, ""), InstanceOutcome.Failed, status, "the archive could not send it")));
        // Unless it is known which were delivered, it is not known which are missing.
        if (whole)
        {
            all.AddRange(set.Instances.Values.Where(i => !operation.Ledger.Has(i.SOPInstanceUID) && !listed.Contains(i.SOPInstanceUID))
                .Select(i => Describe(operation, i, InstanceOutcome.Missing, null, "the archive has it and did not send it")));
        }

        return all;
    }

    private static DicomInstanceFile Describe(RetrieveOperation operation, ExpectedInstance instance, InstanceOutcome outcome, ushort? status = null, string? reason = null) => new()
    {
        SOPInstanceUID = instance.SOPInstanceUID,
        SOPClassUID = instance.SOPClassUID,
        SeriesInstanceUID = instance.SeriesInstanceUID.Length == 0 ? null : instance.SeriesInstanceUID,
        StudyInstanceUID = operation.Request.StudyInstanceUID,
        PatientID = operation.Request.PatientID,
        Outcome = outcome,
        Status = status,
        Reason = reason,
        Method = operation.Method,
        Node = operation.Request.Node,
    };
}
