using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace PacsTools.Dicom.Data;

/// <summary>Turns the bytes of each unit of a value around (PS3.5 7.3).</summary>
internal static class ByteOrder
{
    /// <summary>Reverses each unit of 2, 4 or 8 bytes in place; bytes left over at the end stay.</summary>
    internal static void Swap(Span<byte> bytes, int unitSize)
    {
        Span<byte> whole = bytes[..(bytes.Length - (bytes.Length % unitSize))];
        switch (unitSize)
        {
            case 2:
                Span<ushort> words = MemoryMarshal.Cast<byte, ushort>(whole);
                BinaryPrimitives.ReverseEndianness(words, words);
                break;
            case 4:
                Span<uint> doubles = MemoryMarshal.Cast<byte, uint>(whole);
                BinaryPrimitives.ReverseEndianness(doubles, doubles);
                break;
            case 8:
                Span<ulong> quads = MemoryMarshal.Cast<byte, ulong>(whole);
                BinaryPrimitives.ReverseEndianness(quads, quads);
                break;
        }
    }
}
