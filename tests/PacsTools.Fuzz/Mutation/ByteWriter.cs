using System.Buffers.Binary;
using System.Text;

namespace PacsTools.Fuzz.Mutation;

/// <summary>Puts bytes together; apart from the engine on purpose, so that what the engine reads was not written by it.</summary>
internal sealed class ByteWriter
{
    private readonly List<byte> _bytes = [];

    internal int Length => _bytes.Count;

    internal ByteWriter Add(params ReadOnlySpan<byte> bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    internal ByteWriter Text(string text) => Add(Encoding.Latin1.GetBytes(text));

    internal ByteWriter UInt16(ushort value, bool bigEndian)
    {
        Span<byte> bytes = stackalloc byte[2];
        if (bigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, value);
        return Add(bytes);
    }

    internal ByteWriter UInt32(uint value, bool bigEndian)
    {
        Span<byte> bytes = stackalloc byte[4];
        if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Add(bytes);
    }

    internal byte[] ToArray() => [.. _bytes];
}
