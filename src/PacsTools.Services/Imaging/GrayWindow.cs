namespace PacsTools.Services.Imaging;

/// <summary>A window on values (PS3.3 C.11.2).</summary>
/// <param name="Center">Its middle, in the modality's units.</param>
/// <param name="Width">Its width; at least 1 for LINEAR, more than 0 for the others.</param>
/// <param name="Function">LINEAR, LINEAR_EXACT or SIGMOID; anything else counts as LINEAR.</param>
internal sealed record GrayWindow(double Center, double Width, string Function = "LINEAR")
{
    /// <summary>The window that shows every value of a frame.</summary>
    public static GrayWindow Around(double[] values)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        foreach (var value in values)
        {
            least = Math.Min(least, value);
            most = Math.Max(most, value);
        }

        return new GrayWindow((least + most) / 2, Math.Max(most - least, double.Epsilon), "LINEAR_EXACT");
    }

    /// <summary>From black, 0, to white, 1.</summary>
    public double Apply(double value) => Function switch
    {
        // PS3.3 C.11.2.1.3.1
        "SIGMOID" => 1 / (1 + Math.Exp(-4 * (value - Center) / Width)),
        // PS3.3 C.11.2.1.3.2
        "LINEAR_EXACT" => Math.Clamp(((value - Center) / Width) + 0.5, 0, 1),
        // PS3.3 C.11.2.1.2.1: of integer values, the first and the last of the window are black and white.
        _ => Width <= 1
            ? value <= Center - 0.5 ? 0 : 1
            : Math.Clamp(((value - (Center - 0.5)) / (Width - 1)) + 0.5, 0, 1),
    };
}
