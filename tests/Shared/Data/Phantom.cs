namespace PacsTools.TestKit.Data;

/// <summary>Pixels: an ellipse with two holes and a band that moves from instance to instance, with noise so that they do not compress to nothing.</summary>
internal static class Phantom
{
    /// <summary>Twelve significant bits in 16, little endian.</summary>
    public static byte[] Gray16(int rows, int columns, int instance, int seed)
    {
        byte[] pixels = new byte[rows * columns * 2];
        uint noise = Start(instance, seed);
        int band = rows == 0 ? 0 : (instance * 7) % rows;
        for (int y = 0, at = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++, at += 2)
            {
                noise = Next(noise);
                int value = Shade(y, x, rows, columns, band) * 8 + (int)(noise & 63);
                pixels[at] = (byte)value;
                pixels[at + 1] = (byte)(value >> 8);
            }
        }
        return pixels;
    }

    public static byte[] Gray8(int rows, int columns, int instance, int seed)
    {
        byte[] pixels = new byte[rows * columns];
        uint noise = Start(instance, seed);
        int band = rows == 0 ? 0 : (instance * 7) % rows;
        for (int y = 0, at = 0; y < rows; y++)
        {
            for (int x = 0; x < columns; x++, at++)
            {
                noise = Next(noise);
                pixels[at] = (byte)(Shade(y, x, rows, columns, band) / 2 + (noise & 31));
            }
        }
        return pixels;
    }

    public static byte[] Rgb(int rows, int columns, int instance, int seed) =>
        [.. Gray8(rows, columns, instance, seed).SelectMany(g => (byte[])[g, (byte)(g / 2), (byte)(255 - g)])];

    // 0..255
    private static int Shade(int y, int x, int rows, int columns, int band)
    {
        int dx = (2 * x - columns) * 100 / Math.Max(columns, 1), dy = (2 * y - rows) * 100 / Math.Max(rows, 1);
        if (y == band)
            return 255;
        if (dx * dx + dy * dy > 90 * 90)
            return 0;
        int hole1 = (dx - 35) * (dx - 35) + dy * dy, hole2 = (dx + 35) * (dx + 35) + dy * dy;
        return hole1 < 400 || hole2 < 400 ? 40 : 160;
    }

    private static uint Start(int instance, int seed) => unchecked((uint)(seed * 2654435761L) ^ ((uint)instance * 40503u) ^ 0x9E3779B9u) | 1u;

    // Marsaglia's xorshift
    private static uint Next(uint x)
    {
        x ^= x << 13;
        x ^= x >> 17;
        return x ^ (x << 5);
    }
}
