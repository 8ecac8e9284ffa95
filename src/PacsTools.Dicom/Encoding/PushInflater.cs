using System.IO.Compression;

namespace PacsTools.Dicom.Encoding;

/// <summary>Inflates what is pushed into it, piece by piece (PS3.5 A.5).</summary>
internal sealed class PushInflater : IDisposable
{
    private readonly Pieces _pieces = new();
    private Stream? _inflating;

    /// <summary>True if the deflated data has ended and more follows it, which belongs to nothing.</summary>
    internal bool IsBehindEnd { get; private set; }

    /// <summary>Adds compressed bytes.</summary>
    internal void Feed(ReadOnlySpan<byte> next) => _pieces.Add(next);

    /// <summary>Takes inflated bytes.</summary>
    /// <returns>0 if more compressed bytes are needed, or all is inflated.</returns>
    /// <exception cref="Exception">What was fed is not deflated data: see <see cref="Inflation.IsBroken"/>.</exception>
    internal int Read(Span<byte> inflated)
    {
        if (_inflating is null)
        {
            // Two bytes tell the raw form from zlib's.
            if (_pieces.Count < 2) return 0;
            ReadOnlySpan<byte> start = _pieces.Waiting;
            _inflating = Inflation.HasZLibHeader(start[0], start[1])
                ? new ZLibStream(_pieces, CompressionMode.Decompress)
                : new DeflateStream(_pieces, CompressionMode.Decompress);
        }

        int count = _inflating.Read(inflated);

        // Whoever still inflates takes all there is before it asks for more.
        IsBehindEnd = count == 0 && _pieces.Count > 0;
        return count;
    }

    public void Dispose() => _inflating?.Dispose();

    /// <summary>A stream which ends for now and goes on when more was added.</summary>
    private sealed class Pieces : Stream
    {
        private byte[] _bytes = [];
        private int _next;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        internal int Count => _bytes.Length - _next;

        internal ReadOnlySpan<byte> Waiting => _bytes.AsSpan(_next);

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override int Read(Span<byte> buffer)
        {
            int count = Math.Min(buffer.Length, Count);
            Waiting[..count].CopyTo(buffer);
            _next += count;
            return count;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        internal void Add(ReadOnlySpan<byte> next)
        {
            byte[] bytes = new byte[Count + next.Length];
            Waiting.CopyTo(bytes);
            next.CopyTo(bytes.AsSpan(Count));
            _bytes = bytes;
            _next = 0;
        }
    }
}
