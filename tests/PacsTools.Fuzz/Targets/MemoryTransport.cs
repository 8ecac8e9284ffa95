using System.Net;
using PacsTools.Dicom.Network;

namespace PacsTools.Fuzz.Targets;

/// <summary>A peer that has said all it will say, in pieces of uneven size, and then closes. What is sent to it is forgotten.</summary>
internal sealed class MemoryTransport(ReadOnlyMemory<byte> bytes, int most) : ByteTransport
{
    private readonly ChunkedStream _stream = new(bytes, most);
    private int _given;
    private bool _shut;

    public override EndPoint? RemoteEndPoint => null;

    public override bool CanReadNow => !_shut && _given < bytes.Length;

    public override int Read(Span<byte> buffer)
    {
        int count = _shut ? 0 : _stream.Read(buffer);
        _given += count;
        return count;
    }

    public override void Write(ReadOnlySpan<byte> bytes)
    {
        if (_shut) throw new IOException("The peer has gone.");
    }

    public override void ShutdownSend()
    {
    }

    public override void ShutdownBoth() => _shut = true;

    public override void Dispose() => _shut = true;
}
