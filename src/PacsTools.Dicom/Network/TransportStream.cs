namespace PacsTools.Dicom.Network;

/// <summary>A transport in the shape SslStream asks for.</summary>
internal sealed class TransportStream(ByteTransport transport) : Stream
{
    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => transport.Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer) => transport.Read(buffer);

    public override void Write(byte[] buffer, int offset, int count) => transport.Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => transport.Write(buffer);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
