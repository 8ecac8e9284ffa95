using PacsTools.Services.Copying;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Retrieve;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Copying;

/// <summary>A study from one archive to the other by way of us. What the destination has not acknowledged is not copied.</summary>
public sealed class RelayCopyTests : CopyTestBase
{
    [Theory]
    [InlineData(RetrieveMethod.CMove)]
    [InlineData(RetrieveMethod.CGet)]
    [InlineData(RetrieveMethod.Auto)]
    public async Task Every_instance_is_there_byte_for_byte_and_nothing_here(RetrieveMethod method)
    {
        using var source = new SimulatedArchive(Scp);
        var report = await Copy(Relay(source, Destination().Node, method: method));

        Assert.Null(report.Error);
        Assert.Equal((true, 10, 10, 0, 0), (report.Complete, report.Expected, report.Stored, report.Failed, report.Missing));
        Assert.Equal(method == RetrieveMethod.Auto ? "CMove" : method.ToString(), report.Method);
        Assert.Null(report.Path);
        Assert.Equal(source.SOPInstanceUIDs.Order(), report.Instances.Select(i => i.SOPInstanceUID).Order());
        Assert.All(report.Instances, i => Assert.Equal((InstanceOutcome.Stored, (ushort?)0, null), (i.Outcome, i.Status, i.Path)));
        Assert.Equal(report.Instances.Sum(i => i.Length), report.Bytes);
        AssertHolds(source);
        Assert.Empty(Spooled);
        Assert.True(Log.Progresses.Last() is { Completed: true, Done: 10, Total: 10 });
        Assert.All(Log.Progresses, p => Assert.StartsWith("Copying from", p.Activity, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(RetrieveMethod.DicomWeb, "", "")]
    [InlineData(RetrieveMethod.Auto, "", "")]
    [InlineData(RetrieveMethod.DicomWeb, "FailEvery", "Retrieve.Incomplete")]
    [InlineData(RetrieveMethod.DicomWeb, "DropEvery", "Retrieve.Incomplete")]
    public async Task DICOMweb_is_a_road_to_copy_from_where_nobody_listens_for_associations(RetrieveMethod method, string fault, string error)
    {
        using var source = new SimulatedArchive(null, Faults(fault), dicomWeb: true);
        var request = Relay(source, Destination().Node, method: method);
        var report = await Copy(request with { Source = request.Source with { Node = source.Node with { Port = LoopbackPort.Closed() } } });
        Assert.Equal((error, "DicomWeb", 10), (Name(report.Error), report.Method, report.Expected));
        Assert.Equal(error.Length == 0 ? (true, 10) : (false, 8), (report.Complete, report.Stored));
        Assert.Equal(Held().Keys.Order(), report.Instances.Where(i => i.Outcome == InstanceOutcome.Stored).Select(i => i.SOPInstanceUID).Order());
        Assert.Empty(Spooled);
    }

    // Faults of the source, faults of the destination, retries allowed; then complete, copied, failed, missing, error.
    public static TheoryData<string, string, bool, bool, int, int, int, string> Table => new()
    {
        { "FailEvery", "", false, false, 8, 2, 0, "Retrieve.Incomplete" },
        { "FailEvery", "", true, true, 10, 0, 0, "" },
        { "DropEvery", "", false, false, 8, 0, 2, "Retrieve.Incomplete" },
        { "DropEvery", "", true, true, 10, 0, 0, "" },
        { "OmitCounters", "", false, true, 10, 0, 0, "" },
        { "", "FailEvery", false, false, 8, 2, 0, "Copy.Incomplete" },
        { "", "FailEvery", true, true, 10, 0, 0, "" },
        { "", "Refuse", true, false, 8, 2, 0, "Copy.Incomplete" },
        { "", "Warn", false, true, 10, 0, 0, "" },
        { "FailEvery", "Refuse", false, false, 6, 4, 0, "Copy.Incomplete" },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public async Task The_report_tells_the_truth(string source, string destination, bool retry, bool complete, int copied, int failed, int missing, string error)
    {
        using var archive = new SimulatedArchive(Scp, Faults(source));
        // After a C-MOVE that claims more than it sent, a retrieve waits for the rest.
        var method = source == "DropEvery" ? RetrieveMethod.CGet : RetrieveMethod.CMove;
        var report = await Copy(Relay(archive, Destination(Faults(destination)).Node, retry ? null : 0, method));

        Assert.Equal(error, Name(report.Error));
        Assert.Equal((complete, copied, failed, missing), (report.Complete, report.Stored, report.Failed, report.Missing));
        Assert.Equal(Held().Keys.Order(), report.Instances.Where(i => i.Outcome == InstanceOutcome.Stored).Select(i => i.SOPInstanceUID).Order());
        Assert.Equal(10, report.Instances.DistinctBy(i => i.SOPInstanceUID).Count());
        Assert.Empty(Spooled);
    }

    [Fact]
    public async Task What_the_destination_has_is_not_copied_again_when_a_copy_is_continued()
    {
        using var source = new SimulatedArchive(Scp);
        var destination = Destination(Faults("Refuse"));
        Assert.Equal(8, (await Copy(Relay(source, destination.Node))).Stored);
        destination.Dispose();
        destination = Destination();
        var request = Relay(source, destination.Node);
        var report = await Copy(request with { Source = request.Source with { Resume = true } });

        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal((10, 2, 8, 2), (report.Expected, report.Stored, report.Duplicate, Assert.Single(report.Attempts).Arrived));
        AssertHolds(source);
        report = await Copy(request with { Source = request.Source with { Resume = true } });
        Assert.Equal((true, 0, 10, 0), (report.Complete, report.Stored, report.Duplicate, report.Attempts.Count));
    }

    [Fact]
    public async Task A_destination_that_does_not_tell_what_it_has_is_sent_everything()
    {
        using var source = new SimulatedArchive(Scp);
        var request = Relay(source, Destination(new SimulatorFaults { RefuseContext = new HashSet<string> { Dicom.Data.DicomUids.StudyRootFind } }).Node);
        var report = await Copy(request with { Source = request.Source with { Resume = true } });
        Assert.Equal((true, 10, 0), (report.Complete, report.Stored, report.Duplicate));
        Assert.Equal("Copy.CannotResume", Assert.Single(Log.Warnings).Id);
    }

    [Fact]
    public async Task A_destination_that_is_not_there_ends_the_retrieve_too()
    {
        using var source = new SimulatedArchive(Scp, new SimulatorFaults { Delay = TimeSpan.FromMilliseconds(300) });
        var nowhere = Services.Nodes.PacsNode.Parse($"NOWHERE@127.0.0.1:{LoopbackPort.Closed()}");
        var report = await Copy(Relay(source, nowhere));

        var error = Assert.IsType<RetrieveException>(report.Error);
        Assert.Equal("Copy.DestinationUnreachable", error.Id);
        Assert.Contains("NOWHERE", error.Message, StringComparison.Ordinal);
        Assert.Equal((false, 0), (report.Complete, report.Stored));
        Assert.All(report.Instances, i => Assert.Contains(i.Outcome, new[] { InstanceOutcome.Failed, InstanceOutcome.Missing }));
        Assert.InRange(report.Instances.Count(i => i.Outcome == InstanceOutcome.Failed), 1, 9);
        Assert.False(Assert.Single(report.Attempts).Success);
        Assert.Empty(Spooled);
    }

    [Fact]
    public async Task A_destination_that_refuses_us_is_told_by_its_reason()
    {
        using var source = new SimulatedArchive(Scp);
        var rejecting = Destination(FaultParser.Parse(new System.Collections.Hashtable { ["RejectAssociation"] = true }));
        var report = await Copy(Relay(source, rejecting.Node));
        Assert.IsType<Dicom.Errors.AssociationRejectedException>(Assert.IsType<RetrieveException>(report.Error).InnerException);
    }

    [Fact]
    public async Task A_full_destination_is_given_up_and_not_asked_for_every_instance()
    {
        using var source = new SimulatedArchive(Scp);
        var report = await Copy(Relay(source, Destination(new SimulatorFaults { FailEvery = 1 }).Node, retries: null));
        Assert.Equal("Copy.DestinationFull", Name(report.Error));
        Assert.Equal((0, (ushort?)0xA700), (report.Stored, report.Status));
        Assert.Equal(10, report.Failed + report.Missing);
        Assert.Equal(3, report.Instances.Count(i => i.Status == 0xA700));
        Assert.Empty(Spooled);
    }

    [Fact]
    public async Task Only_what_was_not_acknowledged_is_sent_again_after_the_destination_died()
    {
        using var source = new SimulatedArchive(Scp);
        var stored = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var destination = ScriptedPeer.ListenForever(async connection =>
        {
            await connection.AcceptAssociationAsync();
            while (true)
            {
                RawMessage message;
                try
                {
                    message = await connection.ReadMessageAsync();
                }
                catch (InvalidDataException)
                {
                    await connection.SendAsync(RawPdu.ReleaseReply);
                    return;
                }

                stored.Enqueue(message.Command.AffectedSOPInstanceUID!);
                if (stored.Count == 4)
                {
                    connection.Reset();
                    return;
                }

                await connection.SendMessageAsync(message.ContextId, message.Command.Response(0));
            }
        });
        var report = await Copy(Relay(source, new() { HostName = destination.HostName, Port = destination.Port, CalledAETitle = "DEST" }, retries: null));

        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal(10, report.Stored);
        // The fourth twice, since nobody knows whether it was kept; the others once.
        Assert.Equal(11, stored.Count);
        Assert.Equal(stored.ElementAt(3), Assert.Single(stored.GroupBy(u => u), g => g.Count() == 2).Key);
        Assert.Contains(Log.Warnings, w => w.Id == "Send.SentAgain");
    }

    [Fact]
    public async Task An_instance_the_archive_sends_twice_is_sent_on_once_and_none_stays()
    {
        var instances = TestStudy.Create(TestStudy.Tiny(3, 7)).ToList();
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances);
            move.Pending(0, 3);
            // By the time they come again the destination has them.
            Eventually.TrueAsync(() => Held().Count == 3, "the first copies are there").GetAwaiter().GetResult();
            Assert.All(move.Store(Scp.Port, instances), s => Assert.Equal(0, s));
            move.Final(0, completed: 3);
        });
        var request = new CopyRequest
        {
            Source = Source(archive.Node, instances[0].StudyInstanceUID, 0) with { Method = RetrieveMethod.CMove, NoVerify = true },
            DestinationNode = Destination().Node,
            SpoolRoot = Folder["spool"],
        };
        var report = await Copy(request);
        Assert.Null(report.Error);
        Assert.Equal((3, 3), (report.Expected, report.Stored));
        Assert.Empty(Spooled);
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_here()
    {
        using var source = new SimulatedArchive(Scp);
        using var cancel = new CancellationTokenSource();
        var copy = Copier.CopyAsync(Relay(source, Destination(new SimulatorFaults { StallAfter = 2 }).Node), Log, cancel.Token);
        await Eventually.TrueAsync(() => Held().Count >= 2, "a part has been copied");
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => copy.WaitAsync(Bound));
        Assert.Empty(Spooled);
    }

    [Fact]
    public async Task An_archive_is_not_copied_to_itself()
    {
        using var source = new SimulatedArchive(Scp);
        var error = await Assert.ThrowsAsync<RetrieveException>(() => Copy(Relay(source, source.Node with { HostName = "localhost", CallingAETitle = "ELSE" })));
        Assert.Equal("Copy.SameNode", error.Id);
    }

    private static SimulatorFaults Faults(string fault) => fault switch
    {
        "FailEvery" => new() { FailEvery = 4 },
        "DropEvery" => new() { DropEvery = 4 },
        "Refuse" => new() { FailEvery = 4, Status = 0x0110 },
        "Warn" => new() { WarnEvery = 3 },
        "OmitCounters" => new() { OmitCounters = true },
        _ => SimulatorFaults.None,
    };
}
