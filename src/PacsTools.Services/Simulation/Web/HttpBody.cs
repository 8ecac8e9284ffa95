using System.Globalization;

namespace PacsTools.Services.Simulation.Web;

/// <summary>The body of a request as it comes: of a known length, or in chunks (RFC 9112 7.1).</summary>
internal sealed class HttpBody : Stream
{
    private const int MaxChunkLine = 1024;
    private const int MaxTrailers = 32;

    private readonly HttpWire _wire;
    private readonly bool _isChunked;
    private Action? _beforeFirst;
    private long _left;
    private bool _inChunk;

    /// <param name="wire">Where it comes from.</param>
    /// <param name="length">Its length; null for chunks.</param>
    /// <param name="beforeFirst">Done before the first byte is waited for: the client may want to be told to go on.</param>
    public HttpBody(HttpWire wire, long? length, Action? beforeFirst)
    {
        _wire = wire;
        _isChunked = length is null;
        _left = length ?? 0;
        _beforeFirst = beforeFirst;
        IsAtEnd = length == 0;
    }

    /// <summary>True when all of it was read.</summary>
    public bool IsAtEnd { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        if (IsAtEnd || buffer.IsEmpty)
            return 0;
        Interlocked.Exchange(ref _beforeFirst, null)?.Invoke();
        if (_isChunked && _left == 0 && !NextChunk())
            return 0;
        var count = _wire.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        if (count == 0)
            throw new IOException("the client went in the middle of a body");
        _left -= count;
        IsAtEnd = !_isChunked && _left == 0;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    // The simulator's threads may block; there is nothing to be gained by giving them back.
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => Task.FromResult(Read(buffer, offset, count));

    /// <summary>Reads what nobody wanted, unless it is much, or the client still waits to be told to send it.</summary>
    /// <returns>False if the rest stays unread, so that the connection cannot be used again.</returns>
    public bool Drain()
    {
        if (_beforeFirst is not null && !IsAtEnd)
            return false;
        var rest = new byte[16 << 10];
        for (long drained = 0; !IsAtEnd; drained += Read(rest))
        {
            if (drained > _wire.Limits.MaxDrained)
                return false;
        }

        return true;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool NextChunk()
    {
        if (_inChunk && _wire.ReadLine(MaxChunkLine).Length > 0)
            throw HttpError.Malformed("a chunk does not end where it says");
        _inChunk = true;
        var line = _wire.ReadLine(MaxChunkLine);
        var end = line.IndexOf(';');
        var digits = (end < 0 ? line : line[..end]).Trim();
        if (digits.Length > 15 || !long.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out _left))
            throw HttpError.Malformed("the length of a chunk is no number");
        if (_left > 0)
            return true;
        for (var trailers = 0; _wire.ReadLine(MaxChunkLine).Length > 0; trailers++)
        {
            if (trailers == MaxTrailers)
                throw HttpError.Malformed("there are too many trailers");
        }

        IsAtEnd = true;
        return false;
    }
}
