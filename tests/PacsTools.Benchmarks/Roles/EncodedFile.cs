using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;

namespace PacsTools.Benchmarks.Roles;

/// <summary>A file of encoded messages in memory, touched once so that no later reading costs anything.</summary>
internal sealed unsafe class EncodedFile
{
    private readonly byte* _start;
    private readonly List<(long Offset, long Length)> _messages = [];

    public EncodedFile(string path)
    {
        // Never given back: the process lives for one benchmark.
        MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        MemoryMappedViewAccessor view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _start);
        long length = new FileInfo(path).Length;
        for (long at = 0; at < length;)
        {
            long message = BinaryPrimitives.ReadInt64LittleEndian(new ReadOnlySpan<byte>(_start + at, 8));
            _messages.Add((at + 8, message));
            at += 8 + message;
        }
        long sum = 0;
        for (long at = 0; at < length; at += 4096)
            sum += _start[at];
        GC.KeepAlive(sum);
    }

    public int Count => _messages.Count;

    /// <summary>Sends one message in pieces no longer than a span can be.</summary>
    public void Send(int index, RawConnection connection)
    {
        (long offset, long length) = _messages[index];
        while (length > 0)
        {
            int part = (int)Math.Min(length, 1 << 20);
            connection.Send(new ReadOnlySpan<byte>(_start + offset, part));
            offset += part;
            length -= part;
        }
    }

    public long LengthOf(int index) => _messages[index].Length;
}
