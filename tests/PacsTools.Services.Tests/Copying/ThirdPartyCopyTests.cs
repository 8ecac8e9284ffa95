using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Copying;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Retrieve;

namespace PacsTools.Services.Tests.Copying;

/// <summary>An archive sends to another by itself. Its own word is all there is, and it is told as that.</summary>
public sealed class ThirdPartyCopyTests : CopyTestBase
{
    // Fault, retries allowed, verified; then complete, expected, delivered (-1: not told), failed, missing, attempts, error.
    public static TheoryData<string, bool, bool, bool, int?, int, int, int, int, string> Table => new()
    {
        { "", false, true, true, 10, 10, 0, 0, 1, "" },
        { "", false, false, true, 10, 10, 0, 0, 1, "" },
        { "WarnEvery", false, true, true, 10, 10, 0, 0, 1, "" },
        { "FailEvery", false, true, false, 10, 8, 2, 0, 1, "Copy.Incomplete" },
        { "FailEvery", true, true, true, 10, 10, 0, 0, 3, "" },
        { "FailEvery", true, false, false, 10, 8, 2, 0, 1, "Copy.Incomplete" },
        { "OmitCounters", true, true, false, 10, -1, 0, 0, 1, "Copy.Unproven" },
        { "OmitCounters", true, false, true, null, -1, 0, 0, 1, "" },
        { "OmitCounters,FailEvery", false, true, false, 10, -1, 2, 0, 1, "Copy.Incomplete" },
        { "NoQueries", false, true, true, 10, 10, 0, 0, 1, "" },
        { "UnknownDestination", true, true, false, 10, 0, 0, 10, 1, "Dimse.A801" },
        { "A700", true, false, false, null, 0, 0, 0, 2, "Dimse.A700" },
        { "A700", false, false, false, null, 0, 0, 0, 1, "Dimse.A700" },
        { "C000", true, false, false, null, 0, 0, 0, 1, "Dimse.C000" },
        { "NoMove", true, true, false, null, 0, 0, 0, 1, nameof(NoAcceptedContextException) },
        { "AbortAssociation", true, false, false, null, -1, 0, 0, 1, nameof(AssociationAbortedException) },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task The_report_tells_what_the_archive_says(
        string fault, bool retry, bool verify, bool complete, int? expected, int delivered, int failed, int missing, int attempts, string error)
    {
        var destination = Destination();
        using var source = new SimulatedArchive(null, Faults(fault), resolve: title => title == "DEST" && fault != "UnknownDestination" ? new MoveTarget("127.0.0.1", destination.Port) : null);
        var report = await Copy(To("DEST", source, retry ? null : 0, verify));

        Assert.Equal(error, Name(report.Error));
        Assert.Equal((complete, delivered < 0 ? null : (int?)delivered, failed, missing), (report.Complete, report.Stored, report.Failed, report.Missing));
        Assert.Equal(expected, report.Expected);
        Assert.Equal(attempts, report.Attempts.Count);
        Assert.Equal(("CMove", "DEST", null), (report.Method, report.Destination, report.Path));
        if (verify && report.Instances.Count > 0 && delivered >= 0)
            Assert.Equal(Held().Keys.Order(), report.Instances.Where(i => i.Outcome == InstanceOutcome.Stored).Select(i => i.SOPInstanceUID).Order());
        if (complete)
            AssertHolds(source);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 1)]
    public async Task An_association_whose_move_was_refused_is_not_kept_for_others(bool known, int kept)
    {
        var destination = Destination();
        using var source = new SimulatedArchive(null, SimulatorFaults.None, resolve: _ => known ? new MoveTarget("127.0.0.1", destination.Port) : null);
        var pool = new AssociationPool(DirectAssociations.Default);
        var report = await new StudyCopier(pool, Scps).CopyAsync(To("DEST", source, verify: false), Log, TestContext.Current.CancellationToken);

        Assert.Equal(known, report.Complete);
        Assert.Equal(kept, pool.Open);
        pool.Clear();
    }

    [Fact]
    public async Task Only_what_failed_is_asked_for_again()
    {
        var destination = Destination();
        using var source = new SimulatedArchive(null, new SimulatorFaults { FailEvery = 4 }, resolve: _ => new MoveTarget("127.0.0.1", destination.Port));
        var report = await Copy(To("DEST", source, retries: null));
        // The simulator goes on counting: of the two it fails one again.
        Assert.Equal([8, 1, 1], report.Attempts.Select(a => a.Completed));
        Assert.Equal([8, 1, 1], report.Attempts.Select(a => a.Arrived));
        AssertHolds(source);
    }

    [Fact]
    public async Task What_was_counted_before_the_archive_broke_off_is_told_and_not_called_complete()
    {
        var destination = Destination();
        using var source = new SimulatedArchive(null, new SimulatorFaults { AbortAfter = 4 }, resolve: _ => new MoveTarget("127.0.0.1", destination.Port));
        var report = await Copy(To("DEST", source, verify: false));
        Assert.IsAssignableFrom<DicomException>(report.Error);
        Assert.False(report.Complete);
        Assert.Equal(10, report.Expected);
        Assert.Equal(4, report.Stored);
        Assert.Equal(6, report.Missing);
    }

    [Fact]
    public async Task A_lost_final_response_is_a_timeout_and_leaves_in_doubt_what_was_not_counted()
    {
        var destination = Destination();
        using var source = new SimulatedArchive(null, new SimulatorFaults { LoseFinalResponse = true }, resolve: _ => new MoveTarget("127.0.0.1", destination.Port));
        var request = To("DEST", source, verify: false);
        var report = await Copy(request with { Source = request.Source with { Timeout = TimeSpan.FromSeconds(1) } });
        Assert.Equal("Move", Assert.IsType<DicomTimeoutException>(report.Error).Operation);
        Assert.Equal((false, 10, 9, 1), (report.Complete, report.Expected, report.Stored, report.Missing));
    }

    [Fact]
    public async Task Cancelling_tells_the_archive()
    {
        using var cancel = new CancellationTokenSource();
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var archive = new FakeArchive(move =>
        {
            move.Pending(9, 1);
            asked.SetResult();
            cancelled.SetResult(move.ReceiveCancel());
            move.Final(0xFE00, completed: 1);
        });
        var copy = Copy(new CopyRequest { Source = Source(archive.Node, "1.2.3", 0) with { NoVerify = true }, DestinationAETitle = "DEST" }, cancel.Token);
        await asked.Task.WaitAsync(Bound);
        await cancel.CancelAsync();
        Assert.True(await cancelled.Task.WaitAsync(Bound));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy);
    }

    [Fact]
    public async Task A_UID_the_archive_does_not_hold_is_no_success()
    {
        using var source = new SimulatedArchive(null, resolve: _ => new MoveTarget("127.0.0.1", 1));
        var report = await Copy(To("DEST", source) with { Source = Source(source.Node, "1.2.3.4", 0) });
        Assert.Equal("Retrieve.NothingSent", Name(report.Error));
    }

    [Fact]
    public async Task Our_own_Storage_SCP_is_no_third_party()
    {
        using var source = new SimulatedArchive(Scp);
        var error = await Assert.ThrowsAsync<RetrieveException>(() => Copy(To(Scp.AETitle, source)));
        Assert.Equal("Copy.DestinationIsHere", error.Id);

        var open = Scps.Start(new StorageScpOptions { AETitle = "OPEN_SCP", Port = 0, BindAddress = System.Net.IPAddress.Loopback, Accept = StorageScpAccept.Any, Path = Folder.Create("open") });
        using var knowing = new SimulatedArchive(open);
        Assert.True((await Copy(To("OPEN_SCP", knowing))).Complete);
        Assert.Equal("Copy.DestinationIsHere", Assert.Single(Log.Warnings).Id);
        Assert.Equal(10, open.Received);
    }

    [Fact]
    public async Task An_archive_is_not_asked_to_send_to_itself()
    {
        using var source = new SimulatedArchive(Scp);
        Assert.Equal("Copy.SameNode", (await Assert.ThrowsAsync<RetrieveException>(() => Copy(To(source.Node.CalledAETitle, source)))).Id);
    }

    [Fact]
    public async Task Patient_Root_looks_the_patient_up()
    {
        var destination = Destination();
        using var source = new SimulatedArchive(null, resolve: _ => new MoveTarget("127.0.0.1", destination.Port));
        Assert.True((await Copy(To("DEST", source) with { Source = Source(source.Node with { QueryModel = QueryModel.Patient }, source.StudyInstanceUID, 0) })).Complete);
        AssertHolds(source);
    }

    private CopyRequest To(string title, SimulatedArchive source, int? retries = 0, bool verify = true) =>
        new() { Source = Source(source.Node, source.StudyInstanceUID, retries) with { NoVerify = !verify }, DestinationAETitle = title };

    private static SimulatorFaults Faults(string fault) => fault switch
    {
        "FailEvery" => new() { FailEvery = 4 },
        "WarnEvery" => new() { WarnEvery = 3 },
        "OmitCounters" => new() { OmitCounters = true },
        "OmitCounters,FailEvery" => new() { OmitCounters = true, FailEvery = 4 },
        "NoQueries" => new() { RefuseContext = new HashSet<string> { DicomUids.StudyRootFind } },
        "NoMove" => new() { RefuseContext = new HashSet<string> { DicomUids.StudyRootMove } },
        "A700" => new() { Status = 0xA700 },
        "C000" => new() { Status = 0xC000 },
        "AbortAssociation" => new() { AbortAssociation = true },
        _ => SimulatorFaults.None,
    };
}
