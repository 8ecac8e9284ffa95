using System.Buffers.Binary;
using System.IO.Compression;

namespace PacsTools.Services.Imaging;

/// <summary>Writes PNG (ISO/IEC 15948): 8 bits a sample, grey or RGB.</summary>
internal static class PngWriter
{
    private static readonly uint[] s_crc = MakeCrcTable();

    public static void Write(Stream output, Picture picture)
    {
        output.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, picture.Width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], picture.Height);
        header[8] = 8;
        header[9] = (byte)(picture.Samples == 1 ? 0 : 2);
        header[10] = header[11] = header[12] = 0;
        Chunk(output, "IHDR"u8, header);
        Chunk(output, "IDAT"u8, Compress(picture));
        Chunk(output, "IEND"u8, default);
    }

    private static byte[] Compress(Picture picture)
    {
        using var bytes = new MemoryStream();
        using (var zlib = new ZLibStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = picture.Width * picture.Samples;
            var filtered = new byte[row + 1];
            for (var y = 0; y < picture.Height; y++)
            {
                // Filter "Sub": a neighbour's difference compresses better than the level itself.
                var line = picture.Bytes.AsSpan(y * row, row);
                filtered[0] = 1;
                for (var x = 0; x < row; x++)
                    filtered[x + 1] = (byte)(line[x] - (x >= picture.Samples ? line[x - picture.Samples] : 0));
                zlib.Write(filtered);
            }
        }

        return bytes.ToArray();
    }

    private static void Chunk(Stream output, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        output.Write(number);
        output.Write(type);
        output.Write(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), data));
        output.Write(number);
    }

    private static uint Crc(uint crc, ReadOnlySpan<byte> data)
    {
        foreach (var b in data)
            crc = s_crc[(crc ^ b) & 0xFF] ^ (crc >> 8);
        return crc;
    }

    private static uint[] MakeCrcTable()
    {
        var table = new uint[256];
        for (uint n = 0; n < 256; n++)
        {
            var c = n;
            for (var k = 0; k < 8; k++)
                c = (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            table[n] = c;
        }

        return table;
    }
}
