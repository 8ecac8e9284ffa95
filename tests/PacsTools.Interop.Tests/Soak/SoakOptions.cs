using System.Globalization;

namespace PacsTools.Interop.Tests.Soak;

/// <summary>How long a soak runs and what it carries. The load is spread over the time; with no time it goes as fast as it can.</summary>
internal sealed record SoakOptions
{
    public const string Argument = "--soak";

    public double Minutes { get; init; } = 20;

    public int SmallInstances { get; init; } = 100_000;

    public int LargeInstances { get; init; } = 5;

    public long LargeBytes { get; init; } = 1L << 30;

    /// <summary>Minutes alone scale the usual load of twenty; small instances and MiB of large ones may follow.</summary>
    public static SoakOptions Parse(IReadOnlyList<string> words)
    {
        var options = new SoakOptions();
        if (words.Count > 0)
        {
            double minutes = double.Parse(words[0], CultureInfo.InvariantCulture);
            options = options with { Minutes = minutes, SmallInstances = (int)(5000 * minutes), LargeBytes = (long)(options.LargeBytes * minutes / 20) };
        }
        if (words.Count > 1)
            options = options with { SmallInstances = int.Parse(words[1], CultureInfo.InvariantCulture) };
        return words.Count > 2 ? options with { LargeBytes = (long.Parse(words[2], CultureInfo.InvariantCulture) << 20) / options.LargeInstances } : options;
    }
}
