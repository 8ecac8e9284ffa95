using System.Globalization;

namespace PacsTools.Benchmarks.Running;

/// <summary>Figures as people read them.</summary>
internal static class Figure
{
    /// <summary>Three digits that mean something.</summary>
    public static string Short(double value) => Math.Abs(value) switch
    {
        >= 100 => value.ToString("#,0", CultureInfo.InvariantCulture),
        >= 10 => value.ToString("0.0", CultureInfo.InvariantCulture),
        >= 0.1 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0000", CultureInfo.InvariantCulture),
    };

    public static string Mebibytes(long bytes) => bytes == 0 ? "–" : (bytes / 1048576.0).ToString("0", CultureInfo.InvariantCulture);
}
