using System.Globalization;

namespace PacsTools.Benchmarks.Running;

/// <summary>Median, least and most of some figures.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        double median = sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[^1]);
    }

    public string Range => string.Create(CultureInfo.InvariantCulture, $"{Figure.Short(Min)}–{Figure.Short(Max)}");
}
