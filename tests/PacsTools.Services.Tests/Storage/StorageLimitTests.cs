using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Storage;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Storage;

public sealed class StorageLimitTests : IDisposable
{
    private readonly ScpFixture _scps = new();

    public void Dispose() => _scps.Dispose();

    [Fact]
    public void One_address_may_have_so_many_associations()
    {
        var scp = _scps.Start(o => o with { MaxAssociationsPerPeer = 2 });
        using var first = StoreClient.Open(scp.Port, []);
        using (StoreClient.Open(scp.Port, []))
        {
            var rejected = Assert.Throws<AssociationRejectedException>(() => StoreClient.Open(scp.Port, []));
            Assert.Equal((2, 3, 2), (rejected.Result, rejected.RejectSource, rejected.Reason));
        }

        Assert.True(SpinWait.SpinUntil(() => scp.Associations < 2, TimeSpan.FromSeconds(10)));
        StoreClient.Open(scp.Port, []).Dispose();
    }

    // Whoever is let in may hold a place for as long as something moves on it. What keeps them from holding all of them is the limit on their address.
    [Fact]
    public async Task Peers_of_one_address_that_drip_for_hours_keep_their_places_and_no_others()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux has all of 127.0.0.0/8 without being told.");
        var time = new CountingTime();
        var scp = _scps.Start(o => o with { BindAddress = IPAddress.Any, MaxAssociations = 3, MaxAssociationsPerPeer = 2, TimeProvider = time });
        using Socket first = Drip(), second = Drip();
        for (var minute = 0; minute < 240; minute += 4)
        {
            // Whoever has read notes the time, and once more when it waits for the next.
            var before = time.Asked;
            foreach (var drip in new[] { first, second })
                drip.Send([0]);
            await Eventually.TrueAsync(() => time.Asked >= before + 4, "the drops have been read");
            time.Advance(TimeSpan.FromMinutes(4));
        }

        Assert.Equal(2, scp.Associations);
        Assert.Equal(RawPdu.AssociateRj, Ask("127.0.0.2").Answer);
        using (var honest = StoreClient.Open(scp.Port, []))
            Assert.Equal(0, honest.Echo());

        Socket Drip()
        {
            var (socket, answer) = Ask("127.0.0.2");
            Assert.Equal(RawPdu.AssociateAc, answer);
            // The beginning of a P-DATA-TF of 30,000 bytes, which is all of one fragment of a command.
            var before = time.Asked;
            socket.Send([4, 0, 0, 0, 0x75, 0x30, 0, 0, 0x75, 0x2C, 1, 1]);
            SpinWait.SpinUntil(() => time.Asked >= before + 2, TimeSpan.FromSeconds(20));
            return socket;
        }

        (Socket Socket, byte Answer) Ask(string from)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            socket.Bind(new IPEndPoint(IPAddress.Parse(from), 0));
            socket.Connect(IPAddress.Loopback, scp.Port);
            socket.Send(new RawAssociate { CalledAETitle = "STORE_SCP", Contexts = [new RawContext(1, "1.2.840.10008.1.1", [RawAssociate.ImplicitLittleEndian])] }.ToRequest().ToBytes());
            var all = new byte[4096];
            Assert.NotEqual(0, socket.Receive(all));
            return (socket, all[0]);
        }
    }

    [Fact]
    public async Task A_connection_that_asks_for_nothing_takes_nobodys_place()
    {
        var scp = _scps.Start(o => o with { MaxAssociations = 1 });
        await using var silent = await ScriptedConnection.ConnectAsync(scp.Port);
        await using var another = await ScriptedConnection.ConnectAsync(scp.Port);
        using var client = StoreClient.Open(scp.Port, []);
        Assert.Equal(0, client.Echo());
        Assert.Equal(1, scp.Associations);
    }

    [Fact]
    public void A_rejected_caller_takes_nobodys_place()
    {
        var scp = _scps.Start(o => o with { MaxAssociations = 1 });
        for (var i = 0; i < 5; i++)
            Assert.Throws<AssociationRejectedException>(() => StoreClient.Open(scp.Port, [], called: "SOMEONE"));
        StoreClient.Open(scp.Port, []).Dispose();
    }

    [Fact]
    public void Below_the_reserve_nothing_is_written_and_with_room_again_it_is()
    {
        using var disk = SmallDisk.MountOrSkip(_scps.Folder.Create("disk"), 4 << 20);
        var scp = _scps.Start(o => o with { Path = disk.Path, MinimumFreeSpace = 2 << 20 });
        var instances = TestStudy.Create(TestStudy.Tiny(3)).ToList();
        using var client = StoreClient.Open(scp.Port, instances);
        Assert.Equal(0, client.Store(instances[0]).Status);

        var filler = Path.Combine(disk.Path, "filler");
        File.WriteAllBytes(filler, new byte[5 << 19]);
        var refused = client.Store(instances[1]);
        Assert.Equal(0xA700, refused.Status);
        Assert.Equal(2, Directory.EnumerateFiles(disk.Path, "*", SearchOption.AllDirectories).Count());

        File.Delete(filler);
        Assert.Equal(0, client.Store(instances[1]).Status);
        Assert.Equal((2, 1), (scp.Received, scp.Failed));
    }

    [Fact]
    public void A_large_instance_does_not_eat_the_reserve()
    {
        using var disk = SmallDisk.MountOrSkip(_scps.Folder.Create("disk"), 96 << 20);
        var scp = _scps.Start(o => o with { Path = disk.Path, MinimumFreeSpace = 60 << 20 });
        var big = TestStudy.CreateOne(TestStudy.Tiny(1)) with { DataSet = new byte[64 << 20] };
        Assert.Equal([0xA700], ScpFixture.Store(scp, big));
        Assert.Empty(Directory.EnumerateFiles(disk.Path, "*", SearchOption.AllDirectories));
        Assert.Equal([0], ScpFixture.Store(scp, TestStudy.CreateOne(TestStudy.Tiny(1))));
    }

    [Fact]
    public void A_full_disk_takes_the_same_instance_when_room_returns()
    {
        using var disk = SmallDisk.MountOrSkip(_scps.Folder.Create("disk"), 1 << 20);
        var scp = _scps.Start(o => o with { Path = disk.Path, FlushToDisk = true });
        File.WriteAllBytes(Path.Combine(disk.Path, "filler"), new byte[700_000]);
        var instance = TestStudy.CreateOne(new TestStudyOptions());
        using var client = StoreClient.Open(scp.Port, instance);
        Assert.Equal(0xA700, client.Store(instance).Status);
        Assert.Single(Directory.EnumerateFiles(disk.Path, "*", SearchOption.AllDirectories));
        File.Delete(Path.Combine(disk.Path, "filler"));
        Assert.Equal(0, client.Store(instance).Status);
        Assert.Equal(instance.DataSet, TestInstance.DataSetOf(Assert.Single(Directory.EnumerateFiles(disk.Path, "*", SearchOption.AllDirectories))));
    }

    [Theory]
    [InlineData("KeepBoth", 1)]
    [InlineData("Overwrite", 1)]
    [InlineData("Skip", 1)]
    [InlineData("Fail", 2)]
    public async Task The_same_instance_on_two_associations_at_once_is_there_once_and_whole(string rule, int answers)
    {
        var scp = _scps.Start(o => o with { IfExists = Enum.Parse<IfExists>(rule) });
        var instance = TestStudy.CreateOne(new TestStudyOptions());
        using var letGo = new ManualResetEvent(false);
        using StoreClient first = StoreClient.Open(scp.Port, instance), second = StoreClient.Open(scp.Port, instance);
        var sending = new[] { first, second }.Select(client => Task.Factory.StartNew(
            () =>
            {
                client.SendAndStall(instance, instance.DataSet.Length - 1000, letGo);
                return Dicom.Dimse.CStoreResponse.From(client.Association.Receive()!.Command).Status;
            },
            TaskCreationOptions.LongRunning)).ToArray();
        await Eventually.TrueAsync(() => _scps.Files().Count == 2, "both have begun");
        letGo.Set();
        var statuses = (await Task.WhenAll(sending)).Order().ToList();
        Assert.Equal(answers == 1 ? [0, 0] : new ushort[] { 0, 0x0111 }, statuses);
        Assert.Equal(instance.DataSet, TestInstance.DataSetOf(Assert.Single(_scps.Files())));
    }

    [Fact]
    public async Task A_destination_removed_in_the_middle_is_a_failure_and_the_association_lives()
    {
        var scp = _scps.Start();
        var instance = TestStudy.CreateOne(new TestStudyOptions());
        using var letGo = new ManualResetEvent(false);
        using var client = StoreClient.Open(scp.Port, instance);
        var sending = Task.Run(() =>
        {
            client.SendAndStall(instance, 300_000, letGo);
            return Dicom.Dimse.CStoreResponse.From(client.Association.Receive()!.Command).Status;
        });
        await Eventually.TrueAsync(() => _scps.Files().Count == 1, "the first bytes");
        Directory.Delete(_scps.In, recursive: true);
        letGo.Set();
        Assert.Equal(0x0110, await sending);
        Assert.False(Directory.Exists(_scps.In));
        Directory.CreateDirectory(_scps.In);
        Assert.Equal(0, client.Store(instance).Status);
    }

    private sealed class CountingTime : FakeTimeProvider
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public override long GetTimestamp()
        {
            Interlocked.Increment(ref _asked);
            return base.GetTimestamp();
        }
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(129u)]
    [InlineData(1001u)]
    [InlineData(4096u)]
    [InlineData(16383u)]
    [InlineData(16384u)]
    [InlineData(131072u)]
    [InlineData(1048576u)]
    public void Whatever_maximum_we_announce_instances_arrive_whole(uint ours)
    {
        var scp = _scps.Start(o => o with { MaxPduLength = ours });
        var instances = TestStudy.Create(new TestStudyOptions { Instances = 2, Rows = 128, Columns = 130 }).ToList();
        Assert.Equal([0, 0], ScpFixture.Store(scp, instances));
        Assert.All(instances, i => Assert.Contains(_scps.Files(), f => Path.GetFileNameWithoutExtension(f) == i.SOPInstanceUID && TestInstance.DataSetOf(f).AsSpan().SequenceEqual(i.DataSet)));
    }

    /// <summary>A sender of its own bytes: fragments as long as we allow, and answers no longer than it allows.</summary>
    [Theory]
    [InlineData(0u, 1 << 20)]
    [InlineData(17u, 4096)]
    [InlineData(33u, 7)]
    [InlineData(4096u, 16383)]
    [InlineData(16384u, 131066)]
    [InlineData(1u << 20, (1 << 20) - 6)]
    public async Task Whatever_maximum_a_sender_announces_it_can_read_the_answer(uint theirs, int fragment)
    {
        var scp = _scps.Start(o => o with { MaxPduLength = 1 << 20 });
        var instance = TestStudy.CreateOne(new TestStudyOptions { Rows = fragment < 100 ? 16 : 700, Columns = fragment < 100 ? 16 : 700 });
        await using var peer = await ScriptedConnection.ConnectAsync(scp.Port);
        var answer = await peer.RequestAssociationAsync(new RawAssociate
        {
            CalledAETitle = "STORE_SCP",
            MaxPduLength = theirs,
            Contexts = [new RawContext(1, instance.SOPClassUID, [instance.TransferSyntaxUID])],
        });
        Assert.Equal(RawPdu.AssociateAc, answer.Type);
        var command = RawCommand.Request(RawCommand.CStoreRq, 1, instance.SOPClassUID, hasDataSet: true).Set(0x1000, instance.SOPInstanceUID);
        await peer.SendMessageAsync(1, command, instance.DataSet, Math.Min(fragment, (1 << 20) - 6));
        var response = await peer.ReadMessageAsync();
        Assert.Equal((ushort?)0, response.Command.Status);
        Assert.Equal(instance.DataSet, TestInstance.DataSetOf(Assert.Single(_scps.Files())));
        await peer.ReleaseAsync();
    }

    [Fact]
    public void Every_kind_of_attribute_may_be_part_of_a_layout()
    {
        var scp = _scps.Start(o => o with { Layout = PathLayout.Parse("{Rows}x{0028,0011}/{InstanceNumber}_{StudyDate:yyyy}_{PatientID:hash8}/{0009,1010}{{x}}.dcm") });
        var instance = TestStudy.CreateOne(new TestStudyOptions { Rows = 4, Columns = 5 });
        Assert.Equal([0], ScpFixture.Store(scp, instance));
        Assert.Equal(
            Path.Combine("4x5", "1_2024_" + SafeFileName.Hash("TEST-1", 8), "unknown{x}.dcm"),
            Path.GetRelativePath(_scps.In, Assert.Single(_scps.Files())));
    }

    [Fact]
    public void Both_families_are_heard()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "This machine has no IPv6.");
        var scp = _scps.Start(o => o with { BindAddress = null, AllowedAddress = ["127.0.0.1", "::1"] });
        foreach (var host in new[] { "127.0.0.1", "::1" })
        {
            using var socket = new System.Net.Sockets.TcpClient(IPAddress.Parse(host).AddressFamily);
            try
            {
                socket.Connect(IPAddress.Parse(host), scp.Port);
            }
            catch (System.Net.Sockets.SocketException e) when (host == "::1" && e.SocketErrorCode == System.Net.Sockets.SocketError.AddressNotAvailable)
            {
                Assert.Skip("This machine has no IPv6 loopback.");
            }

            socket.GetStream().Write(new RawAssociate { CalledAETitle = "STORE_SCP", Contexts = [new RawContext(1, "1.2.840.10008.1.1", [RawAssociate.ImplicitLittleEndian])] }.ToRequest().ToBytes());
            Assert.Equal(RawPdu.AssociateAc, socket.GetStream().ReadByte());
        }
    }
}
