using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace PacsTools.TestKit.Scripting;

/// <summary>One TCP connection in a test's own hands: expect, send, in pieces of any size, drop, reset. Every wait is bounded.</summary>
public sealed class ScriptedConnection : IAsyncDisposable
{
    private readonly Socket _socket;
    private readonly Queue<RawPdv> _pdvs = new();

    internal ScriptedConnection(Socket socket)
    {
        _socket = socket;
        socket.NoDelay = true;
    }

    /// <summary>How long any single wait may take.</summary>
    public TimeSpan Bound { get; set; } = TimeSpan.FromSeconds(20);

    public EndPoint? RemoteEndPoint => _socket.RemoteEndPoint;

    /// <summary>Completed by a script that has come to where its test waits for it.</summary>
    public TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Bytes sent so far.</summary>
    public long Sent { get; private set; }

    /// <summary>The contexts answered by <see cref="AcceptAssociationAsync"/>, by id.</summary>
    public Dictionary<byte, RawContextAnswer> Agreed { get; } = [];

    /// <summary>The connection as a stream, for what is layered upon it.</summary>
    public Stream Stream => new NetworkStream(_socket, ownsSocket: false);

    public static async Task<ScriptedConnection> ConnectAsync(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port)).WaitAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return new ScriptedConnection(socket);
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = await _socket.SendAsync(bytes).AsTask().WaitAsync(Bound).ConfigureAwait(false);
            Sent += count;
            bytes = bytes[count..];
        }
    }

    public Task SendAsync(RawPdu pdu) => SendAsync(pdu.ToBytes());

    /// <summary>Sends in pieces of the given size, each in a segment of its own as far as TCP lets one choose.</summary>
    public async Task SendInPiecesAsync(ReadOnlyMemory<byte> bytes, int size)
    {
        for (int at = 0; at < bytes.Length; at += size)
            await SendAsync(bytes.Slice(at, Math.Min(size, bytes.Length - at))).ConfigureAwait(false);
    }

    /// <summary>The next bytes; throws <see cref="EndOfStreamException"/> if the peer closes before them.</summary>
    public async Task<byte[]> ReadExactlyAsync(int count)
    {
        byte[] bytes = new byte[count];
        for (int at = 0; at < count;)
        {
            int read = await _socket.ReceiveAsync(bytes.AsMemory(at)).AsTask().WaitAsync(Bound).ConfigureAwait(false);
            if (read == 0)
                throw new EndOfStreamException($"The peer closed after {at} of {count} bytes.");
            at += read;
        }
        return bytes;
    }

    /// <summary>Everything up to the peer's close; a reset counts as the end.</summary>
    public async Task<byte[]> ReadToEndAsync()
    {
        using var all = new MemoryStream();
        byte[] buffer = new byte[65536];
        try
        {
            for (int read; (read = await _socket.ReceiveAsync(buffer).WaitAsync(Bound).ConfigureAwait(false)) > 0;)
                all.Write(buffer, 0, read);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Closed the hard way; what came before counts.
        }
        return all.ToArray();
    }

    public async Task<RawPdu> ReadPduAsync()
    {
        byte[] header = await ReadExactlyAsync(6).ConfigureAwait(false);
        int length = (int)BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(2));
        return new RawPdu(header[0], await ReadExactlyAsync(length).ConfigureAwait(false));
    }

    /// <summary>The next PDU, which must be of the given type.</summary>
    public async Task<RawPdu> ExpectAsync(byte type)
    {
        RawPdu pdu = await ReadPduAsync().ConfigureAwait(false);
        return pdu.Type == type
            ? pdu
            : throw new InvalidDataException($"Expected PDU type {type}, got {pdu.Type}: {Convert.ToHexString(pdu.Body.AsSpan(0, Math.Min(pdu.Body.Length, 64)))}");
    }

    /// <summary>As acceptor: reads the request and accepts it.</summary>
    public async Task<RawAssociate> AcceptAssociationAsync(Func<RawContext, RawContextAnswer>? answer = null, uint maxPduLength = 16384)
    {
        RawAssociate request = RawAssociate.Parse(await ExpectAsync(RawPdu.AssociateRq).ConfigureAwait(false));
        foreach (RawContext context in request.Contexts)
            Agreed[context.Id] = (answer ?? RawAssociate.Accept)(context);
        await SendAsync(request.ToAccept(answer, maxPduLength)).ConfigureAwait(false);
        return request;
    }

    /// <summary>As requestor: asks and returns the answer, whatever it is.</summary>
    public async Task<RawPdu> RequestAssociationAsync(RawAssociate request)
    {
        await SendAsync(request.ToRequest()).ConfigureAwait(false);
        return await ReadPduAsync().ConfigureAwait(false);
    }

    /// <summary>Sends a message, fragmented into PDVs of at most <paramref name="fragment"/> bytes.</summary>
    public async Task SendMessageAsync(byte contextId, RawCommand command, ReadOnlyMemory<byte> dataSet = default, int fragment = 16372)
    {
        using var all = new MemoryStream();
        all.Write(RawPdu.DataValue(contextId, isCommand: true, isLast: true, command.ToBytes()).ToBytes());
        if (command.HasDataSet)
        {
            int at = 0;
            do
            {
                int length = Math.Min(fragment, dataSet.Length - at);
                all.Write(RawPdu.DataValue(contextId, isCommand: false, at + length == dataSet.Length, dataSet.Slice(at, length).Span).ToBytes());
                at += length;
            }
            while (at < dataSet.Length);
        }
        await SendAsync(all.ToArray()).ConfigureAwait(false);
    }

    /// <summary>Reads one whole message; throws <see cref="InvalidDataException"/> if another PDU comes, naming it.</summary>
    public async Task<RawMessage> ReadMessageAsync()
    {
        using var command = new MemoryStream();
        using var data = new MemoryStream();
        RawCommand? parsed = null;
        while (true)
        {
            if (_pdvs.Count == 0)
            {
                foreach (RawPdv next in (await ExpectAsync(RawPdu.Data).ConfigureAwait(false)).ReadPdvs())
                    _pdvs.Enqueue(next);
            }
            RawPdv pdv = _pdvs.Dequeue();
            (pdv.IsCommand ? command : data).Write(pdv.Payload);
            if (!pdv.IsLast)
                continue;
            if (pdv.IsCommand)
                parsed = RawCommand.Parse(command.ToArray());
            if (parsed is not null && (!pdv.IsCommand || !parsed.HasDataSet))
                return new RawMessage(pdv.ContextId, parsed, data.ToArray());
        }
    }

    /// <summary>As the side that is asked: answers A-RELEASE-RQ.</summary>
    public async Task AnswerReleaseAsync()
    {
        await ExpectAsync(RawPdu.ReleaseRq).ConfigureAwait(false);
        await SendAsync(RawPdu.ReleaseReply).ConfigureAwait(false);
    }

    /// <summary>As the side that asks: releases and waits for the answer.</summary>
    public async Task ReleaseAsync()
    {
        await SendAsync(RawPdu.Release).ConfigureAwait(false);
        await ExpectAsync(RawPdu.ReleaseRp).ConfigureAwait(false);
    }

    /// <summary>Closes our sending direction and leaves the other open.</summary>
    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with RST, as a crashed host or an impatient firewall does; once.</summary>
    public void Reset()
    {
        if (_socket.SafeHandle.IsClosed)
            return;
        _socket.LingerState = new LingerOption(true, 0);
        _socket.Close();
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
