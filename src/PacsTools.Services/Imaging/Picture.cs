namespace PacsTools.Services.Imaging;

/// <summary>Pixels to be shown, 8 bits a sample, row by row.</summary>
/// <param name="Width">Columns.</param>
/// <param name="Height">Rows.</param>
/// <param name="Samples">1 for grey, 3 for red, green and blue.</param>
/// <param name="Bytes">The samples, those of a pixel together.</param>
internal sealed record Picture(int Width, int Height, int Samples, byte[] Bytes)
{
    /// <summary>Shows a frame of a file.</summary>
    /// <exception cref="ImageException">It cannot be shown.</exception>
    public static Picture Of(FrameReader file, int frame, GrayWindow? window)
    {
        var pixels = file.Description;
        var bytes = file.Read(frame);
        return pixels.IsGrayscale
            ? new Picture(pixels.Columns, pixels.Rows, 1, new GrayscaleRenderer(file.Dataset, pixels).Render(bytes, window))
            : new Picture(pixels.Columns, pixels.Rows, 3, ColorRenderer.Render(bytes, file.Dataset, pixels));
    }

    /// <summary>Made to fit a square by averaging; never made larger.</summary>
    public Picture Thumbnail(int side)
    {
        var scale = Math.Max((double)Width / side, (double)Height / side);
        if (scale <= 1)
            return this;
        int width = Math.Max(1, (int)(Width / scale)), height = Math.Max(1, (int)(Height / scale));
        var small = new byte[width * height * Samples];
        for (var y = 0; y < height; y++)
        {
            int top = y * Height / height, bottom = Math.Max(top + 1, (y + 1) * Height / height);
            for (var x = 0; x < width; x++)
            {
                int left = x * Width / width, right = Math.Max(left + 1, (x + 1) * Width / width);
                for (var s = 0; s < Samples; s++)
                    small[(((y * width) + x) * Samples) + s] = Average(left, right, top, bottom, s);
            }
        }

        return new Picture(width, height, Samples, small);
    }

    private byte Average(int left, int right, int top, int bottom, int sample)
    {
        var sum = 0L;
        for (var y = top; y < bottom; y++)
        {
            for (var x = left; x < right; x++)
                sum += Bytes[(((y * Width) + x) * Samples) + sample];
        }

        var count = (right - left) * (bottom - top);
        return (byte)((sum + (count / 2)) / count);
    }
}
