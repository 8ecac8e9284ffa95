using System.Buffers;
using System.Globalization;
using System.Text;

namespace PacsTools.Services.Simulation.Web;

/// <summary>A body that is written as it comes into being, in chunks where the client knows them.</summary>
internal sealed class HttpPieces : Stream
{
    private const int BufferSize = 64 << 10;

    private readonly HttpWire _wire;
    private readonly bool _isChunked;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
    private int _count;

    public HttpPieces(HttpWire wire, bool isChunked)
    {
        _wire = wire;
        _isChunked = isChunked;
    }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (_count + buffer.Length > _buffer.Length)
            Flush();
        if (buffer.Length >= _buffer.Length)
        {
            WriteChunk(buffer);
            return;
        }

        buffer.CopyTo(_buffer.AsSpan(_count));
        _count += buffer.Length;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush()
    {
        WriteChunk(_buffer.AsSpan(0, _count));
        _count = 0;
    }

    /// <summary>Ends the body as one that is whole.</summary>
    public void End()
    {
        Flush();
        if (_isChunked)
            _wire.Write("0\r\n\r\n"u8);
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
        base.Dispose(disposing);
    }

    private void WriteChunk(ReadOnlySpan<byte> bytes)
    {
        // An empty chunk would be the end.
        if (bytes.IsEmpty)
            return;
        if (_isChunked)
            _wire.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{bytes.Length:X}\r\n")));
        _wire.Write(bytes);
        if (_isChunked)
            _wire.Write("\r\n"u8);
    }
}
