using System.IO.Compression;

namespace PacsTools.Dicom.Encoding;

/// <summary>Opens deflated data (PS3.5 A.5).</summary>
internal static class Inflation
{
    /// <summary>
    /// Inflates RFC 1951 as the standard has it, and RFC 1950 (with zlib's two bytes in front) as some write it. The compressed stream,
    /// which must seek, stays open.
    /// </summary>
    internal static Stream Open(Stream compressed)
    {
        Span<byte> start = stackalloc byte[2];
        int read = compressed.ReadAtLeast(start, 2, throwOnEndOfStream: false);
        compressed.Seek(-read, SeekOrigin.Current);
        return read == 2 && HasZLibHeader(start[0], start[1])
            ? new ZLibStream(compressed, CompressionMode.Decompress, leaveOpen: true)
            : new DeflateStream(compressed, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <summary>
    /// True if this says that the compressed bytes are none. What .NET throws where they ask for a preset dictionary is an
    /// IOException of a class that is not public; those of the disk must not be taken for it.
    /// </summary>
    internal static bool IsBroken(Exception error) =>
        error is InvalidDataException || (error is IOException && error.GetType().Namespace == typeof(DeflateStream).Namespace);

    /// <summary>RFC 1950 2.2: deflate with a 32 KiB window, and a check value. A raw stream starts so only by a strange chance.</summary>
    internal static bool HasZLibHeader(byte first, byte second) => first == 0x78 && ((first << 8) | second) % 31 == 0;
}
