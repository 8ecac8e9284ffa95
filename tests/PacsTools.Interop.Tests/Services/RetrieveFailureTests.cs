using System.Diagnostics;
using System.Globalization;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Services;

/// <summary>Retrieves that go wrong: a clear reason, no hang, nothing half under a whole name, and what came whole stays.</summary>
public sealed class RetrieveFailureTests
{
    private static readonly TestStudyOptions s_small = new() { Instances = 5, Rows = 32, Columns = 32 };
    private static readonly TestStudyOptions s_long = new() { Instances = 400, Rows = 256, Columns = 256 };

    [Theory]
    [InlineData("orthanc", "Dimse.C000")]
    [InlineData("dcmqrscp", "Dimse.A801")]
    public async Task An_unknown_move_destination_is_told_with_what_to_enter(string server, string id)
    {
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync(server, true, [s_small]);
        DicomRetrieveReport report = await receiver.ReceiveAsync(archive.Peer.ToNode(), TestStudy.StudyInstanceUID(s_small));
        Assert.False(report.Complete);
        var error = Assert.IsType<RetrieveException>(report.Error);
        Assert.Equal(id, error.Id);
        Assert.Contains(archive.Peer.ToNode().ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains(receiver.Scp.AETitle, error.Advice, StringComparison.Ordinal);
        Assert.Contains(receiver.Scp.Port.ToString(CultureInfo.InvariantCulture), error.Advice, StringComparison.Ordinal);
        Assert.Empty(ReceivedFiles.In(receiver.Folder));
    }

    [Fact]
    public async Task A_title_mapped_to_another_host_is_found_out()
    {
        using var receiver = new Receiver();
        await using StorescpPeer elsewhere = await StorescpPeer.StartAsync();
        await using LoadedArchive archive = await LoadedArchive.StartAsync("dcmqrscp", true, [s_small], new MoveDestination(receiver.Scp.AETitle, elsewhere.Port));
        DicomRetrieveReport report = await receiver.ReceiveAsync(archive.Peer.ToNode(), TestStudy.StudyInstanceUID(s_small));
        Assert.Equal("Retrieve.DeliveredElsewhere", Assert.IsType<RetrieveException>(report.Error).Id);
        Assert.Equal(5, Directory.GetFiles(elsewhere.Received).Length);
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task A_destination_the_archive_cannot_reach_is_an_error(string server)
    {
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync(server, true, [s_small], new MoveDestination(receiver.Scp.AETitle, LoopbackPort.Closed()));
        DicomRetrieveReport report = await receiver.ReceiveAsync(archive.Peer.ToNode(), TestStudy.StudyInstanceUID(s_small));
        Assert.False(report.Complete);
        Assert.IsType<RetrieveException>(report.Error);
        Assert.Empty(ReceivedFiles.In(receiver.Folder));
    }

    [Fact]
    public async Task A_wrong_called_ae_title_is_a_rejection()
    {
        using var receiver = new Receiver();
        await using OrthancPeer orthanc = await OrthancPeer.StartAsync(new OrthancOptions { CheckCalledAETitle = true });
        DicomRetrieveReport report = await receiver.ReceiveAsync(orthanc.ToNode() with { CalledAETitle = "WRONG" }, "1.2.3");
        Assert.IsType<AssociationRejectedException>(report.Error);
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task An_archive_that_dies_in_the_middle_leaves_whole_files_and_an_error(string server)
    {
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync(server, true, [s_long], receiver.Address);
        long start = Stopwatch.GetTimestamp();
        int seen = 0;
        await using RetrieveRun run = receiver.Start(archive.Peer.ToNode(), TestStudy.StudyInstanceUID(s_long));
        Exception error = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (DicomInstanceFile _ in run.Instances)
            {
                if (++seen == 10)
                    archive.Peer.Kill();
            }
        });
        Assert.True(error is DicomException or RetrieveException, error.ToString());
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), "it took longer than any bound explains");
        DicomRetrieveReport report = await run.Report;
        Assert.False(report.Complete);
        Assert.Equal(report.Stored, ReceivedFiles.AssertOnlyWhole(receiver.Folder, TestStudy.Create(s_long)));
        Assert.InRange(report.Stored!.Value, 10, 399);
    }

    [Fact]
    public async Task An_archive_that_falls_silent_is_given_up_after_the_bound()
    {
        Requirement.That("kill", !OperatingSystem.IsWindows(), "Signals are needed to stop a process without ending it.");
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync("orthanc", true, [s_long], receiver.Address);
        var bound = TimeSpan.FromSeconds(2);
        int seen = 0;
        long silent = 0;
        await using RetrieveRun run = receiver.Start(archive.Peer.ToNode(), TestStudy.StudyInstanceUID(s_long), timeout: bound);
        await Assert.ThrowsAsync<DicomTimeoutException>(async () =>
        {
            await foreach (DicomInstanceFile _ in run.Instances)
            {
                if (++seen != 10)
                    continue;
                (await Tool.RunAsync("kill", "-STOP", archive.Peer.Process.Id.ToString(CultureInfo.InvariantCulture))).EnsureSuccess();
                silent = Stopwatch.GetTimestamp();
            }
        });
        TimeSpan took = Stopwatch.GetElapsedTime(silent);
        Assert.InRange(took.TotalSeconds, 1, 15);
        DicomRetrieveReport report = await run.Report;
        Assert.Equal(report.Stored, ReceivedFiles.AssertOnlyWhole(receiver.Folder, TestStudy.Create(s_long)));
    }

    [Theory]
    [InlineData("orthanc")]
    [InlineData("dcmqrscp")]
    public async Task Cancelling_stops_the_archive_and_leaves_whole_files(string server)
    {
        using var receiver = new Receiver();
        await using LoadedArchive archive = await LoadedArchive.StartAsync(server, true, [s_long], receiver.Address);
        using var cancel = new CancellationTokenSource();
        int seen = 0;
        long asked = 0;
        RetrieveRun run = receiver.Start(archive.Peer.ToNode(), TestStudy.StudyInstanceUID(s_long), cancellationToken: cancel.Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (DicomInstanceFile _ in run.Instances)
            {
                if (++seen != 10)
                    continue;
                asked = Stopwatch.GetTimestamp();
                await cancel.CancelAsync();
            }
        });
        await run.DisposeAsync();
        Assert.True(Stopwatch.GetElapsedTime(asked) < TimeSpan.FromSeconds(3), $"{Stopwatch.GetElapsedTime(asked).TotalSeconds:0.0} s");
        int kept = ReceivedFiles.AssertOnlyWhole(receiver.Folder, TestStudy.Create(s_long));
        Assert.InRange(kept, 10, 399);
    }

    [Fact]
    public async Task A_full_disk_is_named_and_what_arrived_whole_stays()
    {
        (SmallDisk? disk, string reason) = await SmallDisk.TryCreateAsync(8);
        TestContext.Current.TestOutputHelper?.WriteLine(reason);
        if (disk is null)
            Assert.Skip($"{reason} (a file-size limit is tested instead by {nameof(ReceiveProcessTests)}).");
        await using SmallDisk small = disk;
        using var receiver = new Receiver();
        var study = new TestStudyOptions { Instances = 30, PatientID = "FULL" };
        await using LoadedArchive archive = await LoadedArchive.StartAsync("orthanc", true, [study], receiver.Address);
        DicomRetrieveReport report = await receiver.ReceiveAsync(archive.Peer.ToNode(), TestStudy.StudyInstanceUID(study), small.Path);
        Assert.False(report.Complete);
        var error = Assert.IsType<RetrieveException>(report.Error);
        Assert.Equal("Storage.DiskFull", error.Id);
        Assert.Equal((ushort)0xA700, error.Status);
        int kept = ReceivedFiles.AssertOnlyWhole(small.Path, TestStudy.Create(study));
        Assert.Equal(report.Stored, kept);
        Assert.InRange(kept, 5, 16);
    }

    [Fact]
    public async Task A_destination_that_cannot_be_written_is_told_before_anything_is_asked()
    {
        using var receiver = new Receiver();
        await using OrthancPeer orthanc = await OrthancPeer.StartAsync(new OrthancOptions { Verbose = true });
        string file = Path.Combine(receiver.Folder, "file");
        await File.WriteAllTextAsync(file, "in the way");
        var error = Assert.Throws<RetrieveException>(() => receiver.Start(orthanc.ToNode(), "1.2.3", Path.Combine(file, "below")));
        Assert.Equal("Storage.CannotWrite", error.Id);
        Assert.Equal(0, orthanc.Output.Count(l => l.Contains("C-MOVE", StringComparison.Ordinal) || l.Contains("Move-SCU", StringComparison.Ordinal)));
    }
}
