using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Encoding;

/// <summary>Reads a data set from a file, or from a stream which inflates, without holding what is passed over.</summary>
internal sealed class StreamInput : DatasetInput
{
    /// <summary>Bytes read at a time where not told otherwise.</summary>
    internal const int WindowSize = 16 << 10;
    private const int FirstStep = 64 << 10;

    private readonly Stream _stream;
    private readonly long _end;
    private readonly long _limit;
    private readonly int _windowSize;
    private long _taken;
    private byte[] _buffer = [];

    /// <summary>Reads a stream from where it stands.</summary>
    /// <param name="stream">The stream; it is not closed.</param>
    /// <param name="baseOffset">Added to every offset told.</param>
    /// <param name="limit">The most bytes taken from the stream; more are an error.</param>
    /// <param name="windowSize">Bytes read at a time.</param>
    internal StreamInput(Stream stream, long baseOffset, long limit = long.MaxValue, int windowSize = WindowSize)
        : base(default, baseOffset)
    {
        _stream = stream;
        _limit = limit;
        _windowSize = windowSize;
        _end = stream.CanSeek ? stream.Length - stream.Position : long.MaxValue;
    }

    internal override long Remaining => _end == long.MaxValue ? long.MaxValue : Math.Max(0, _end - WindowStart - Next);

    protected override void Fill(int wanted)
    {
        ReadOnlyMemory<byte> rest = Buffered;
        // Of a small file no more is asked for than there is.
        byte[] buffer = HandedOut || _buffer.Length < wanted ? new byte[(int)Math.Max(wanted, Math.Min(_windowSize, Remaining))] : _buffer;
        rest.CopyTo(buffer);
        int filled = rest.Length;
        while (filled < wanted)
        {
            int read = Read(buffer.AsSpan(filled));
            if (read == 0) break;
            filled += read;
        }

        WindowStart += Next;
        Next = 0;
        _buffer = buffer;
        HandedOut = false;
        Window = buffer.AsMemory(0, filled);
    }

    protected override ReadOnlyMemory<byte> TakeBeyond(int count)
    {
        if (count > Remaining) throw Ended();
        if (count > _windowSize / 4) return TakeDirectly(count);
        Fill(count);
        return Window.Length >= count ? Take(count) : throw Ended();
    }

    protected override void SkipBeyond(long count)
    {
        if (count > Remaining) throw Ended();
        long beyond = count - Buffered.Length;
        DropWindow();
        if (_stream.CanSeek)
        {
            _stream.Seek(beyond, SeekOrigin.Current);
            WindowStart += beyond;
            return;
        }

        byte[] scratch = new byte[WindowSize];
        while (beyond > 0)
        {
            int read = ReadOrEnd(scratch.AsSpan(0, (int)Math.Min(beyond, scratch.Length)));
            beyond -= read;
            WindowStart += read;
        }
    }

    private byte[] TakeDirectly(int count)
    {
        // What a length field says is believed only as far as the file is long or, where nobody knows that, as bytes come.
        byte[] value = new byte[_end == long.MaxValue ? Math.Min(count, FirstStep) : count];
        int filled = Buffered.Length;
        if (filled > value.Length) value = new byte[count];
        Buffered.CopyTo(value);
        DropWindow();
        while (filled < count)
        {
            if (filled == value.Length) Array.Resize(ref value, (int)Math.Min(count, value.Length * 2L));
            int read = ReadOrEnd(value.AsSpan(filled));
            filled += read;
            WindowStart += read;
        }

        return value;
    }

    private void DropWindow()
    {
        WindowStart += Window.Length;
        Window = default;
        Next = 0;
    }

    private int ReadOrEnd(Span<byte> bytes)
    {
        int read = Read(bytes);
        return read > 0 ? read : throw Ended();
    }

    private int Read(Span<byte> bytes)
    {
        int read;
        try
        {
            read = _stream.Read(bytes);
        }
        catch (Exception e) when (Inflation.IsBroken(e))
        {
            throw new DicomDataException("The deflated data set cannot be inflated.", Position, e);
        }

        _taken += read;
        return _taken <= _limit
            ? read
            : throw new DicomDataException($"The deflated data set inflates to more than the {_limit} bytes allowed.", Position);
    }
}
