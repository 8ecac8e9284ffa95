namespace PacsTools.Dicom.Tests.Json;

/// <summary>Bytes that come so many at a time, as from a network.</summary>
internal sealed class PacketStream(byte[] bytes, int packet) : MemoryStream(bytes, writable: false)
{
    internal long Left => Length - Position;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(packet, buffer.Length)], cancellationToken);
}

/// <summary>A beginning, then the same bytes many times, then an end (that of an array unless given).</summary>
internal sealed class RepeatingStream(byte[] start, byte[] again, int times, byte[]? end = null) : Stream
{
    private byte[] _current = start;
    private int _at;
    private int _times = times;
    private bool _ended;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (_at == _current.Length && !Next()) return 0;
        int count = Math.Min(buffer.Length, _current.Length - _at);
        _current.AsSpan(_at, count).CopyTo(buffer);
        _at += count;
        return count;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Next()
    {
        if (_ended) return false;
        _ended = _times-- == 0;
        _current = _ended ? end ?? "]"u8.ToArray() : again;
        _at = 0;
        return true;
    }
}
