using System.Net;
using System.Net.Sockets;
using PacsTools.TestKit;
using PacsTools.TestKit.Faults;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Interop.Tests.Kit;

/// <summary>The fault proxy does what its script says, and nothing else.</summary>
public sealed class FaultProxyTests
{
    private static readonly byte[] s_conversation =
    [
        .. new RawPdu(RawPdu.AssociateRq, new byte[80]).ToBytes(),
        .. RawPdu.DataValue(1, isCommand: true, isLast: true, RawCommand.Request(RawCommand.CEchoRq, 1, "1.2").Response(0xA700).ToBytes()).ToBytes(),
        .. new RawPdu(RawPdu.Data, [.. RawPdu.Pdv(1, false, false, new byte[20]), .. RawPdu.Pdv(1, false, true, new byte[30])]).ToBytes(),
        .. RawPdu.Release.ToBytes(),
    ];

    [Fact]
    public void The_tracker_tells_the_same_of_pieces_of_any_size()
    {
        ByteRegion[] whole = Regions(s_conversation.Length);
        Assert.Equal(4 * 6, whole.Count(r => r == ByteRegion.PduHeader));
        Assert.Equal(3 * 6, whole.Count(r => r == ByteRegion.PdvHeader));
        Assert.Equal(80 + 4, whole.Count(r => r == ByteRegion.Control));
        Assert.Equal(50, whole.Count(r => r == ByteRegion.DataSet));
        Assert.Equal([0x00, 0xA7], s_conversation.Where((_, i) => whole[i] == ByteRegion.Status));
        for (int size = 1; size < 100; size++)
            Assert.Equal(whole, Regions(size));
    }

    [Fact]
    public void What_is_no_stream_of_PDUs_is_opaque()
    {
        var tracker = new PduTracker();
        byte[] bytes = "GET / HTTP/1.1\r\n"u8.ToArray();
        int header = tracker.Next(bytes, out _);
        Assert.Equal(bytes.Length - header, tracker.Next(bytes.AsSpan(header), out ByteRegion region));
        Assert.Equal(ByteRegion.Opaque, region);
    }

    [Fact]
    public void A_seed_and_a_number_give_the_same_schedule_and_neighbours_another()
    {
        static string Of(ulong seed, ulong number) => new FaultSchedule(new SeededChoice(seed, number), LinkKind.Dicom, LinkKind.Tls).ToString();
        Assert.Equal(Of(5, 7), Of(5, 7));
        Assert.Equal(200, Enumerable.Range(0, 200).Select(n => Of(5, (ulong)n)).Distinct().Count());
        Assert.NotEqual(Of(5, 7), Of(6, 7));
    }

    [Fact]
    public async Task One_byte_is_changed_where_the_script_says_so()
    {
        // The second byte of the header of the second PDV.
        var fault = new CorruptFault(new FaultPlace(ByteRegion.PdvHeader, 7), 0x40);
        byte[] came = await SendAsync(new ConnectionScript([fault, new TrickleFault(new FaultPlace(null, 3), 2, 0, 90)], []));
        ByteRegion[] regions = Regions(s_conversation.Length);
        int place = Enumerable.Range(0, regions.Length).Where(i => regions[i] == ByteRegion.PdvHeader).ElementAt(7);
        byte[] expected = [.. s_conversation];
        expected[place] ^= 0x40;
        Assert.Equal(expected, came);
    }

    [Theory]
    [InlineData(CutKind.HalfClose)]
    [InlineData(CutKind.Close)]
    [InlineData(CutKind.Stall)]
    public async Task Nothing_passes_behind_a_cut(CutKind kind) =>
        Assert.Equal(s_conversation[..50], await SendAsync(new ConnectionScript([new CutFault(new FaultPlace(null, 50), kind)], [])));

    [Fact]
    public async Task A_reset_is_one_on_both_sides()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var proxy = new FaultProxy(() => ((IPEndPoint)listener.LocalEndpoint).Port, LinkKind.Dicom, _ => new ConnectionScript([new CutFault(new FaultPlace(null, 0), CutKind.Reset)], []));
        using Socket near = await ConnectAsync(proxy);
        using Socket far = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await near.SendAsync(s_conversation);
        foreach (Socket socket in new[] { near, far })
            Assert.Equal(SocketError.ConnectionReset, (await Assert.ThrowsAsync<SocketException>(() => socket.ReceiveAsync(new byte[1]).WaitAsync(Eventually.DefaultBound))).SocketErrorCode);
        await Eventually.TrueAsync(() => proxy.Open == 0, "the connection is counted as closed");
    }

    [Fact]
    public async Task What_a_peer_leaves_open_is_counted()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var proxy = new FaultProxy(() => ((IPEndPoint)listener.LocalEndpoint).Port, LinkKind.Dicom, _ => ConnectionScript.Clean);
        Socket near = await ConnectAsync(proxy);
        using Socket far = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        near.Dispose();
        Assert.Equal(0, await far.ReceiveAsync(new byte[1]).WaitAsync(Eventually.DefaultBound));
        Assert.Equal(1, proxy.Open);
        far.Dispose();
        await Eventually.TrueAsync(() => proxy.Open == 0, "the connection is counted as closed");
    }

    private static ByteRegion[] Regions(int size)
    {
        var tracker = new PduTracker();
        var regions = new List<ByteRegion>();
        for (int at = 0; at < s_conversation.Length;)
        {
            int run = tracker.Next(s_conversation.AsSpan(at, Math.Min(size, s_conversation.Length - at)), out ByteRegion region);
            regions.AddRange(Enumerable.Repeat(region, run));
            at += run;
        }
        Assert.True(tracker.IsBetweenPdus);
        return [.. regions];
    }

    private static async Task<Socket> ConnectAsync(FaultProxy proxy)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, proxy.Port);
        return socket;
    }

    /// <summary>Sends the conversation through a proxy and returns what comes out of it.</summary>
    private static async Task<byte[]> SendAsync(ConnectionScript script)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var proxy = new FaultProxy(() => ((IPEndPoint)listener.LocalEndpoint).Port, LinkKind.Dicom, _ => script);
        using Socket near = await ConnectAsync(proxy);
        using Socket far = await listener.AcceptSocketAsync(TestContext.Current.CancellationToken);
        await near.SendAsync(s_conversation);
        near.Shutdown(SocketShutdown.Send);
        var came = new List<byte>();
        byte[] buffer = new byte[4096];
        for (int read; (read = await far.ReceiveAsync(buffer).WaitAsync(Eventually.DefaultBound)) > 0;)
            came.AddRange(buffer.AsSpan(0, read));
        return [.. came];
    }
}
