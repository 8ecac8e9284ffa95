namespace PacsTools.Services.Simulation.TestData;

/// <summary>
/// Something to see: a head phantom of ellipses after Shepp and Logan (1974), which changes from slice to slice, with a little noise so that no
/// two instances are alike. Brightness runs from 0 to 1.
/// </summary>
internal sealed class Phantom(int seed)
{
    private static readonly (double Value, double A, double B, double X, double Y, double Degrees)[] s_ellipses =
    [
        (1.0, 0.69, 0.92, 0, 0, 0),
        (-0.6, 0.6624, 0.874, 0, -0.0184, 0),
        (-0.2, 0.11, 0.31, 0.22, 0, -18),
        (-0.2, 0.16, 0.41, -0.22, 0, 18),
        (0.15, 0.21, 0.25, 0, 0.35, 0),
        (0.25, 0.046, 0.046, 0, 0.1, 0),
        (0.25, 0.046, 0.046, 0, -0.1, 0),
        (0.3, 0.046, 0.023, -0.08, -0.605, 0),
        (0.3, 0.023, 0.023, 0, -0.606, 0),
        (0.3, 0.023, 0.046, 0.06, -0.605, 0),
    ];

    /// <summary>Renders a slice row by row.</summary>
    /// <param name="rows">Height in pixels.</param>
    /// <param name="columns">Width in pixels.</param>
    /// <param name="slice">Which one; each is a little different.</param>
    /// <param name="noise">How much noise, as a share of full brightness.</param>
    public double[] Render(int rows, int columns, int slice, double noise)
    {
        var pixels = new double[rows * columns];

        // Up and down through the head, so that a series of any length looks like one.
        var scale = 0.75 + (0.25 * Math.Cos(slice * 0.35));
        var shapes = Array.ConvertAll(s_ellipses, e => new Ellipse(e.Value, e.A * scale, e.B * scale, e.X * scale, e.Y * scale, (e.Degrees + seed % 7) * Math.PI / 180));
        var random = (uint)HashCode(seed, slice) | 1;
        for (var row = 0; row < rows; row++)
        {
            var y = 1 - (2 * (row + 0.5) / rows);
            for (var column = 0; column < columns; column++)
            {
                var x = (2 * (column + 0.5) / columns) - 1;
                var value = 0.0;
                foreach (var shape in shapes)
                    value += shape.At(x, y);

                // Marsaglia's xorshift: quick, and fine enough for noise.
                random ^= random << 13;
                random ^= random >> 17;
                random ^= random << 5;
                pixels[(row * columns) + column] = Math.Clamp(value + (noise * ((random & 0xFFFF) / 65535.0 - 0.5)), 0, 1);
            }
        }

        return pixels;
    }

    private static int HashCode(int a, int b) => unchecked((a * 73856093) ^ (b * 19349663) ^ 0x5F3759DF);

    private readonly struct Ellipse(double value, double a, double b, double centreX, double centreY, double angle)
    {
        private readonly double _cos = Math.Cos(angle);
        private readonly double _sin = Math.Sin(angle);

        public double At(double x, double y)
        {
            double dx = x - centreX, dy = y - centreY;
            double u = ((dx * _cos) + (dy * _sin)) / a, v = ((dy * _cos) - (dx * _sin)) / b;
            return (u * u) + (v * v) <= 1 ? value : 0;
        }
    }
}
