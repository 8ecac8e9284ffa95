using System.Buffers;

namespace PacsTools.Dicom.Files;

/// <summary>Lets the data set writer write to a file through one buffer of bounded size.</summary>
internal sealed class StreamBufferWriter(Stream stream) : IBufferWriter<byte>
{
    private readonly byte[] _buffer = new byte[64 << 10];
    private int _filled;

    public void Advance(int count) => _filled += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        // Headers are the longest pieces asked for in one; values come in whatever pieces there is room for.
        if (_buffer.Length - _filled < Math.Max(1, sizeHint)) Flush();
        return _buffer.AsMemory(_filled);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    internal void Flush()
    {
        stream.Write(_buffer, 0, _filled);
        _filled = 0;
    }
}
