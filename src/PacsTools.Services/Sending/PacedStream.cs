namespace PacsTools.Services.Sending;

/// <summary>Gives out the bytes of another stream no faster than a limit allows that others may share.</summary>
internal sealed class PacedStream(Stream source, RateLimit rate, CancellationToken stop) : Stream
{
    // Pieces small enough that a slow line sees a steady flow and not one burst a PDU.
    private const int Piece = 32 * 1024;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => source.Length;

    public override long Position
    {
        get => source.Position;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        var count = source.Read(buffer[..Math.Min(Piece, buffer.Length)]);
        var wait = rate.Take(count);
        if (wait > TimeSpan.Zero)
        {
            stop.WaitHandle.WaitOne(wait);
        }

        stop.ThrowIfCancellationRequested();
        return count;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
