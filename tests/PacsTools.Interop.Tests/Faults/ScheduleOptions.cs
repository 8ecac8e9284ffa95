using System.Globalization;
using System.Security.Cryptography;

namespace PacsTools.Interop.Tests.Faults;

/// <summary>Which schedules are run: as many as asked for from the first number on, of one seed.</summary>
internal sealed record ScheduleOptions
{
    public const string Argument = "--schedules";

    public int Count { get; init; } = 500;

    public ulong Seed { get; init; }

    /// <summary>The number of the first.</summary>
    public int First { get; init; } = 1;

    /// <summary>The only job to run; null for all in turn.</summary>
    public JobKind? Only { get; init; }

    /// <summary>Tell of every schedule, and of the faults that struck.</summary>
    public bool Verbose { get; init; }

    /// <summary>How many, then <c>--seed</c>, <c>--first</c>, <c>--job</c> and <c>--verbose</c> in any order. Without a seed a fresh one is taken.</summary>
    public static ScheduleOptions Parse(IReadOnlyList<string> words)
    {
        var options = new ScheduleOptions { Seed = (uint)RandomNumberGenerator.GetInt32(int.MaxValue) };
        for (int at = 0; at < words.Count; at++)
        {
            options = words[at] switch
            {
                "--seed" => options with { Seed = ulong.Parse(words[++at], CultureInfo.InvariantCulture) },
                "--first" => options with { First = int.Parse(words[++at], CultureInfo.InvariantCulture) },
                "--job" => options with { Only = Enum.Parse<JobKind>(words[++at], ignoreCase: true) },
                "--verbose" => options with { Verbose = true },
                _ => options with { Count = int.Parse(words[at], CultureInfo.InvariantCulture) },
            };
        }
        return options;
    }
}
