using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Storage;

public sealed class StorageScpRegistryTests : IDisposable
{
    private static readonly PacsNode Node = new() { HostName = "127.0.0.1" };

    private readonly StorageScpRegistry _registry = new();

    public void Dispose() => _registry.StopAll();

    [Fact]
    public void The_only_one_running_is_chosen()
    {
        var scp = Start("A");
        Assert.Same(scp, _registry.Choose(StorageScpChoice.Default, Node, NoJobLog.Instance));
        Assert.Same(scp, _registry.Find(scp.Port));
        Assert.Equal([scp], _registry.All);
    }

    [Fact]
    public void Several_without_a_choice_are_an_error_and_any_of_them_can_be_chosen()
    {
        var a = Start("A");
        var b = Start("B");
        var error = Assert.Throws<StorageScpException>(() => _registry.Choose(StorageScpChoice.Default, Node, NoJobLog.Instance));
        Assert.Equal("StorageScp.Ambiguous", error.Id);
        Assert.Contains(a.ToString(), error.Message);
        Assert.Same(b, _registry.Choose(new StorageScpChoice(AETitle: "B"), Node, NoJobLog.Instance));
        Assert.Same(a, _registry.Choose(new StorageScpChoice(Port: a.Port), Node, NoJobLog.Instance));
        Assert.Same(a, _registry.Choose(new StorageScpChoice(Scp: a), Node, NoJobLog.Instance));
        Assert.Same(b, _registry.Choose(StorageScpChoice.Default, Node with { ScpAETitle = "B" }, NoJobLog.Instance));
        Assert.Same(a, _registry.Choose(new StorageScpChoice(AETitle: "A"), Node with { ScpAETitle = "B" }, NoJobLog.Instance));
    }

    [Fact]
    public void If_none_runs_one_is_started_as_chosen_and_stays()
    {
        var port = FreePort();
        var log = new RecordingLog();
        var scp = _registry.Choose(new StorageScpChoice(AETitle: "MINE", Port: port), Node, log);
        Assert.Equal(("MINE", port, StorageScpAccept.Pending, StorageScpState.Running, "*"), (scp.AETitle, scp.Port, scp.Accept, scp.State, scp.BindAddress));
        Assert.Single(log.Verboses);
        Assert.Same(scp, _registry.Choose(StorageScpChoice.Default, Node, log));
        // Both families, whatever the archive uses.
        using var client = StoreClient.Open(port, [], called: "MINE");
        Assert.Equal(0, client.Echo());
    }

    [Fact]
    public void A_port_of_another_process_is_named_with_its_owner()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var error = Assert.Throws<StorageScpException>(() => _registry.Start(Options("A") with { Port = port }));
        Assert.Equal(("StorageScp.PortInUse", (int?)port), (error.Id, error.Port));
        Assert.NotNull(error.Advice);
        if (!OperatingSystem.IsLinux())
            return;
        Assert.EndsWith($"({Environment.ProcessId.ToString(CultureInfo.InvariantCulture)})", error.Owner);
        Assert.Contains(error.Owner!, error.Message);
        Assert.Empty(_registry.All);
    }

    [Fact]
    public void One_port_serves_one_title()
    {
        var scp = Start("A");
        Assert.Equal("StorageScp.PortInUse", Assert.Throws<StorageScpException>(() => _registry.Start(Options("A") with { Port = scp.Port })).Id);
        var error = Assert.Throws<StorageScpException>(() => _registry.Choose(new StorageScpChoice(AETitle: "B", Port: scp.Port), Node, NoJobLog.Instance));
        Assert.Equal("StorageScp.AETitleMismatch", error.Id);
        Assert.Contains("-ScpAETitle A", error.Advice);
    }

    [Fact]
    public void Whoever_is_told_of_a_start_may_first_ask_what_runs()
    {
        var log = new AskingLog(_registry);
        var chosen = _registry.Choose(new StorageScpChoice(AETitle: "MINE", Port: FreePort()), Node, log);
        Assert.Equal([chosen], log.Seen);
        var next = _registry.Start(Options("MINE") with { Port = chosen.Port }, takeNextFreePort: true, log);
        Assert.Equal([chosen, next], log.Seen);
    }

    [Theory]
    [InlineData("A")]
    [InlineData("B")]
    public void The_next_free_port_is_taken_only_if_asked_and_with_a_warning(string title)
    {
        var scp = Start("A");
        var log = new RecordingLog();
        var next = _registry.Start(Options(title) with { Port = scp.Port }, takeNextFreePort: true, log);
        Assert.True(next.Port > scp.Port);
        var (id, text) = Assert.Single(log.Warnings);
        Assert.Equal("StorageScp.OtherPort", id);
        Assert.Contains(next.Port.ToString(CultureInfo.InvariantCulture), text);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told_at_the_start()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["file"], "");
        var error = Assert.Throws<StorageScpException>(() => _registry.Start(Options("A") with { Accept = StorageScpAccept.Any, Path = folder["file"] }));
        Assert.Equal("Storage.CannotWrite", error.Id);
        Assert.Contains(folder["file"], error.Message);
        Assert.NotNull(error.Advice);
        Assert.Empty(_registry.All);
    }

    [Fact]
    public void A_stopped_one_is_forgotten_and_cannot_be_chosen()
    {
        var scp = Start("A");
        _registry.Stop(scp);
        _registry.Stop(scp);
        Assert.Equal(StorageScpState.Stopped, scp.State);
        Assert.Empty(_registry.All);
        Assert.Null(_registry.Find(scp.Port));
        Assert.Equal("StorageScp.NotRunning", Assert.Throws<StorageScpException>(() => _registry.Choose(new StorageScpChoice(Scp: scp), Node, NoJobLog.Instance)).Id);
    }

    [Fact]
    public async Task Many_at_once_choose_the_same()
    {
        var port = FreePort();
        var chosen = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => _registry.Choose(new StorageScpChoice(AETitle: "A", Port: port), Node, NoJobLog.Instance))));
        Assert.Single(chosen.Distinct());
    }

    [Fact]
    public void The_table_of_sockets_tells_listeners_from_connections()
    {
        string[] lines =
        [
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
            "   0: 00000000:2B69 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4711 1 0000 100 0 0 10 0",
            "   1: 0100007F:2B69 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 4712 1 0000 20 4 30 10 -1",
            "   2: 0100007F:0068 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 4713 1 0000 100 0 0 10 0",
            "",
        ];
        Assert.Equal(["4711"], PortOwner.Inodes(lines, 11113));
        Assert.Empty(PortOwner.Inodes(lines, 105));
    }

    private StorageScp Start(string title) => _registry.Start(Options(title));

    private static StorageScpOptions Options(string title) => new() { AETitle = title, Port = 0, BindAddress = IPAddress.Loopback };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Goes on only when another thread has been told what runs.</summary>
    private sealed class AskingLog(StorageScpRegistry registry) : IJobLog
    {
        public IReadOnlyList<StorageScp> Seen { get; private set; } = [];

        public void Warning(string id, string text) => Ask();

        public void Verbose(string text) => Ask();

        public void Progress(JobProgress progress)
        {
        }

        private void Ask()
        {
            var asking = new Thread(() => Seen = registry.All);
            asking.Start();
            Assert.True(asking.Join(TimeSpan.FromSeconds(20)), "the registry is locked");
        }
    }
}
