namespace PacsTools.Dicom.Network;

/// <summary>A transport in the shape SslStream asks for.</summary>
internal sealed class TransportStream(ByteTransport transport) : Stream
{
    private const int FirstLength = 16;

    private readonly byte[] _first = new byte[FirstLength];
    private int _firstCount;

    /// <summary>The first bytes that came, to tell who answers if it is not TLS.</summary>
    public ReadOnlySpan<byte> FirstBytes => _first.AsSpan(0, _firstCount);

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var read = transport.Read(buffer);
        if (_firstCount < FirstLength)
        {
            var more = buffer[..Math.Min(read, FirstLength - _firstCount)];
            more.CopyTo(_first.AsSpan(_firstCount));
            _firstCount += more.Length;
        }

        return read;
    }

    public override void Write(byte[] buffer, int offset, int count) => transport.Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => transport.Write(buffer);

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
