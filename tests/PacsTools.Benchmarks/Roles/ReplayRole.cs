using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PacsTools.Benchmarks.Children;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Benchmarks.Roles;

/// <summary>A server that answers every C-FIND with the same encoded study responses: what a client can take at most. Job: start, number of responses.</summary>
internal sealed class ReplayRole : IRole
{
    private const int Piece = 256 * 1024;

    public Task<Answer> DoAsync(string[] words)
    {
        int count = int.Parse(words[1], CultureInfo.InvariantCulture);
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        new Thread(() =>
        {
            while (true)
            {
                Socket peer = listener.Accept();
                new Thread(() => Serve(peer, count)) { IsBackground = true }.Start();
            }
        }) { IsBackground = true }.Start();
        return Task.FromResult(new Answer(("port", ((IPEndPoint)listener.LocalEndPoint!).Port)));
    }

    private static void Serve(Socket peer, int count)
    {
        peer.NoDelay = true;
        using var stream = new NetworkStream(peer, ownsSocket: true);
        (byte ContextId, byte[] Bytes, List<int> MessageIds)? responses = null;
        RawPdv? command = null;
        while (ReadPdu(stream) is { } pdu)
        {
            switch (pdu.Type)
            {
                case RawPdu.AssociateRq:
                    stream.Write(RawAssociate.Parse(pdu).ToAccept(Accept).ToBytes());
                    break;
                case RawPdu.ReleaseRq:
                    stream.Write(RawPdu.ReleaseReply.ToBytes());
                    return;
                case RawPdu.Data:
                    foreach (RawPdv pdv in pdu.ReadPdvs())
                    {
                        if (pdv.IsCommand)
                        {
                            command = pdv;
                        }
                        else if (pdv.IsLast)
                        {
                            if (responses is null || responses.Value.ContextId != pdv.ContextId)
                                responses = Encode(pdv.ContextId, RawCommand.Parse(command!.Payload), count);
                            Replay(stream, responses.Value.Bytes, responses.Value.MessageIds, RawCommand.Parse(command!.Payload).MessageId);
                        }
                    }
                    break;
                default:
                    return;
            }
        }
    }

    private static RawContextAnswer Accept(RawContext context) => context.TransferSyntaxes.Contains(RawAssociate.ImplicitLittleEndian)
        ? new RawContextAnswer(context.Id, 0, RawAssociate.ImplicitLittleEndian)
        : new RawContextAnswer(context.Id, 4, RawAssociate.ImplicitLittleEndian);

    private static (byte, byte[], List<int>) Encode(byte contextId, RawCommand request, int count)
    {
        using var all = new MemoryStream();
        List<int> messageIds = [];
        for (int i = 1; i <= count + 1; i++)
        {
            bool isFinal = i > count;
            byte[] command = RawPdu.DataValue(contextId, isCommand: true, isLast: true, request.Response(isFinal ? (ushort)0 : (ushort)0xFF00, hasDataSet: !isFinal).ToBytes()).ToBytes();
            // (0000,0120) US of length 2: its value follows these eight bytes.
            messageIds.Add((int)all.Length + command.AsSpan().IndexOf((ReadOnlySpan<byte>)[0, 0, 0x20, 0x01, 2, 0, 0, 0]) + 8);
            all.Write(command);
            if (!isFinal)
                all.Write(RawPdu.DataValue(contextId, isCommand: false, isLast: true, Study(i).ToBytes(explicitVR: false)).ToBytes());
        }
        return (contextId, all.ToArray(), messageIds);
    }

    private static RawDataSet Study(int number) => new RawDataSet()
        .Text(0x00080020, "DA", $"2024{1 + (number % 12):00}{1 + (number % 28):00}")
        .Text(0x00080030, "TM", "101500")
        .Text(0x00080050, "SH", $"A{number:00000}")
        .Text(0x00080052, "CS", "STUDY")
        .Text(0x00080054, "AE", "REPLAY")
        .Text(0x00081030, "LO", "Synthetic study")
        .Text(0x00100010, "PN", $"DOE^NUMBER {number:00000}")
        .Text(0x00100020, "LO", $"P{number:00000}")
        .Text(0x00100030, "DA", "19700131")
        .Text(0x0020000D, "UI", $"1.2.826.0.1.3680043.10.1.99.{number}")
        .Text(0x00200010, "SH", "1");

    private static void Replay(NetworkStream stream, byte[] bytes, List<int> messageIds, ushort messageId)
    {
        foreach (int at in messageIds)
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(at), messageId);
        for (int at = 0; at < bytes.Length; at += Piece)
            stream.Write(bytes, at, Math.Min(Piece, bytes.Length - at));
    }

    private static RawPdu? ReadPdu(NetworkStream stream)
    {
        byte[] head = new byte[6];
        if (stream.ReadAtLeast(head, 6, throwOnEndOfStream: false) < 6)
            return null;
        byte[] body = new byte[BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(2))];
        stream.ReadExactly(body);
        return new RawPdu(head[0], body);
    }
}
