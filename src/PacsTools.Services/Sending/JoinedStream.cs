namespace PacsTools.Services.Sending;

/// <summary>Bytes from memory, then a stretch of a file, then bytes from memory: a data set whose pixels stay on disk.</summary>
internal sealed class JoinedStream(byte[] before, FileStream file, long offset, long length, byte[] after) : Stream
{
    private long _at;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => before.Length + length + after.Length;

    public override long Position
    {
        get => _at;
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset1, int count) => Read(buffer.AsSpan(offset1, count));

    public override int Read(Span<byte> buffer)
    {
        var read = _at < before.Length ? Copy(before, _at, buffer)
            : _at < before.Length + length ? ReadFile(buffer)
            : Copy(after, _at - before.Length - length, buffer);
        _at += read;
        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset1, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset1, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            file.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadFile(Span<byte> buffer)
    {
        var done = _at - before.Length;
        file.Position = offset + done;
        return file.Read(buffer[..(int)Math.Min(buffer.Length, length - done)]);
    }

    private static int Copy(byte[] bytes, long at, Span<byte> buffer)
    {
        var count = (int)Math.Min(buffer.Length, bytes.Length - at);
        bytes.AsSpan((int)at, count).CopyTo(buffer);
        return count;
    }
}
