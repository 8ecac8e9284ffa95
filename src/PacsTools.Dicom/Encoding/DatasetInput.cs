using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Encoding;

/// <summary>
/// Where the bytes of a data set come from, read forwards once: a buffer which is all there (this class), or a stream read
/// piece by piece (<see cref="StreamInput"/>). Values are handed out as slices, so a buffer once shown is never written again.
/// </summary>
internal class DatasetInput
{
    private readonly long _base;

    internal DatasetInput(ReadOnlyMemory<byte> window, long baseOffset)
    {
        Window = window;
        _base = baseOffset;
    }

    /// <summary>The bytes of a stream from where it stands: where it is only a view of memory, that memory.</summary>
    /// <param name="stream">The stream; it is not closed.</param>
    /// <param name="baseOffset">Added to every offset told.</param>
    /// <param name="windowSize">Bytes read at a time where they have to be read.</param>
    internal static DatasetInput Of(Stream stream, long baseOffset, int windowSize = StreamInput.WindowSize) =>
        stream is MemoryStream memory && memory.TryGetBuffer(out ArraySegment<byte> bytes)
            ? new DatasetInput(bytes.AsMemory((int)Math.Min(memory.Position, bytes.Count)), baseOffset)
            : new StreamInput(stream, baseOffset, windowSize: windowSize);

    /// <summary>Offset of the next byte from the start of the data set, or of the file.</summary>
    internal long Position => _base + WindowStart + Next;

    /// <summary>Bytes still to come; <see cref="long.MaxValue"/> where nobody knows, as in deflated data.</summary>
    internal virtual long Remaining => Window.Length - Next;

    protected ReadOnlyMemory<byte> Window { get; set; }

    /// <summary>Bytes of the input before the window.</summary>
    protected long WindowStart { get; set; }

    protected int Next { get; set; }

    /// <summary>True if a value is a slice of the window.</summary>
    protected bool HandedOut { get; set; }

    protected ReadOnlyMemory<byte> Buffered => Window[Next..];

    /// <summary>Shows the bytes to come without consuming them: as many as wanted, or fewer at the end.</summary>
    internal ReadOnlySpan<byte> Peek(int wanted)
    {
        if (Window.Length - Next < wanted) Fill(wanted);
        ReadOnlySpan<byte> bytes = Window.Span[Next..];
        return bytes.Length > wanted ? bytes[..wanted] : bytes;
    }

    /// <summary>Consumes a value.</summary>
    /// <exception cref="DicomDataException">There are not so many bytes.</exception>
    internal ReadOnlyMemory<byte> Take(int count)
    {
        if (Window.Length - Next < count) return TakeBeyond(count);
        ReadOnlyMemory<byte> slice = Window.Slice(Next, count);
        Next += count;
        HandedOut = true;
        return slice;
    }

    /// <summary>Passes over bytes.</summary>
    /// <exception cref="DicomDataException">There are not so many bytes.</exception>
    internal void Skip(long count)
    {
        if (Window.Length - Next >= count) Next += (int)count;
        else SkipBeyond(count);
    }

    /// <summary>Tries to have that many bytes in the window.</summary>
    protected virtual void Fill(int wanted)
    {
    }

    protected virtual ReadOnlyMemory<byte> TakeBeyond(int count) => throw Ended();

    protected virtual void SkipBeyond(long count) => throw Ended();

    protected DicomDataException Ended() => new($"The data ends within a value (offset {Position}).", Position);
}
