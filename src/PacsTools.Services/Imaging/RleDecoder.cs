using System.Buffers.Binary;

namespace PacsTools.Services.Imaging;

/// <summary>RLE Lossless (PS3.5 G): byte planes, the most significant first, each run-length coded.</summary>
internal static class RleDecoder
{
    private const int HeaderLength = 64;
    private const int MostSegments = 15;
    private const int MostExpansion = 64;

    /// <summary>Decodes one frame to native little-endian bytes, samples as the description's planar configuration says.</summary>
    /// <exception cref="ImageException">The fragment is no RLE frame of this description.</exception>
    public static byte[] Decode(ReadOnlyMemory<byte> fragment, PixelDescription description)
    {
        var bytes = fragment.Span;
        var perSample = description.BitsAllocated / 8;
        var planes = perSample * description.SamplesPerPixel;
        if (bytes.Length < HeaderLength || perSample == 0 || BinaryPrimitives.ReadInt32LittleEndian(bytes) != planes || planes > MostSegments)
            throw Broken();
        var pixels = description.Pixels;

        // Two bytes make 128 at most; what would need more is not worth its memory.
        if ((long)pixels * planes > (long)MostExpansion * bytes.Length)
            throw Broken();
        var frame = new byte[(long)pixels * planes];
        var plane = new byte[pixels];
        for (var i = 0; i < planes; i++)
        {
            var start = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * (i + 1))..]);
            var end = i + 1 < planes ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[(4 * (i + 2))..]) : (uint)bytes.Length;
            if (start < HeaderLength || end < start || end > bytes.Length)
                throw Broken();
            Expand(bytes[(int)start..(int)end], plane);
            Place(plane, frame, i / perSample, perSample - 1 - (i % perSample), perSample, description);
        }

        return frame;
    }

    private static void Place(byte[] plane, byte[] frame, int sample, int byteInSample, int perSample, PixelDescription description)
    {
        var step = description.IsPlanar ? perSample : perSample * description.SamplesPerPixel;
        var at = (description.IsPlanar ? sample * plane.Length * perSample : sample * perSample) + byteInSample;
        foreach (var value in plane)
        {
            frame[at] = value;
            at += step;
        }
    }

    private static void Expand(ReadOnlySpan<byte> coded, Span<byte> plane)
    {
        var at = 0;
        var i = 0;
        while (at < plane.Length)
        {
            if (i >= coded.Length)
                throw Broken();
            var control = (sbyte)coded[i++];
            if (control >= 0)
            {
                var count = Math.Min(control + 1, plane.Length - at);
                if (i + count > coded.Length)
                    throw Broken();
                coded.Slice(i, count).CopyTo(plane[at..]);
                i += control + 1;
                at += count;
            }
            else if (control != sbyte.MinValue)
            {
                if (i >= coded.Length)
                    throw Broken();
                var count = Math.Min(1 - control, plane.Length - at);
                plane.Slice(at, count).Fill(coded[i++]);
                at += count;
            }
        }
    }

    private static ImageException Broken() => new("Image.Broken", "The RLE frame contradicts rows, columns and samples, or is cut short.");
}
