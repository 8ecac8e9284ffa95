using System.Globalization;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>
/// The join of what the archive says it has, what it says it did, and what lies here: one outcome an instance. Of the three numbers (its queries
/// instance by instance, its queries in sum, its counters) two that agree are believed; where none do, the largest, so that nothing passes for complete unproven.
/// </summary>
internal sealed class RetrieveTally
{
    /// <summary>Instances there should be; null if the archive told no numbers.</summary>
    public int? Expected { get; private init; }

    /// <summary>True if every expected instance is known by name and nothing the archive says speaks for more.</summary>
    public bool IsProof { get; private init; }

    /// <summary>Instances that lie here.</summary>
    public int Present { get; private init; }

    public int Failed { get; private init; }

    public int Missing { get; private init; }

    /// <summary>The expected instances that do not lie here, by name.</summary>
    public IReadOnlyList<ExpectedInstance> NotHere { get; private init; } = [];

    /// <summary>An entry an instance, present or not, as far as it has a name.</summary>
    public IReadOnlyList<DicomInstanceFile> Instances { get; private init; } = [];

    /// <summary>What the user should know of how completeness was judged; null if by the archive's own list.</summary>
    public string? Note { get; private init; }

    /// <summary>True if everything is here and that is proven.</summary>
    public bool IsComplete => IsProof && Failed == 0 && Missing == 0;

    public int Count(InstanceOutcome outcome) => Instances.Count(f => f.Outcome == outcome);

    public static RetrieveTally Take(RetrieveOperation operation, ExpectedSet set, RoadOutcome? outcome, string method)
    {
        var told = operation.TotalTold;
        var present = operation.Ledger.Present;
        return set.ServesAsList(told, present)
            ? ByName(operation, set, outcome, method, told, present)
            : ByNumber(operation, set, outcome, method, told, present);
    }

    private static RetrieveTally ByName(RetrieveOperation operation, ExpectedSet set, RoadOutcome? outcome, string method, int? told, int present)
    {
        var names = set.Instances.Count;
        var expected = set.Total(told, byList: true)!.Value;
        List<ExpectedInstance> notHere = [.. set.Instances.Values.Where(i => !operation.Ledger.Has(i.SOPInstanceUID))];
        var instances = new InstanceList(operation, outcome, method);
        foreach (var file in operation.Ledger.All)
            instances.Add(file.Outcome == InstanceOutcome.Stored && !set.Instances.ContainsKey(file.SOPInstanceUID) ? file with { Outcome = InstanceOutcome.Unexpected } : file);
        // As many failures as there are instances not here: those are the ones.
        var allFailed = outcome is not null && outcome.Counts.Failed >= notHere.Count;
        // A set, since what a hostile archive lists may be long.
        var namedAsFailed = outcome?.FailedSOPInstanceUIDs.ToHashSet(StringComparer.Ordinal) ?? [];
        foreach (var instance in notHere)
            instances.AddAbsent(instance, allFailed || namedAsFailed.Contains(instance.SOPInstanceUID));
        instances.AddListed();
        var failed = instances.All.Count(f => f.Outcome == InstanceOutcome.Failed);
        var named = instances.All.Count(f => f.Outcome == InstanceOutcome.Missing);
        return new RetrieveTally
        {
            Expected = expected,
            IsProof = expected == names,
            Present = present,
            Failed = failed,
            Missing = Math.Max(named, expected - present - failed),
            NotHere = notHere,
            Instances = instances.All,
            Note = Disagreement(names, set.Announced, told),
        };
    }

    private static RetrieveTally ByNumber(RetrieveOperation operation, ExpectedSet set, RoadOutcome? outcome, string method, int? told, int present)
    {
        var expected = set.Total(told, byList: false);
        var failedHere = operation.Ledger.All.Count(f => f.Outcome == InstanceOutcome.Failed);
        // The archive counts among its failures what we refused to keep.
        var failed = Math.Max(failedHere, outcome is null ? operation.Counts.Failed ?? 0 : FailedThere(operation, outcome));
        var instances = new InstanceList(operation, outcome, method);
        foreach (var file in operation.Ledger.All)
            instances.Add(file);
        instances.AddListed();
        return new RetrieveTally
        {
            Expected = expected,
            Present = present,
            Failed = failed,
            Missing = expected is { } total ? Math.Max(0, total - failed - present) : 0,
            Instances = instances.All,
            Note = set.Problem is null ? null : WithoutNames(set, told),
        };
    }

    /// <summary>Instances the archive says it could not send, without those that came in another attempt.</summary>
    private static int FailedThere(RetrieveOperation operation, RoadOutcome outcome)
    {
        var listed = outcome.FailedSOPInstanceUIDs.Count(u => !operation.Ledger.Has(u));
        return outcome.FailedSOPInstanceUIDs.Count > 0 && outcome.FailedSOPInstanceUIDs.Count >= (outcome.Counts.Failed ?? 0)
            ? listed
            : Math.Max(outcome.Counts.Failed ?? 0, listed);
    }

    /// <summary>What the archive's numbers say where they contradict each other; null if they do not.</summary>
    public static string? Disagreement(int names, int? announced, int? told)
    {
        if ((announced is null || announced == names) && (told is null || told == names))
            return null;
        var numbers = new List<string> { string.Create(CultureInfo.InvariantCulture, $"names {names} instances") };
        if (announced is not null)
            numbers.Add(string.Create(CultureInfo.InvariantCulture, $"announces {announced}"));
        if (told is not null)
            numbers.Add(string.Create(CultureInfo.InvariantCulture, $"counts {told} while sending"));
        return $"The archive contradicts itself: it {string.Join(", ", numbers)}.";
    }

    /// <summary>By what a retrieve was judged whose instances have no names.</summary>
    public static string WithoutNames(ExpectedSet set, int? told)
    {
        var by = (set.Announced, told) switch
        {
            (not null, not null) => "the number it announces and the counters of the retrieve",
            (not null, null) => "the number of instances it announces",
            (null, not null) => "the counters of the retrieve",
            _ => "nothing but its status",
        };
        return $"The instances could not be asked for by name ({set.Problem!.TrimEnd('.')}); judged by {by}.";
    }

    private sealed class InstanceList(RetrieveOperation operation, RoadOutcome? outcome, string method)
    {
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);

        public List<DicomInstanceFile> All { get; } = [];

        public void Add(DicomInstanceFile file)
        {
            _known.Add(file.SOPInstanceUID);
            All.Add(file);
        }

        public void AddListed()
        {
            foreach (var uid in outcome?.FailedSOPInstanceUIDs ?? [])
                AddAbsent(new ExpectedInstance(uid, null, ""), failed: true);
        }

        public void AddAbsent(ExpectedInstance instance, bool failed)
        {
            if (!_known.Add(instance.SOPInstanceUID))
                return;
            All.Add(new DicomInstanceFile
            {
                SOPInstanceUID = instance.SOPInstanceUID,
                SOPClassUID = instance.SOPClassUID,
                SeriesInstanceUID = instance.SeriesInstanceUID.Length == 0 ? null : instance.SeriesInstanceUID,
                StudyInstanceUID = operation.Request.StudyInstanceUID,
                PatientID = operation.Request.PatientID,
                Outcome = failed ? InstanceOutcome.Failed : InstanceOutcome.Missing,
                Status = failed ? outcome?.Status : null,
                Reason = failed ? "the archive could not send it" : "the archive has it and it never came",
                Method = method,
                Node = operation.Request.Node,
            });
        }
    }
}
