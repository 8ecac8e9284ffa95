using System.Collections;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>What becomes of a retrieve of ten instances, fault by fault and road by road. The report must tell the truth, instance by instance.</summary>
public sealed class FaultTableTests : RetrieveTestBase
{
    private const string Move = "CMove", Get = "CGet", Auto = "Auto";

    // Fault, road, retries allowed; then whether it is complete, instances here, failed, missing, and the error.
    public static TheoryData<string, string, bool, bool, int, int, int, string> Table => new()
    {
        { "", Move, false, true, 10, 0, 0, "" },
        { "", Get, false, true, 10, 0, 0, "" },
        { "", Auto, false, true, 10, 0, 0, "" },
        { "DropEvery=4", Move, false, false, 8, 0, 2, "Retrieve.Incomplete" },
        { "DropEvery=4", Get, false, false, 8, 0, 2, "Retrieve.Incomplete" },
        // The second road is asked for two, of which the simulator, which goes on counting, loses one.
        { "DropEvery=4", Auto, false, false, 9, 0, 1, "Retrieve.Incomplete" },
        { "DropEvery=4", Auto, true, true, 10, 0, 0, "" },
        { "DropEvery=4", Move, true, true, 10, 0, 0, "" },
        { "DropEvery=4", Get, true, true, 10, 0, 0, "" },
        { "DropEvery=1", Move, true, false, 0, 0, 10, "Retrieve.DeliveredElsewhere" },
        { "DropEvery=1", Get, true, false, 0, 0, 10, "Retrieve.Incomplete" },
        { "FailEvery=4", Move, false, false, 8, 2, 0, "Retrieve.Incomplete" },
        { "FailEvery=4", Get, false, false, 8, 2, 0, "Retrieve.Incomplete" },
        { "FailEvery=4", Move, true, true, 10, 0, 0, "" },
        { "FailEvery=4", Get, true, true, 10, 0, 0, "" },
        { "FailEvery=1", Auto, false, false, 0, 10, 0, "Dimse.A702" },
        { "FailEvery=4;DropEvery=5", Move, false, false, 6, 2, 2, "Retrieve.Incomplete" },
        { "FailEvery=4;OmitCounters=1", Get, false, false, 8, 2, 0, "Retrieve.Incomplete" },
        { "DropEvery=4;OmitCounters=1", Move, false, false, 8, 0, 2, "Retrieve.Incomplete" },
        { "WarnEvery=3", Move, false, true, 10, 0, 0, "" },
        { "WarnEvery=3", Get, false, true, 10, 0, 0, "" },
        { "OmitCounters=1", Move, false, true, 10, 0, 0, "" },
        { "OmitCounters=1", Get, false, true, 10, 0, 0, "" },
        { "NeverRelease=1", Move, false, true, 10, 0, 0, "" },
        { "IllegalValues=1", Move, false, true, 10, 0, 0, "" },
        { "PendingWarning=1", Get, false, true, 10, 0, 0, "" },
        { "ResultCap=3", Move, false, true, 10, 0, 0, "" },
        { "Status=A700", Move, true, false, 0, 0, 0, "Dimse.A700" },
        { "Status=C000", Auto, true, false, 0, 0, 0, "Dimse.C000" },
        { "RejectAssociation=1", Auto, false, false, 0, 0, 0, nameof(AssociationRejectedException) },
        { "AbortAssociation=1", Auto, false, false, 0, 0, 0, nameof(AssociationAbortedException) },
        { "unknown destination", Move, true, false, 0, 0, 10, "Dimse.A801" },
        { "unknown destination", Auto, true, true, 10, 0, 0, "" },
        { "no C-MOVE", Move, true, false, 0, 0, 0, nameof(NoAcceptedContextException) },
        { "no C-MOVE", Auto, false, true, 10, 0, 0, "" },
        { "no C-GET", Get, true, false, 0, 0, 10, nameof(NoAcceptedContextException) },
        { "no queries", Move, false, true, 10, 0, 0, "" },
        { "no queries", Get, false, true, 10, 0, 0, "" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task The_report_tells_the_truth(string fault, string road, bool retry, bool complete, int here, int failed, int missing, string error)
    {
        using var archive = new SimulatedArchive(fault == "unknown destination" ? null : Scp, Faults(fault));
        var run = Start(Request(archive, Enum.Parse<RetrieveMethod>(road), retry));
        var (files, thrown) = await Pass(Collect(run));
        var report = await run.Report;

        Assert.Equal(error, Name(report.Error));
        Assert.Same(report.Error, thrown);
        Assert.Equal((complete, here, failed, missing), (report.Complete, report.Stored + report.Duplicate, report.Failed, report.Missing));
        AssertTruth(archive, report, files);
    }

    [Fact]
    public async Task A_lost_final_response_is_a_timeout_that_counts_what_came()
    {
        using var archive = new SimulatedArchive(Scp, new SimulatorFaults { LoseFinalResponse = true });
        var report = await Pass(Start(Request(archive, RetrieveMethod.CMove, retry: false) with { Timeout = TimeSpan.FromSeconds(30) }).DrainAsync(), step: 5);
        Assert.IsType<DicomTimeoutException>(report.Error);
        Assert.Equal((false, 10, 10), (report.Complete, report.Stored, report.Expected));
        AssertTruth(archive, report, report.Instances);
    }

    [Theory]
    [InlineData(RetrieveMethod.CMove)]
    [InlineData(RetrieveMethod.CGet)]
    public async Task An_archive_that_stalls_is_given_up_and_what_came_is_counted(RetrieveMethod method)
    {
        using var archive = new SimulatedArchive(Scp, new SimulatorFaults { StallAfter = 4 });
        var report = await Pass(Start(Request(archive, method, retry: false) with { NoVerify = true, Timeout = TimeSpan.FromSeconds(30) }).DrainAsync(), step: 5);
        Assert.IsType<DicomTimeoutException>(report.Error);
        Assert.Equal((false, 5, 10, 5), (report.Complete, report.Stored, report.Expected, report.Missing));
    }

    [Theory]
    [InlineData(RetrieveMethod.CMove)]
    [InlineData(RetrieveMethod.CGet)]
    public async Task An_abort_half_way_costs_what_had_not_come(RetrieveMethod method)
    {
        using var archive = new SimulatedArchive(Scp, new SimulatorFaults { AbortAfter = 4 });
        var report = await Pass(Start(Request(archive, method, retry: false) with { NoVerify = true }).DrainAsync());
        Assert.IsAssignableFrom<DicomException>(report.Error);
        Assert.Equal((false, 10), (report.Complete, report.Expected));
        Assert.InRange(report.Stored!.Value, 4, 5);
        Assert.Equal(10 - report.Stored, report.Missing);
    }

    private static void AssertTruth(SimulatedArchive archive, DicomRetrieveReport report, IReadOnlyList<DicomInstanceFile> emitted)
    {
        var onDisk = Directory.EnumerateFiles(report.Path!, "*", SearchOption.AllDirectories).Select(p => Path.GetFileNameWithoutExtension(p)).Order().ToList();
        Assert.Equal(onDisk, report.Instances.Where(i => i.Path is not null).Select(i => i.SOPInstanceUID).Order());
        Assert.All(report.Instances, i => Assert.Equal(i.Outcome is InstanceOutcome.Stored or InstanceOutcome.Duplicate, i.Path is not null));
        Assert.All(report.Instances, i => Assert.Contains(i.SOPInstanceUID, archive.SOPInstanceUIDs));
        // Once each, present or not.
        Assert.Equal(report.Instances.Select(i => i.SOPInstanceUID).Order(), emitted.Select(i => i.SOPInstanceUID).Order());
        Assert.Equal(report.Instances.Count, report.Instances.DistinctBy(i => i.SOPInstanceUID).Count());
        Assert.All(report.Attempts.SkipLast(1), a => Assert.False(a.Success));
        Assert.Equal(report.Complete, report.Attempts[^1].Success);
    }

    private static string Name(Exception? error) => error switch
    {
        null => "",
        RetrieveException e => e.Id,
        _ => error.GetType().Name,
    };

    private static SimulatorFaults Faults(string fault) => fault switch
    {
        "" or "unknown destination" => SimulatorFaults.None,
        "no C-MOVE" => Refuse(Dicom.Data.DicomUids.StudyRootMove),
        "no C-GET" => Refuse(Dicom.Data.DicomUids.StudyRootGet),
        "no queries" => Refuse(Dicom.Data.DicomUids.StudyRootFind),
        "RejectAssociation=1" => FaultParser.Parse(new Hashtable { ["RejectAssociation"] = true }),
        _ => FaultParser.Parse(new Hashtable(fault.Split(';').Select(f => f.Split('=')).ToDictionary(f => f[0], f => Value(f[0], f[1])))),
    };

    private static object Value(string knob, string text) => knob switch
    {
        "Status" => text,
        "DropEvery" or "FailEvery" or "WarnEvery" or "ResultCap" => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture),
        _ => true,
    };

    private static SimulatorFaults Refuse(string sopClass) => new() { RefuseContext = new HashSet<string> { sopClass } };

    private RetrieveRequest Request(SimulatedArchive archive, RetrieveMethod method, bool retry) => new()
    {
        Node = archive.Node,
        StudyInstanceUID = archive.StudyInstanceUID,
        Destination = Folder["out"],
        Method = method,
        Scp = new StorageScpChoice(Scp),
        Retry = new RetryPolicy(retry ? null : 0, Time, () => 0.5),
    };
}
