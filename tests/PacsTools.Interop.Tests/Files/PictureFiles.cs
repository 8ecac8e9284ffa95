using System.IO.Compression;
using System.Text;
using PacsTools.Services.Imaging;

namespace PacsTools.Interop.Tests.Files;

/// <summary>Reads the pixels of the pictures that DCMTK and we write.</summary>
internal static class PictureFiles
{
    /// <summary>The pixels of a P5 or P6: two letters, width, height and maximum in text, one white space, bytes.</summary>
    public static byte[] ReadPnm(byte[] file)
    {
        var at = 0;
        for (var words = 0; words < 4;)
        {
            if (file[at] == '#')
                at = Array.IndexOf(file, (byte)'\n', at);
            else if (file[at] > ' ' && file[at + 1] <= ' ')
                words++;
            at++;
        }

        return file[(at + 1)..];
    }

    /// <summary>Writes a PNG and reads it again with a reader of the test's own, so that the file is what is compared.</summary>
    public static byte[] WriteAndReadPng(Picture picture)
    {
        using var stream = new MemoryStream();
        PngWriter.Write(stream, picture);
        var file = stream.ToArray();
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(file, 0, 8));
        using var data = new MemoryStream();
        for (var at = 8; at < file.Length;)
        {
            var length = (file[at] << 24) | (file[at + 1] << 16) | (file[at + 2] << 8) | file[at + 3];
            if (Encoding.ASCII.GetString(file, at + 4, 4) == "IDAT")
                data.Write(file, at + 8, length);
            at += 12 + length;
        }

        data.Position = 0;
        using var inflated = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionMode.Decompress))
            zlib.CopyTo(inflated);
        var bytes = inflated.ToArray();
        var row = picture.Width * picture.Samples;
        var pixels = new byte[row * picture.Height];
        for (var y = 0; y < picture.Height; y++)
        {
            Assert.Equal(1, bytes[y * (row + 1)]);
            for (var x = 0; x < row; x++)
                pixels[(y * row) + x] = (byte)(bytes[(y * (row + 1)) + 1 + x] + (x >= picture.Samples ? pixels[(y * row) + x - picture.Samples] : 0));
        }

        return pixels;
    }
}
