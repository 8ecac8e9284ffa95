using System.Buffers.Binary;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Interop.Tests.Faults;

/// <summary>A storage SCU that shares no code with the product: sends instances one after the other and keeps which were acknowledged to it. It gives up at the first thing that is not right.</summary>
internal sealed class ForeignSender(int port, string called, bool tls, TimeSpan patience)
{
    // Fits the shortest PDU a receiver of a schedule takes.
    private const int Fragment = 4000;

    /// <summary>The instances answered with 0000.</summary>
    public List<string> Acknowledged { get; } = [];

    /// <summary>Why it gave up; null if it did not.</summary>
    public Exception? Failure { get; private set; }

    public async Task SendAsync(IReadOnlyList<TestInstance> instances)
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            using var bound = new CancellationTokenSource(patience);
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), bound.Token);
            // Whoever waits too long closes.
            await using var cutOff = bound.Token.UnsafeRegister(static s => ((Socket)s!).Dispose(), socket);
            await using Stream stream = await SecureAsync(new NetworkStream(socket));
            await SendAsync(stream, instances);
        }
        catch (Exception e)
        {
            Failure = e;
        }
    }

    private async Task<Stream> SecureAsync(Stream plain)
    {
        if (!tls)
            return plain;
        var secure = new SslStream(plain, leaveInnerStreamOpen: false, static (_, _, _, _) => true);
        await secure.AuthenticateAsClientAsync("localhost");
        return secure;
    }

    private async Task SendAsync(Stream stream, IReadOnlyList<TestInstance> instances)
    {
        (string Class, string Syntax)[] kinds = [.. instances.Select(i => (i.SOPClassUID, i.TransferSyntaxUID)).Distinct()];
        RawContext[] contexts = [.. kinds.Select((k, i) => new RawContext((byte)((i * 2) + 1), k.Class, [k.Syntax]))];
        await stream.WriteAsync(new RawAssociate { CalledAETitle = called, CallingAETitle = "FOREIGN", Contexts = contexts }.ToRequest().ToBytes());
        Require((await ReadAsync(stream)).Type == RawPdu.AssociateAc, "the association was not accepted");
        ushort id = 0;
        foreach (TestInstance instance in instances)
        {
            byte context = contexts[Array.IndexOf(kinds, (instance.SOPClassUID, instance.TransferSyntaxUID))].Id;
            RawCommand request = instance.ToCStore(++id);
            await stream.WriteAsync(RawPdu.DataValue(context, isCommand: true, isLast: true, request.ToBytes()).ToBytes());
            for (int at = 0; at < instance.DataSet.Length; at += Fragment)
            {
                ReadOnlyMemory<byte> piece = instance.DataSet.AsMemory(at, Math.Min(Fragment, instance.DataSet.Length - at));
                await stream.WriteAsync(RawPdu.DataValue(context, isCommand: false, at + piece.Length == instance.DataSet.Length, piece.Span).ToBytes());
            }
            RawPdv answer = (await ReadAsync(stream)).ReadPdvs().Single();
            RawCommand response = RawCommand.Parse(answer.Payload);
            Require(answer is { IsCommand: true, IsLast: true } && response.CommandField == 0x8001 && response.MessageIdBeingRespondedTo == id && response.AffectedSOPInstanceUID == instance.SOPInstanceUID, "that is no answer to the C-STORE");
            if (response.Status == 0)
                Acknowledged.Add(instance.SOPInstanceUID);
        }
        await stream.WriteAsync(RawPdu.Release.ToBytes());
        Require((await ReadAsync(stream)).Type == RawPdu.ReleaseRp, "the release was not confirmed");
    }

    private static async Task<RawPdu> ReadAsync(Stream stream)
    {
        byte[] header = new byte[6];
        await stream.ReadExactlyAsync(header);
        uint length = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(2));
        Require(length <= 1 << 20, "a PDU is longer than anything there is to say");
        byte[] body = new byte[length];
        await stream.ReadExactlyAsync(body);
        return new RawPdu(header[0], body);
    }

    private static void Require(bool condition, string otherwise)
    {
        if (!condition)
            throw new InvalidDataException(otherwise);
    }
}
