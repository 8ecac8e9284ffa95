using System.Collections;
using System.Diagnostics;
using System.Globalization;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.Services.Web;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>What becomes of a retrieve of ten instances, fault by fault and road by road. The report must tell the truth, instance by instance.</summary>
public sealed class FaultTableTests : RetrieveTestBase
{
    // A fault with Times passes. Retries: 0 for none, null for the usual ones. An outcome: instances here/failed/missing, and the error if that is not
    // all. A road is one column; null where the fault has nothing to do with it. DICOMweb has no counters, presentation contexts or move destinations, and no
    // association with a storage peer: what only those can do wrong has no DicomWeb. Of its answers a part is known to be whole when the delimiter behind it
    // has come, so that an answer cut after four brings three; and HTTP 206 names nobody, so that what failed is missing unless it was asked for by name.
    private static readonly FaultRow[] s_rows =
    [
        new("", 0) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },

        // Claimed and never sent.
        new("DropEvery=4", 0) { CMove = "8/0/2 Retrieve.Incomplete", CGet = "8/0/2 Retrieve.Incomplete", Auto = "9/0/1 Retrieve.Incomplete", DicomWeb = "8/0/2 Retrieve.Incomplete" },
        new("DropEvery=4", null) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },
        new("DropEvery=2;Times=5", null) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },
        new("DropEvery=1", null) { CMove = "0/0/10 Retrieve.DeliveredElsewhere", CGet = "0/0/10 Retrieve.Incomplete", Auto = "0/0/10 Retrieve.Incomplete", DicomWeb = "0/0/10 Retrieve.Incomplete" },
        new("DropEvery=1;Times=10", null) { CMove = "0/0/10 Retrieve.DeliveredElsewhere", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },
        new("DropEvery=4;OmitCounters=1", 0) { CMove = "8/0/2 Retrieve.Incomplete", CGet = "8/0/2 Retrieve.Incomplete" },
        new("DropEvery=4;OmitCounters=1", null) { CMove = "10/0/0", CGet = "10/0/0" },

        // Failing sub-operations.
        new("FailEvery=4", 0) { CMove = "8/2/0 Retrieve.Incomplete", CGet = "8/2/0 Retrieve.Incomplete", Auto = "9/1/0 Retrieve.Incomplete", DicomWeb = "8/0/2 Retrieve.Incomplete" },
        new("FailEvery=4", null) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },
        new("FailEvery=1", 0) { CMove = "0/10/0 Dimse.A702", CGet = "0/10/0 Dimse.A702", Auto = "0/10/0 Dimse.A702", DicomWeb = "0/0/10 DicomWeb.Http503" },
        new("FailEvery=1;Times=10", null) { CMove = "0/10/0 Dimse.A702", CGet = "0/10/0 Dimse.A702", Auto = "10/0/0", DicomWeb = "10/0/0" },
        new("FailEvery=2;Times=7", null) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },
        new("FailEvery=4;DropEvery=5", 0) { CMove = "6/2/2 Retrieve.Incomplete", CGet = "6/2/2 Retrieve.Incomplete", DicomWeb = "6/0/4 Retrieve.Incomplete" },
        new("FailEvery=4;DropEvery=5", null) { CMove = "10/0/0", CGet = "10/0/0", DicomWeb = "10/0/0" },
        new("FailEvery=4;OmitCounters=1", 0) { CMove = "8/2/0 Retrieve.Incomplete", CGet = "8/2/0 Retrieve.Incomplete" },
        new("WarnEvery=3", 0) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },

        // Counters that are not there, and counters that lie.
        new("OmitCounters=1", 0) { CMove = "10/0/0", CGet = "10/0/0" },
        new("MiscountBy=3", 0) { CMove = "10/0/0", CGet = "10/0/0" },
        new("MiscountBy=-3", 0) { CMove = "10/0/0", CGet = "10/0/0" },
        new("MiscountBy=2;DropEvery=5", 0) { CMove = "8/0/2 Retrieve.Incomplete", CGet = "8/0/2 Retrieve.Incomplete" },
        new("MiscountBy=-2;DropEvery=5", 0) { CMove = "8/0/2 Retrieve.Incomplete", CGet = "8/0/2 Retrieve.Incomplete" },

        // The end of the retrieve is not told. What is proven to be here needs no telling.
        new("LoseFinalResponse=1;Only=Move,Get,Wado", 0) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "9/0/1 Timeout" },
        new("LoseFinalResponse=1;Only=Move,Get,Wado;DropEvery=5", 0) { CMove = "8/0/2 Timeout", CGet = "8/0/2 Timeout", DicomWeb = "7/0/3 Timeout" },
        new("LoseFinalResponse=1;Only=Move,Get,Wado;Times=1", null) { CMove = "10/0/0", CGet = "10/0/0", DicomWeb = "10/0/0" },
        new("LoseFinalResponse=1", 0) { CMove = "10/0/0 Timeout", CGet = "10/0/0 Timeout", DicomWeb = "9/0/0 Timeout" },

        // Broken off, or silent, half-way.
        new("AbortAfter=4;Only=Move,Get,Wado", 0) { CMove = "5/0/5 Aborted", CGet = "5/0/5 Aborted", Auto = "10/0/0", DicomWeb = "3/0/7 Aborted" },
        new("AbortAfter=4;Only=Move,Get,Wado", null) { CMove = "10/0/0", CGet = "10/0/0", DicomWeb = "10/0/0" },
        new("AbortAfter=4;Only=Move,Get,Wado;Times=1", null) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },
        // One more instance a try: ten tries that bring something are the most there are.
        new("AbortAfter=0;Only=Move,Get,Wado", null) { CMove = "10/0/0", CGet = "10/0/0", DicomWeb = "0/0/10 Aborted" },
        new("AbortAfter=0;Only=Move,Get,Wado", 3) { CMove = "4/0/6 Aborted", CGet = "4/0/6 Aborted", DicomWeb = "0/0/10 Aborted" },
        new("StallAfter=4;Only=Move,Get,Wado", 0) { CMove = "5/0/5 Timeout", CGet = "5/0/5 Timeout", Auto = "10/0/0", DicomWeb = "3/0/7 Timeout" },
        new("StallAfter=4;Only=Move,Get,Wado", null) { CMove = "10/0/0", CGet = "10/0/0", DicomWeb = "6/0/4 Timeout" },
        new("StallAfter=4;Only=Move,Get,Wado;Times=1", null) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },

        // Refused with a status. The retry table says which is worth another try.
        new("Status=A700;Only=Move,Get,Wado", 0) { CMove = "0/0/10 Dimse.A700", CGet = "0/0/10 Dimse.A700", Auto = "0/0/10 Dimse.A700", DicomWeb = "0/0/10 DicomWeb.Http503" },
        new("Status=A700;Only=Move,Get,Wado;Times=1", null) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },
        new("Status=A701;Only=Move,Get,Wado;Times=1", null) { CMove = "0/0/10 Dimse.A701", CGet = "0/0/10 Dimse.A701", Auto = "10/0/0", DicomWeb = "10/0/0" },
        new("Status=A801;Only=Move,Wado", null) { CMove = "0/0/10 Dimse.A801", Auto = "10/0/0", DicomWeb = "0/0/10 DicomWeb.Http500" },
        new("Status=C000;Only=Move,Get,Wado", null) { CMove = "0/0/10 Dimse.C000", CGet = "0/0/10 Dimse.C000", Auto = "0/0/10 Dimse.C000", DicomWeb = "0/0/10 DicomWeb.Http500" },
        new("Status=C000;Only=Move,Get,Wado;Times=1", null) { CMove = "0/0/10 Dimse.C000", CGet = "0/0/10 Dimse.C000", Auto = "10/0/0", DicomWeb = "10/0/0" },
        new("Status=A700", 0) { CMove = "0/0/0 Dimse.A700", CGet = "0/0/0 Dimse.A700", DicomWeb = "0/0/0 DicomWeb.Http503" },
        new("unknown destination", null) { CMove = "0/0/10 Dimse.A801", Auto = "10/0/0" },

        // Associations that do not come about, do not last, or do not end.
        new("RejectAssociation=CalledAENotRecognized", null) { CMove = "0/0/0 Rejected", CGet = "0/0/0 Rejected", Auto = "0/0/0 Rejected", DicomWeb = "0/0/0 DicomWeb.Forbidden" },
        new("RejectAssociation=TemporaryCongestion;Only=Move,Get,Wado;Times=2", null) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },
        new("AbortAssociation=1", 0) { CMove = "0/0/0 Aborted", CGet = "0/0/0 Aborted", Auto = "0/0/0 Aborted", DicomWeb = "0/0/0 Aborted" },
        new("NeverRelease=1", 0) { CMove = "10/0/0" },
        new("NeverRelease=1;DropEvery=4", null) { CMove = "10/0/0" },
        new("RefuseContext=Move", 0) { CMove = "0/0/0 NotOffered", CGet = "10/0/0", Auto = "10/0/0" },
        new("RefuseContext=Get", 0) { CMove = "10/0/0", CGet = "0/0/10 NotOffered", Auto = "10/0/0" },

        // The expected set is not to be had, or is odd: the counters stand in for it, and the rest of what they leave open is no success.
        new("RefuseContext=Find", 0) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0" },
        new("RefuseContext=Find;FailEvery=4", 0) { CMove = "8/2/0 Retrieve.Incomplete", CGet = "8/2/0 Retrieve.Incomplete" },
        new("RefuseContext=Find;MiscountBy=2", 0) { CMove = "10/0/2 Retrieve.Incomplete", CGet = "10/0/2 Retrieve.Incomplete" },
        new("RefuseContext=Find;OmitCounters=1", 0) { CMove = "10/0/0 Retrieve.Unproven", CGet = "10/0/0 Retrieve.Unproven" },
        new("Status=C000;Only=Find", 0) { CMove = "10/0/0", CGet = "10/0/0", DicomWeb = "10/0/0" },
        new("AbortAssociation=1;Only=Find", 0) { CMove = "10/0/0", CGet = "10/0/0", DicomWeb = "10/0/0" },
        new("StallAfter=2;Only=Find", 0) { CMove = "10/0/0", CGet = "10/0/0", DicomWeb = "10/0/0" },
        new("ResultCap=3", 0) { CMove = "10/0/0", CGet = "10/0/0", DicomWeb = "10/0/0" },
        new("IllegalValues=1", 0) { CMove = "10/0/0", CGet = "10/0/0", DicomWeb = "10/0/0" },
        new("PendingWarning=1", 0) { CMove = "10/0/0", CGet = "10/0/0" },

        // Not asked for at all. Claims are believed then, failures are not overlooked.
        new("NoVerify", 0) { CMove = "10/0/0", CGet = "10/0/0", Auto = "10/0/0", DicomWeb = "10/0/0" },
        new("NoVerify;DropEvery=4", 0) { CMove = "8/0/2 Retrieve.Incomplete", CGet = "8/0/2 Retrieve.Incomplete", DicomWeb = "8/0/0" },
        new("NoVerify;FailEvery=4", 0) { CMove = "8/2/0 Retrieve.Incomplete", CGet = "8/2/0 Retrieve.Incomplete", DicomWeb = "8/0/0 Retrieve.Incomplete" },
        new("NoVerify;AbortAfter=4", 0) { CMove = "5/0/5 Aborted", CGet = "5/0/5 Aborted", DicomWeb = "3/0/0 Aborted" },
        new("NoVerify;StallAfter=4", 0) { CMove = "5/0/5 Timeout", CGet = "5/0/5 Timeout", DicomWeb = "3/0/0 Timeout" },
        new("NoVerify;OmitCounters=1", 0) { CMove = "10/0/0", CGet = "10/0/0" },
        // All three roads, and DICOMweb alone where nobody listens for associations.
        new("", 0) { AutoAll = "10/0/0", AutoShut = "10/0/0" },
        new("DropEvery=4", 0) { AutoAll = "10/0/0", AutoShut = "8/0/2 Retrieve.Incomplete" },
        new("DropEvery=1;Times=20", null) { AutoAll = "10/0/0" },
        new("FailEvery=1;Times=10", null) { AutoShut = "10/0/0" },
        new("LoseFinalResponse=1;Only=Wado", 0) { AutoShut = "9/0/1 Timeout" },
        new("LoseFinalResponse=1;Only=Wado;Times=1", null) { AutoShut = "10/0/0" },
        new("AbortAfter=4;Only=Move,Get", 0) { AutoAll = "10/0/0" },
        new("AbortAfter=1;Only=Move,Get,Wado", 0) { AutoAll = "10/0/0" },
        new("AbortAfter=4;Only=Wado", null) { AutoShut = "10/0/0" },
        new("StallAfter=2;Only=Move,Get", 0) { AutoAll = "10/0/0" },
        new("StallAfter=4;Only=Wado", 0) { AutoShut = "3/0/7 Timeout" },
        new("StallAfter=4;Only=Wado;Times=1", null) { AutoShut = "10/0/0" },
        new("Status=A700;Only=Move,Get", 0) { AutoAll = "10/0/0" },
        new("Status=A700;Only=Wado;Times=1", null) { AutoShut = "10/0/0" },
        new("Status=A700;Only=Wado", null) { AutoShut = "0/0/10 DicomWeb.Http503" },
        new("Status=C000;Only=Move,Get", null) { AutoAll = "10/0/0" },
        new("Status=C000", null) { AutoAll = "0/0/0 DicomWeb.Http500", AutoShut = "0/0/0 DicomWeb.Http500" },
        new("Status=C000;Only=Qido", 0) { AutoShut = "10/0/0 Retrieve.Unproven" },
        new("RejectAssociation=CalledAENotRecognized;Only=Find,Move,Get,Store", 0) { AutoAll = "10/0/0" },
        new("AbortAssociation=1;Only=Find,Move,Get", 0) { AutoAll = "10/0/0" },
        new("RefuseContext=Find", 0) { AutoAll = "10/0/0", AutoShut = "10/0/0" },
    ];

    public static TheoryData<string, int?, string, string> Table
    {
        get
        {
            var table = new TheoryData<string, int?, string, string>();
            foreach (var row in s_rows)
            {
                foreach (var (road, outcome) in row.Roads)
                {
                    if (outcome is not null)
                        table.Add(row.Fault, row.Retries, road, outcome);
                }
            }

            return table;
        }
    }

    [Theory]
    [MemberData(nameof(Table))]
    public async Task The_report_tells_the_truth(string fault, int? retries, string road, string outcome)
    {
        var knobs = fault.Split(';', StringSplitOptions.RemoveEmptyEntries);
        var noVerify = knobs.Contains("NoVerify");
        var (method, overWeb, shut) = road switch
        {
            "DicomWeb" => (RetrieveMethod.DicomWeb, true, false),
            "AutoAll" => (RetrieveMethod.Auto, true, false),
            "AutoShut" => (RetrieveMethod.Auto, true, true),
            _ => (Enum.Parse<RetrieveMethod>(road), false, false),
        };
        using var archive = new SimulatedArchive(fault == "unknown destination" ? null : Scp, Faults(knobs), dicomWeb: overWeb);
        var run = Start(new RetrieveRequest
        {
            Node = shut ? archive.Node with { Port = LoopbackPort.Closed() } : archive.Node,
            StudyInstanceUID = archive.StudyInstanceUID,
            Destination = Folder["out"],
            Method = method,
            Scp = new StorageScpChoice(Scp),
            NoVerify = noVerify,
            Retry = new RetryPolicy(retries, Time, () => 0.5),
        });
        var (emitted, thrown) = await PassAsync(Collect(run), archive.Journal);
        var report = await run.Report;

        Assert.Equal(outcome, Outcome(report));
        Assert.Same(report.Error, thrown);
        Assert.Equal(report.Error is null, report.Complete);
        Assert.All(report.Attempts.SkipLast(1), a => Assert.False(a.Success));
        Assert.Equal(report.Complete, report.Attempts[^1].Success);
        Assert.Equal(report.Attempts.Select((_, i) => i + 1), report.Attempts.Select(a => a.Number));
        var isNamed = !noVerify && report.Instances.Count == SimulatedArchive.Count;
        AssertEveryInstance(archive, report, isNamed, failuresHaveNames: !overWeb);
        // What is emitted and what is reported is the same, once each.
        Assert.Equal(report.Instances.Select(i => (i.SOPInstanceUID, i.Outcome)).Order(), emitted.Select(i => (i.SOPInstanceUID, i.Outcome)).Order());
        // Recovery asks for what is missing and for nothing else.
        if (isNamed && !knobs.Any(k => k.StartsWith("LoseFinalResponse", StringComparison.Ordinal)))
            Assert.All(archive.Journal.Fates.Where(f => f.Arrived).GroupBy(f => f.SOPInstanceUID), sent => Assert.Single(sent));
    }

    [Theory]
    [InlineData(RetrieveMethod.CMove)]
    [InlineData(RetrieveMethod.CGet)]
    public async Task What_is_missing_is_asked_for_by_series_where_all_of_one_is_and_else_by_name(RetrieveMethod method)
    {
        // Six fail: the whole first series, and one of the second.
        using var archive = new SimulatedArchive(Scp, new SimulatorFaults { FailEvery = 1, Times = 6 });
        var report = await Pass(Start(new RetrieveRequest
        {
            Node = archive.Node,
            StudyInstanceUID = archive.StudyInstanceUID,
            Destination = Folder["out"],
            Method = method,
            Scp = new StorageScpChoice(Scp),
            Retry = new RetryPolicy(null, Time, () => 0.5),
        }).DrainAsync());
        Assert.True(report.Complete, report.Error?.Message);
        var failed = archive.Journal.Fates.Take(6).Select(f => f.SOPInstanceUID).ToList();
        var firstSeries = report.Instances.Single(i => i.SOPInstanceUID == failed[0]).SeriesInstanceUID;
        var secondSeries = report.Instances.Single(i => i.SOPInstanceUID == failed[5]).SeriesInstanceUID;
        Assert.Equal(
            ["STUDY  ", $"SERIES {firstSeries} ", $"IMAGE {secondSeries} {failed[5]}"],
            archive.Journal.Asked.Select(a => $"{a.Level} {string.Join(',', a.SeriesInstanceUIDs)} {string.Join(',', a.SOPInstanceUIDs)}"));
        Assert.Equal(SimulatedArchive.Count + 6, archive.Journal.Fates.Count);
        Assert.Equal(["incomplete", "complete"], report.Attempts.Select(a => a.Success ? "complete" : "incomplete"));
    }

    // Time stands still while the archive works, and flies while it owes an answer it will never give: no bound of the retrieve is met by chance.
    private async Task<T> PassAsync<T>(Task<T> task, SimulatorJournal journal)
    {
        var started = Stopwatch.GetTimestamp();
        while (!task.IsCompleted)
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Bound, "the retrieve does not end");
            await Task.WhenAny(task, Task.Delay(10));
            if (journal.Busy == 0)
                Time.Advance(TimeSpan.FromSeconds(journal.Silent > 0 ? 20 : 1));
        }

        return await task;
    }

    // The archive's own account against the report, the disk and the bytes.
    private static void AssertEveryInstance(SimulatedArchive archive, DicomRetrieveReport report, bool isNamed, bool failuresHaveNames)
    {
        var fates = archive.Journal.Fates.GroupBy(f => f.SOPInstanceUID).ToDictionary(f => f.Key, f => f.ToList());
        Assert.Equal(report.Instances.Count, report.Instances.DistinctBy(i => i.SOPInstanceUID).Count());
        if (isNamed)
            Assert.Equal(archive.SOPInstanceUIDs.Order(), report.Instances.Select(i => i.SOPInstanceUID).Order());
        foreach (var instance in report.Instances)
        {
            var all = fates.GetValueOrDefault(instance.SOPInstanceUID, []);
            var truth = all.Exists(f => f.Arrived) ? InstanceOutcome.Stored
                : all.Count > 0 && all[^1].Fault == InstanceFault.Fail ? InstanceOutcome.Failed
                : InstanceOutcome.Missing;
            // HTTP 206 tells that some are not in the answer, and not which (PS3.18 10.4.3.1).
            if (truth == InstanceOutcome.Failed && !failuresHaveNames && instance.Outcome == InstanceOutcome.Missing)
                truth = InstanceOutcome.Missing;
            Assert.Equal((instance.SOPInstanceUID, truth), (instance.SOPInstanceUID, instance.Outcome));
            Assert.Equal(truth == InstanceOutcome.Stored, instance.Path is not null);
            Assert.Equal(report.StudyInstanceUID, instance.StudyInstanceUID);
            Assert.True(truth == InstanceOutcome.Stored || instance.Reason is { Length: > 0 });
            if (instance.Path is not null)
                Assert.Equal(TestKit.Data.TestInstance.DataSetOf(archive.PathOf(instance.SOPInstanceUID)), TestKit.Data.TestInstance.DataSetOf(instance.Path));
        }

        var onDisk = Directory.EnumerateFiles(report.Path!, "*", SearchOption.AllDirectories).Order();
        Assert.Equal(onDisk, report.Instances.Where(i => i.Path is not null).Select(i => i.Path!).Order());
        Assert.Equal(onDisk.Sum(p => new FileInfo(p).Length), report.Bytes);
    }

    private static string Outcome(DicomRetrieveReport report)
    {
        var error = report.Error switch
        {
            null => "",
            RetrieveException e => e.Id,
            DicomWebException e => e.Id,
            DicomTimeoutException => "Timeout",
            AssociationAbortedException or DicomNetworkException => "Aborted",
            AssociationRejectedException => "Rejected",
            NoAcceptedContextException => "NotOffered",
            var e => e.GetType().Name,
        };
        return string.Create(CultureInfo.InvariantCulture, $"{report.Stored + report.Duplicate}/{report.Failed}/{report.Missing} {error}").TrimEnd();
    }

    private static SimulatorFaults Faults(IEnumerable<string> knobs) =>
        FaultParser.Parse(new Hashtable(knobs.Where(k => k.Contains('=', StringComparison.Ordinal)).Select(k => k.Split('=')).ToDictionary(k => k[0], k => Value(k[0], k[1]))));

    private static object Value(string knob, string text) => knob switch
    {
        "Only" => text.Split(','),
        "Status" or "RejectAssociation" or "RefuseContext" => text,
        "OmitCounters" or "LoseFinalResponse" or "AbortAssociation" or "NeverRelease" or "IllegalValues" or "PendingWarning" => true,
        _ => int.Parse(text, CultureInfo.InvariantCulture),
    };

    private sealed record FaultRow(string Fault, int? Retries)
    {
        public string? CMove { get; init; }

        public string? CGet { get; init; }

        public string? Auto { get; init; }

        public string? DicomWeb { get; init; }

        public string? AutoAll { get; init; }

        public string? AutoShut { get; init; }

        public IEnumerable<(string Road, string? Outcome)> Roads =>
            [(nameof(CMove), CMove), (nameof(CGet), CGet), (nameof(Auto), Auto), (nameof(DicomWeb), DicomWeb), (nameof(AutoAll), AutoAll), (nameof(AutoShut), AutoShut)];
    }
}
