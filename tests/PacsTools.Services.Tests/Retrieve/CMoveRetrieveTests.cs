using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Storage;
using PacsTools.TestKit;

namespace PacsTools.Services.Tests.Retrieve;

/// <summary>What a retrieve says for everything an archive may answer. Time stands still: whatever waits without need never ends.</summary>
public sealed class CMoveRetrieveTests : RetrieveTestBase
{
    [Fact]
    public async Task Every_instance_is_here_when_the_retrieve_ends()
    {
        var instances = Instances(20);
        using var archive = new FakeArchive(move =>
        {
            Assert.All(move.Store(Scp.Port, instances, n => move.Pending(20 - n, n)), s => Assert.Equal(0, s));
            move.Final(0, completed: 20);
        });

        var (files, error) = await Collect(Start(Request(archive, instances))).WaitAsync(Bound);

        Assert.Null(error);
        AssertHere(instances);
        Assert.Equal(instances.Select(i => i.SOPInstanceUID), files.Select(f => f.SOPInstanceUID));
        var first = files[0];
        Assert.Equal(
            (InstanceOutcome.Stored, (ushort?)0, "CMove", archive.Node, instances[0].SOPClassUID, instances[0].SeriesInstanceUID, instances[0].StudyInstanceUID, "TEST-1", instances[0].TransferSyntaxUID),
            (first.Outcome, first.Status, first.Method, first.Node, first.SOPClassUID, first.SeriesInstanceUID, first.StudyInstanceUID, first.PatientID, first.TransferSyntaxUID));
        Assert.Equal((first.Path, new FileInfo(first.Path!).Length), (first.FullName, first.Length));
        Assert.True(Log.Progresses.Last().Completed);
    }

    [Fact]
    public async Task The_identifier_has_the_level_and_its_unique_key_and_nothing_else()
    {
        DicomDataset? identifier = null;
        string? destination = null;
        var instances = Instances(1);
        using var archive = new FakeArchive(move =>
        {
            identifier = move.Identifier;
            destination = move.Request.MoveDestination;
            Assert.Equal(DicomUids.StudyRootQueryRetrieveInformationModelMove, move.Request.AffectedSOPClassUID);
            move.Store(Scp.Port, instances);
            move.Final(0, completed: 1);
        });
        Assert.True((await Report(Request(archive, instances))).Complete);
        Assert.Equal([DicomTags.QueryRetrieveLevel, DicomTags.StudyInstanceUID], identifier!.Select(e => e.Tag));
        Assert.Equal(("STUDY", instances[0].StudyInstanceUID, "STORE_SCP"), (identifier!.GetString(DicomTags.QueryRetrieveLevel), identifier.GetString(DicomTags.StudyInstanceUID), destination));
    }

    [Fact]
    public async Task The_first_instance_is_handed_out_long_before_the_last_has_come()
    {
        var instances = Instances(2);
        using var firstSeen = new ManualResetEventSlim();
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances, n => Assert.True(n == 2 || firstSeen.Wait(Bound)));
            move.Final(0, completed: 2);
        });
        var count = 0;
        await foreach (var _ in Start(Request(archive, instances)).Instances)
        {
            count++;
            firstSeen.Set();
        }

        Assert.Equal(2, count);
    }

    [Fact]
    public async Task The_report_counts_what_came_and_what_was_there()
    {
        var instances = Instances(3);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances.Take(move.Number == 1 ? 2 : 3));
            move.Final(0, completed: move.Number == 1 ? 2 : 3);
        });
        var first = await Report(Request(archive, instances));
        var second = await Report(Request(archive, instances));
        Assert.Equal((true, 2, 2, 0, 0, 0), (first.Complete, first.Expected, first.Stored, first.Duplicate, first.Failed, first.Missing));
        Assert.Equal(first.Instances.Sum(f => f.Length), first.Bytes);
        Assert.Equal((true, 3, 1, 2, 0, 0), (second.Complete, second.Expected, second.Stored, second.Duplicate, second.Failed, second.Missing));
        Assert.Equal(("CMove", Folder["out"], (ushort?)0), (second.Method, second.Path, second.Status));
        var attempt = Assert.Single(second.Attempts);
        Assert.Equal((1, true, 3, 3), (attempt.Number, attempt.Success, attempt.Arrived, attempt.Completed));
        AssertHere(instances);
    }

    [Fact]
    public async Task Counters_left_out_are_not_zero()
    {
        var instances = Instances(2);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances);
            move.Final(0);
        });
        var report = await Report(Request(archive, instances) with { NoVerify = true });
        Assert.Equal((true, (int?)null, 2), (report.Complete, report.Expected, report.Stored));
    }

    [Fact]
    public async Task A_storage_peer_that_never_releases_holds_nothing_up()
    {
        var instances = Instances(2);
        StoreClient? client = null;
        using var archive = new FakeArchive(move =>
        {
            client = StoreClient.Open(Scp.Port, instances);
            foreach (var instance in instances)
                client.Store(instance, move.Originator, move.Request.MessageId);
            move.Final(0, completed: 2);
        });
        Assert.True((await Report(Request(archive, instances))).Complete);
        client!.Association.Abort();
    }

    [Theory]
    [InlineData(0xA801, "STORE_SCP as this host, port")]
    [InlineData(0xA701, null)]
    [InlineData(0xC000, "STORE_SCP as this host, port")]
    [InlineData(0xA900, null)]
    [InlineData(0x0110, null)]
    [InlineData(0xFE00, null)]
    public async Task A_refusal_is_an_error_with_status_node_and_advice_and_waits_for_nothing(int status, string? advice)
    {
        var instances = Instances(1);
        using var archive = new FakeArchive(move => move.Final((ushort)status, comment: "because"));
        var (files, error) = await Collect(Start(Request(archive, instances))).WaitAsync(Bound);
        Assert.Empty(files);
        var refusal = Assert.IsType<RetrieveException>(error);
        Assert.Equal($"Dimse.{status:X4}", refusal.Id);
        Assert.Equal(((ushort?)status, archive.Node, "because", instances[0].StudyInstanceUID), (refusal.Status, refusal.Node, refusal.ErrorComment, refusal.StudyInstanceUID));
        Assert.Contains(archive.Node.Address, refusal.Message);
        Assert.Contains(advice ?? "", refusal.Advice);
        Assert.Equal(1, archive.Moves);
    }

    [Fact]
    public async Task What_arrived_before_a_failure_is_handed_out_and_stays()
    {
        var instances = Instances(3);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances.Take(2));
            move.Final(0xA702, completed: 2, failed: 1, failedUids: [instances[2].SOPInstanceUID]);
        });
        var (files, error) = await Collect(Start(Request(archive, instances))).WaitAsync(Bound);
        Assert.Equal("Dimse.A702", Assert.IsType<RetrieveException>(error).Id);
        Assert.Equal([InstanceOutcome.Stored, InstanceOutcome.Stored, InstanceOutcome.Failed], files.Select(f => f.Outcome));
        AssertHere([.. instances.Take(2)]);
    }

    [Fact]
    public async Task Failed_suboperations_are_an_incomplete_retrieve_and_named_where_the_archive_names_them()
    {
        var instances = Instances(4);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances.Take(2));
            move.Final(0xB000, completed: 2, failed: 2, failedUids: [instances[2].SOPInstanceUID]);
        });
        var report = await Report(Request(archive, instances));
        Assert.Equal((false, 4, 2, 2, 0), (report.Complete, report.Expected, report.Stored, report.Failed, report.Missing));
        var failed = Assert.Single(report.Instances, f => f.Outcome == InstanceOutcome.Failed);
        Assert.Equal((instances[2].SOPInstanceUID, (ushort?)0xB000, (string?)null), (failed.SOPInstanceUID, failed.Status, failed.Path));
        var error = Assert.IsType<RetrieveException>(report.Error);
        Assert.Equal(("Retrieve.Incomplete", (ushort?)0xB000), (error.Id, error.Status));
        Assert.Contains("2 of 4 instances are here, 2 failed", error.Message);
    }

    [Fact]
    public async Task Warnings_count_as_stored()
    {
        var instances = Instances(2);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances);
            move.Final(0xB000, completed: 0, warning: 2);
        });
        Assert.True((await Report(Request(archive, instances))).Complete);
    }

    [Fact]
    public async Task What_the_archive_counts_and_never_sends_is_missing_after_the_drain()
    {
        var instances = Instances(3);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances.Take(2));
            move.Final(0, completed: 3);
        });
        var started = Time.GetTimestamp();
        var report = await Pass(Start(Request(archive, instances)).DrainAsync());
        Assert.InRange(Time.GetElapsedTime(started).TotalSeconds, 10, 60);
        Assert.Equal((false, 3, 2, 0, 1), (report.Complete, report.Expected, report.Stored, report.Failed, report.Missing));
        Assert.Equal("Retrieve.Incomplete", Assert.IsType<RetrieveException>(report.Error).Id);
    }

    [Fact]
    public async Task An_instance_that_comes_after_the_final_response_still_counts()
    {
        var instances = Instances(2);
        using var finalSent = new ManualResetEventSlim();
        FakeMove? seen = null;
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances.Take(1));
            seen = move;
            move.Final(0, completed: 2);
            finalSent.Set();
        });
        var run = Start(Request(archive, instances)).DrainAsync();
        Assert.True(finalSent.Wait(Bound));
        Assert.Equal([(ushort)0], seen!.Store(Scp.Port, instances.Skip(1)));
        var report = await run.WaitAsync(Bound);
        Assert.Equal((true, 2, 0), (report.Complete, report.Stored, report.Missing));
    }

    [Fact]
    public async Task A_storage_SCP_stopped_on_the_way_is_the_reason_and_not_what_the_archive_made_of_it()
    {
        var instances = Instances(3);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances.Take(1));
            Scps.Stop(Scp);
            move.Final(0xC000);
        });
        var report = await Pass(Start(Request(archive, instances)).DrainAsync());
        var error = Assert.IsType<RetrieveException>(report.Error);
        Assert.Equal(("StorageScp.NotRunning", (ushort?)0xC000), (error.Id, error.Status));
        Assert.Contains(Scp.ToString(), error.Message);
        Assert.Contains("Start-StorageScp", error.Advice);
        Assert.Equal(1, report.Stored);
    }

    [Fact]
    public async Task Delivered_and_nothing_here_means_delivered_elsewhere()
    {
        var instances = Instances(3);
        using var archive = new FakeArchive(move => move.Final(0, completed: 3));
        var report = await Pass(Start(Request(archive, instances)).DrainAsync());
        var error = Assert.IsType<RetrieveException>(report.Error);
        Assert.Equal("Retrieve.DeliveredElsewhere", error.Id);
        Assert.Contains($"STORE_SCP as this host, port {Scp.Port}", error.Advice);
        Assert.Equal(3, report.Missing);
    }

    [Fact]
    public async Task A_full_disk_keeps_what_was_whole_and_says_what_to_do()
    {
        using var disk = SmallDisk.MountOrSkip(Folder.Create("disk"), 1 << 20);
        var small = Instances(2);
        var big = TestKit.Data.TestStudy.CreateOne(TestKit.Data.TestStudy.Tiny(3) with { Rows = 1024, Columns = 1024 }, instance: 3);
        using var archive = new FakeArchive(move =>
        {
            Assert.Equal([0, 0xA700, 0], move.Store(Scp.Port, [small[0], big, small[1]]).Select(s => (int)s));
            move.Final(0xB000, completed: 2, failed: 1, failedUids: [big.SOPInstanceUID]);
        });
        var (files, error) = await Collect(Start(Request(archive, small) with { Destination = disk.Path })).WaitAsync(Bound);
        var full = Assert.IsType<RetrieveException>(error);
        Assert.Equal(("Storage.DiskFull", (ushort?)0xA700), (full.Id, full.Status));
        Assert.Contains(archive.Node.Address, full.Message);
        Assert.NotNull(full.Advice);
        Assert.Equal([InstanceOutcome.Stored, InstanceOutcome.Stored, InstanceOutcome.Failed], files.Select(f => f.Outcome));
        Assert.Equal(2, Directory.EnumerateFiles(disk.Path, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task A_destination_that_goes_away_is_told_from_a_fault_of_the_archive()
    {
        var instances = Instances(2);
        using var archive = new FakeArchive(move =>
        {
            Directory.Delete(Folder["out"], recursive: true);
            Assert.Equal([0x0110, 0x0110], move.Store(Scp.Port, instances).Select(s => (int)s));
            move.Final(0xB000, completed: 0, failed: 2);
        });
        var report = await Report(Request(archive, instances));
        Assert.Equal("Storage.CannotWrite", Assert.IsType<RetrieveException>(report.Error).Id);
        Assert.Equal((0, 2), (report.Stored, report.Failed));
    }

    [Fact]
    public void A_destination_that_cannot_be_written_is_told_before_the_archive_is_asked()
    {
        using var archive = new FakeArchive(_ => { });
        File.WriteAllText(Folder["file"], "x");
        var error = Assert.Throws<RetrieveException>(() => Start(Request(archive, Instances(1)) with { Destination = Folder["file", "below"] }));
        Assert.Equal("Storage.CannotWrite", error.Id);
        Assert.Equal(0, archive.Moves);
    }

    [Fact]
    public async Task Files_that_exist_fail_only_if_wished()
    {
        var instances = Instances(2);
        using var archive = new FakeArchive(move =>
        {
            var refused = move.Store(Scp.Port, instances).Count(s => s != 0);
            move.Final((ushort)(refused > 0 ? 0xB000 : 0), completed: 2 - refused, failed: refused);
        });
        Assert.True((await Report(Request(archive, instances) with { IfExists = IfExists.Fail })).Complete);
        var again = await Report(Request(archive, instances) with { IfExists = IfExists.Fail });
        Assert.Equal("Storage.FileExists", Assert.IsType<RetrieveException>(again.Error).Id);
        Assert.Equal((0, 0, 2), (again.Stored, again.Duplicate, again.Failed));
    }

    [Fact]
    public async Task Without_a_destination_files_go_to_private_temporary_storage()
    {
        var instances = Instances(1);
        using var archive = new FakeArchive(move =>
        {
            move.Store(Scp.Port, instances);
            move.Final(0, completed: 1);
        });
        var report = await Report(Request(archive, instances) with { Destination = null });
        var file = Assert.Single(report.Instances);
        Assert.Equal(Path.Combine(report.Path!, instances[0].SOPInstanceUID + ".dcm"), file.Path);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(report.Path!));
        Assert.True(File.Exists(file.Path));
        Time.Advance(TimeSpan.FromMinutes(59));
        Assert.True(File.Exists(file.Path));
        Time.Advance(TimeSpan.FromMinutes(1));
        Assert.False(Directory.Exists(report.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("1.2\\1.3")]
    [InlineData("1.2.*")]
    [InlineData("1.2.?")]
    [InlineData("1.2\n")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_uid_that_could_mean_more_than_one_study_is_never_sent(string uid)
    {
        using var archive = new FakeArchive(_ => { });
        Assert.Throws<ArgumentException>(() => Start(Request(archive, Instances(1)) with { StudyInstanceUID = uid }));
        Assert.Equal(0, archive.Moves);
    }

    [Fact]
    public async Task A_taken_port_is_in_the_report_and_the_archive_is_not_asked()
    {
        using var archive = new FakeArchive(_ => { });
        using var other = new System.Net.Sockets.TcpListener(System.Net.IPAddress.IPv6Any, 0);
        other.Server.DualMode = true;
        other.Start();
        var port = ((System.Net.IPEndPoint)other.LocalEndpoint).Port;
        var report = await Report(Request(archive, Instances(1)) with { Scp = new StorageScpChoice(AETitle: "OTHER", Port: port) });
        var error = Assert.IsType<StorageScpException>(report.Error);
        Assert.Equal(("StorageScp.PortInUse", (int?)port), (error.Id, error.Port));
        Assert.Equal(0, archive.Moves);
        Assert.Contains(port.ToString(System.Globalization.CultureInfo.InvariantCulture), Assert.Single(report.Attempts).Reason);
    }

    [Fact]
    public async Task An_archive_that_cannot_be_reached_is_an_error_of_the_network()
    {
        var archive = new FakeArchive(_ => { });
        var request = Request(archive, Instances(1));
        archive.Dispose();
        var report = await Report(request);
        Assert.Equal(NetworkFailure.ConnectionRefused, Assert.IsType<DicomNetworkException>(report.Error).Failure);
        Assert.False(report.Complete);
    }
}
