using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Benchmarks.Roles;

/// <summary>A blocking socket that speaks just enough DICOM: no copies, no checks, no threads.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly byte[] On = [1, 0, 0, 0];
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[65536];
    private int _start;
    private int _end;

    public RawConnection(int port) => _socket.Connect(IPAddress.Loopback, port);

    public void Associate(string calledAETitle, string abstractSyntax, string transferSyntax)
    {
        Send(new RawAssociate { CalledAETitle = calledAETitle, CallingAETitle = "RAW", Contexts = [new RawContext(1, abstractSyntax, [transferSyntax])] }.ToRequest().ToBytes());
        if (ReadPdu()[0] != RawPdu.AssociateAc)
            throw new IOException("The raw association was not accepted.");
    }

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[_socket.Send(bytes)..];
    }

    /// <summary>The next PDU; valid until the next call.</summary>
    public ReadOnlySpan<byte> ReadPdu()
    {
        Need(6);
        int length = 6 + BinaryPrimitives.ReadInt32BigEndian(_buffer.AsSpan(_start + 2));
        Need(length);
        ReadOnlySpan<byte> pdu = _buffer.AsSpan(_start, length);
        _start += length;
        return pdu;
    }

    /// <summary>Reads a response, which lies in one PDU, and demands success.</summary>
    public void ReadSuccess()
    {
        // Header of the PDU, header of the PDV, command set.
        RawCommand response = RawCommand.Parse(ReadPdu()[12..]);
        if (response.Status != 0)
            throw new IOException($"A raw request was answered with {response.Status:X4}H.");
    }

    public byte ReadByte()
    {
        Need(1);
        return _buffer[_start++];
    }

    public void Release()
    {
        Send(RawPdu.Release.ToBytes());
        ReadPdu();
    }

    public void Dispose() => _socket.Dispose();

    private void Need(int count)
    {
        if (_end - _start >= count)
            return;
        if (_start > 0)
        {
            Buffer.BlockCopy(_buffer, _start, _buffer, 0, _end - _start);
            _end -= _start;
            _start = 0;
        }
        while (_end < count)
        {
            // Level and option of Linux: acknowledge at once, or a peer that keeps Nagle on waits 40 ms.
            _socket.SetRawSocketOption(6, 12, On);
            int read = _socket.Receive(_buffer.AsSpan(_end));
            if (read == 0)
                throw new IOException("The connection ended.");
            _end += read;
        }
    }
}
