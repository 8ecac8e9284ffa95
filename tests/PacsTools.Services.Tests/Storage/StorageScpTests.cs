using System.Net;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Storage;

public sealed class StorageScpTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<StorageScp> _started = [];

    public void Dispose()
    {
        foreach (var scp in _started)
            scp.Stop();
        _folder.Dispose();
    }

    [Fact]
    public void An_instance_is_complete_under_its_final_name_when_success_is_answered()
    {
        var scp = Start();
        var instance = Tiny();
        using var client = StoreClient.Open(scp.Port, instance);

        var response = client.Store(instance);

        Assert.Equal(0, response.Status);
        // Both UIDs are repeated (PS3.7 9.3.1.2).
        Assert.Equal((instance.SOPClassUID, instance.SOPInstanceUID), (response.AffectedSOPClassUID, response.AffectedSOPInstanceUID));
        var path = Assert.Single(Files());
        Assert.Equal(_folder["in", instance.StudyInstanceUID, instance.SeriesInstanceUID, instance.SOPInstanceUID + ".dcm"], path);
        Assert.Equal(instance.DataSet, TestInstance.DataSetOf(path));
        Assert.Equal((1, 0, 0, instance.DataSet.Length), (scp.Received, scp.Failed, scp.Refused, scp.Bytes));
    }

    [Fact]
    public void The_file_meta_information_names_what_came_and_from_whom()
    {
        var scp = Start();
        var instance = Tiny();
        using var client = StoreClient.Open(scp.Port, [instance], calling: "MODALITY");
        client.Store(instance);
        var file = Dicom.Files.DicomFile.Open(Files()[0]);
        Assert.Equal(instance.SOPClassUID, file.FileMeta.MediaStorageSOPClassUID);
        Assert.Equal(instance.SOPInstanceUID, file.FileMeta.MediaStorageSOPInstanceUID);
        Assert.Equal(instance.TransferSyntaxUID, file.TransferSyntax.UID);
        Assert.Equal("MODALITY", file.FileMeta.SourceApplicationEntityTitle);
    }

    [Theory]
    [InlineData(256)]
    [InlineData(4096)]
    [InlineData(262144)]
    public void Bytes_are_kept_whatever_the_length_of_the_pdus(int maxPduLength)
    {
        // The attributes that route it lie behind 100,000 bytes of a private one: they come in a later buffer.
        var set = new RawDataSet().Bytes(0x00091010, "OB", Random(100_000, 3)).Text(0x0020000D, "UI", "1.2.3").Text(0x0020000E, "UI", "1.2.4").Bytes(0x7FE00010, "OW", Random(70_000, 4));
        var instance = Tiny() with { DataSet = set.ToBytes(explicitVR: true), SOPInstanceUID = "1.2.5" };
        var scp = Start(o => o with { MaxPduLength = (uint)maxPduLength });
        using var client = StoreClient.Open(scp.Port, instance);
        Assert.Equal(0, client.Store(instance).Status);
        Assert.Equal(instance.DataSet, TestInstance.DataSetOf(_folder["in", "1.2.3", "1.2.4", "1.2.5.dcm"]));
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2.4.90")]
    [InlineData("1.2.840.10008.1.2.4.50")]
    [InlineData("1.2.840.10008.1.2.5")]
    [InlineData("1.2.840.10008.1.2.2")]
    [InlineData("1.2.840.10008.1.2.1.99")]
    [InlineData("1.2.3.4.5.6.7.8.9")]
    public void Every_transfer_syntax_is_taken_and_kept_bit_for_bit(string syntax)
    {
        // Nothing of a data set the SCP cannot read may be lost, so noise will do.
        var instance = Tiny() with { TransferSyntaxUID = syntax, DataSet = Random(10_001 + 1, 5) };
        var scp = Start(o => o with { Layout = PathLayout.Flat });
        using var client = StoreClient.Open(scp.Port, instance);
        Assert.Equal(0, client.Store(instance).Status);
        var path = Assert.Single(Files());
        Assert.Equal(instance.DataSet, TestInstance.DataSetOf(path));
        Assert.Equal(syntax, FileHead.Read(path)!.TransferSyntaxUid);
    }

    [Fact]
    public void Many_instances_on_one_association_arrive_one_after_the_other()
    {
        var scp = Start();
        var instances = TestStudy.Create(TestStudy.Tiny(50)).ToList();
        using (var client = StoreClient.Open(scp.Port, instances))
            Assert.All(instances, i => Assert.Equal(0, client.Store(i).Status));
        Assert.Equal(50, Files().Count);
        Assert.Equal((50, 1), (scp.Received, scp.TotalAssociations));
        // Again: all are there already, nothing is written.
        using (var client = StoreClient.Open(scp.Port, instances))
            Assert.All(instances, i => Assert.Equal(0, client.Store(i).Status));
        Assert.Equal(50, Files().Count);
    }

    [Fact]
    public void Echo_is_always_answered() => Assert.Equal(0, EchoOf(Start(o => o with { Accept = StorageScpAccept.Pending, Path = null })));

    [Fact]
    public void What_nobody_waits_for_is_refused_counted_and_told()
    {
        var scp = Start(o => o with { Accept = StorageScpAccept.Pending, Path = null });
        var log = new RecordingLog();
        using var attached = scp.AttachLog(log);
        var instance = Tiny();
        using var client = StoreClient.Open(scp.Port, instance);
        Assert.Equal(0x0124, client.Store(instance).Status);
        Assert.Equal((0, 1), (scp.Received, scp.Refused));
        Assert.Contains("0124H", Assert.Single(log.Verboses));
        Assert.Empty(Files());
        // The association survives.
        Assert.Equal(0, client.Echo());
    }

    [Fact]
    public void An_operation_that_is_not_storage_is_answered_as_such()
    {
        var scp = Start();
        var instance = Tiny();
        using var client = StoreClient.Open(scp.Port, instance);
        client.Association.Send(
            client.Association.GetContext(instance.SOPClassUID),
            new CommandSet { CommandField = CommandField.NGetRequest, MessageId = 7, RequestedSOPClassUID = instance.SOPClassUID });
        var response = client.Association.Receive()!.Command;
        Assert.Equal((CommandField.NGetResponse, (ushort?)7, (ushort?)0x0211), (response.CommandField, response.MessageIdBeingRespondedTo, response.Status));
        Assert.Equal(0, client.Store(instance).Status);
    }

    [Fact]
    public void A_called_title_that_is_not_ours_is_rejected_for_good()
    {
        var scp = Start();
        var rejected = Assert.Throws<AssociationRejectedException>(() => StoreClient.Open(scp.Port, [], called: "SOMEONE"));
        Assert.Equal((1, 1, 7), (rejected.Result, rejected.RejectSource, rejected.Reason));
    }

    [Fact]
    public void A_calling_title_in_use_here_may_be_called()
    {
        var scp = Start();
        using (CallingAETitles.Use("OUR_CALLING_AE"))
        using (CallingAETitles.Use("OUR_CALLING_AE"))
        {
            using var client = StoreClient.Open(scp.Port, [], called: "OUR_CALLING_AE");
            Assert.Equal(0, client.Echo());
        }

        Assert.Throws<AssociationRejectedException>(() => StoreClient.Open(scp.Port, [], called: "OUR_CALLING_AE"));
    }

    [Fact]
    public void Any_called_title_may_be_allowed()
    {
        var scp = Start(o => o with { AcceptAnyCalledAETitle = true });
        using var client = StoreClient.Open(scp.Port, [], called: "SOMEONE");
        Assert.Equal(0, client.Echo());
    }

    [Fact]
    public void Only_allowed_callers_get_in()
    {
        var scp = Start(o => o with { AllowedCallingAETitle = ["CT1", "CT2"] });
        using var client = StoreClient.Open(scp.Port, [], calling: "CT2");
        var rejected = Assert.Throws<AssociationRejectedException>(() => StoreClient.Open(scp.Port, [], calling: "CT3"));
        Assert.Equal((1, 1, 3), (rejected.Result, rejected.RejectSource, rejected.Reason));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.0.0/8", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("10.0.0.0/8", false)]
    [InlineData("::1", false)]
    public void Only_allowed_addresses_get_in(string entry, bool isAllowed)
    {
        var scp = Start(o => o with { AllowedAddress = [entry] });
        if (isAllowed)
            Assert.Equal(0, EchoOf(scp));
        else
            Assert.Equal(1, Assert.Throws<AssociationRejectedException>(() => EchoOf(scp)).Result);
    }

    [Theory]
    [InlineData("10.1.0.1/16x")]
    [InlineData("10.1.0.1/16")]
    [InlineData("2001:db8::1/32")]
    public void An_address_that_is_none_is_an_error_before_the_port_is_opened(string entry) =>
        Assert.Contains(entry, Assert.Throws<ArgumentException>(() => Start(o => o with { AllowedAddress = [entry] })).Message);

    [Fact]
    public void A_calling_AE_title_that_nobody_can_have_is_an_error() =>
        Assert.Contains("17", Assert.Throws<ArgumentException>(() => Start(o => o with { AllowedCallingAETitle = ["ABCDEFGHIJKLMNOPQ"] })).Message);

    [Fact]
    public void Over_the_limit_the_rejection_is_transient_and_a_later_try_succeeds()
    {
        var scp = Start(o => o with { MaxAssociations = 2 });
        using var first = StoreClient.Open(scp.Port, []);
        using (StoreClient.Open(scp.Port, []))
        {
            var rejected = Assert.Throws<AssociationRejectedException>(() => StoreClient.Open(scp.Port, []));
            Assert.Equal((2, 3, 2), (rejected.Result, rejected.RejectSource, rejected.Reason));
            Assert.True(rejected.IsTransient);
        }

        Assert.True(SpinWait.SpinUntil(() => scp.Associations < 2, TimeSpan.FromSeconds(10)));
        using var again = StoreClient.Open(scp.Port, []);
        Assert.Equal(0, again.Echo());
    }

    [Fact]
    public async Task An_instance_that_breaks_off_leaves_nothing_and_the_next_is_taken()
    {
        var scp = Start();
        var instance = TestStudy.CreateOne(new TestStudyOptions());
        using var letGo = new ManualResetEvent(false);
        using var reached = new ManualResetEventSlim();
        var client = StoreClient.Open(scp.Port, instance);
        var sending = Task.Run(() => client.SendAndStall(instance, 300_000, letGo, reached.Set));
        Assert.True(reached.Wait(TimeSpan.FromSeconds(20)));
        await Eventually.TrueAsync(() => Files().Count == 1, "the part file appears");
        Assert.EndsWith(".part", Files()[0]);

        client.Association.Abort();
        letGo.Set();
        await Assert.ThrowsAnyAsync<DicomException>(() => sending);

        await Eventually.TrueAsync(() => Files().Count == 0, "the part file goes");
        using var next = StoreClient.Open(scp.Port, instance);
        Assert.Equal(0, next.Store(instance).Status);
        Assert.Equal(instance.DataSet, TestInstance.DataSetOf(Assert.Single(Files())));
    }

    [Fact]
    public async Task Stopping_frees_the_port_and_removes_what_was_half_received()
    {
        var scp = Start();
        var instance = TestStudy.CreateOne(new TestStudyOptions());
        using var letGo = new ManualResetEvent(false);
        var client = StoreClient.Open(scp.Port, instance);
        var sending = Task.Run(() =>
        {
            client.SendAndStall(instance, 300_000, letGo);
            client.Association.Receive();
        });
        await Eventually.TrueAsync(() => Files().Count == 1, "the part file appears");

        scp.Stop();

        Assert.Equal(StorageScpState.Stopped, scp.State);
        Assert.Empty(Files());
        letGo.Set();
        await Assert.ThrowsAnyAsync<DicomException>(() => sending);
        Assert.Equal(NetworkFailure.ConnectionRefused, Assert.Throws<DicomNetworkException>(() => StoreClient.Open(scp.Port, [])).Failure);
    }

    [Fact]
    public void A_destination_that_was_removed_is_a_failure_and_taken_up_again_when_it_is_back()
    {
        var scp = Start();
        var instances = TestStudy.Create(TestStudy.Tiny(2)).ToList();
        using var client = StoreClient.Open(scp.Port, instances);
        Directory.Delete(_folder["in"], recursive: true);
        var response = client.Store(instances[0]);
        Assert.Equal(0x0110, response.Status);
        Assert.DoesNotContain(_folder.Path, response.ErrorComment);
        Assert.Equal((0, 1), (scp.Received, scp.Failed));
        Assert.False(Directory.Exists(_folder["in"]));

        Directory.CreateDirectory(_folder["in"]);
        Assert.Equal(0, client.Store(instances[1]).Status);
    }

    [Fact]
    public void A_full_disk_is_A700_leaves_nothing_and_the_listener_lives_on()
    {
        using var disk = SmallDisk.MountOrSkip(_folder.Create("disk"), 1 << 20);
        var scp = Start(o => o with { Path = disk.Path });
        var big = TestStudy.CreateOne(new TestStudyOptions { Rows = 1024, Columns = 1024 });
        var small = Tiny();
        using var client = StoreClient.Open(scp.Port, [big, small]);

        Assert.Equal(0xA700, client.Store(big).Status);

        Assert.Empty(Directory.EnumerateFiles(disk.Path, "*", SearchOption.AllDirectories));
        Assert.Equal(0, client.Store(small).Status);
        Assert.Equal((1, 1), (scp.Received, scp.Failed));
    }

    [Fact]
    public async Task A_peer_that_never_releases_is_closed_when_idle()
    {
        var time = new FakeTimeProvider();
        var scp = Start(o => o with { TimeProvider = time, IdleTimeout = TimeSpan.FromMinutes(5) });
        var instance = Tiny();
        var client = StoreClient.Open(scp.Port, instance);
        Assert.Equal(0, client.Store(instance).Status);
        var waiting = Task.Run(client.Association.Receive);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromMinutes(1));
                return waiting.IsCompleted;
            },
            "the SCP aborts");
        await Assert.ThrowsAnyAsync<DicomException>(() => waiting);
        await Eventually.TrueAsync(() => scp.Associations == 0, "it is gone");
        Assert.Equal(0, EchoOf(scp));
    }

    [Fact]
    public void Where_a_header_names_no_study_the_place_says_so()
    {
        var scp = Start();
        var instance = Tiny() with { DataSet = new RawDataSet().Text(0x00100020, "LO", "X").ToBytes(explicitVR: true) };
        using var client = StoreClient.Open(scp.Port, instance);
        Assert.Equal(0, client.Store(instance).Status);
        Assert.Equal(_folder["in", "unknown", "unknown", instance.SOPInstanceUID + ".dcm"], Assert.Single(Files()));
    }

    [Fact]
    public void A_hostile_uid_is_stored_under_its_hash()
    {
        var scp = Start();
        var log = new RecordingLog();
        using var attached = scp.AttachLog(log);
        const string hostile = "../../../../tmp/owned";
        var set = new RawDataSet().Text(0x00080018, "UI", hostile).Text(0x0020000D, "UI", "1.2.3").Text(0x0020000E, "UI", "1.2.4");
        var instance = Tiny() with { SOPInstanceUID = hostile, DataSet = set.ToBytes(explicitVR: true) };
        using var client = StoreClient.Open(scp.Port, instance);
        Assert.Equal(0, client.Store(instance).Status);
        Assert.Matches("^uid-[0-9a-f]{16}\\.dcm$", Path.GetFileName(Assert.Single(Files())));
        Assert.Equal("Storage.UnsafeName", Assert.Single(log.Warnings).Id);
    }

    [Fact]
    public void Any_needs_a_path() =>
        Assert.Throws<ArgumentException>(() => StorageScp.Start(new StorageScpOptions { Port = 0, Accept = StorageScpAccept.Any }));

    private StorageScp Start(Func<StorageScpOptions, StorageScpOptions>? change = null)
    {
        var options = new StorageScpOptions
        {
            AETitle = "STORE_SCP",
            Port = 0,
            BindAddress = IPAddress.Loopback,
            Accept = StorageScpAccept.Any,
            Path = _folder["in"],
        };
        var scp = StorageScp.Start(change?.Invoke(options) ?? options);
        _started.Add(scp);
        return scp;
    }

    private List<string> Files() => Directory.Exists(_folder["in"]) ? [.. Directory.EnumerateFiles(_folder["in"], "*", SearchOption.AllDirectories)] : [];

    private static ushort EchoOf(StorageScp scp)
    {
        using var client = StoreClient.Open(scp.Port, []);
        return client.Echo();
    }

    private static TestInstance Tiny() => TestStudy.CreateOne(TestStudy.Tiny(1));

    private static byte[] Random(int length, int seed)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
