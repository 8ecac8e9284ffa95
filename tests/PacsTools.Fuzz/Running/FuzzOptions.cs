using System.Globalization;

namespace PacsTools.Fuzz.Running;

/// <summary>What the command line asks for.</summary>
internal sealed record FuzzOptions
{
    internal const string Usage = """
        dotnet run -c Release --project tests/PacsTools.Fuzz -- --minutes M [--seed S[,S…]] [--target NAME[,NAME…]] [options]

          --minutes M          minutes for each target under each seed
          --total-minutes M    minutes in all, divided among targets and seeds
          --seed S             seeds; a fresh one by default, which is printed
          --target NAME        targets; all by default
          --replay N           repeats a run up to its input N and tells what becomes of that one (one seed, one target, same build)
          --file PATH          tries one input from a file (one target)
          --patience SECONDS   how long one input may take before it counts as hanging; 20 by default
          --out FOLDER         where inputs of findings go; 'fuzz-findings' below the current folder by default
          --gaps               lists the methods of each target's rooms that were not reached whole
        """;

    internal double Minutes { get; private init; }

    internal bool IsTotal { get; private init; }

    internal IReadOnlyList<ulong> Seeds { get; private init; } = [];

    internal IReadOnlyList<string> Targets { get; private init; } = [];

    internal long? Replay { get; private init; }

    internal string? File { get; private init; }

    internal TimeSpan Patience { get; private init; } = TimeSpan.FromSeconds(20);

    internal string Out { get; private init; } = Path.GetFullPath("fuzz-findings");

    internal bool Gaps { get; private init; }

    /// <exception cref="FormatException">They make no sense.</exception>
    internal static FuzzOptions Parse(string[] words)
    {
        var options = new FuzzOptions();
        for (int i = 0; i < words.Length; i++)
        {
            string word = words[i];
            options = word switch
            {
                "--gaps" => options with { Gaps = true },
                "--minutes" => options with { Minutes = Number(Next()) },
                "--total-minutes" => options with { Minutes = Number(Next()), IsTotal = true },
                "--seed" => options with { Seeds = [.. Next().Split(',').Select(text => ulong.Parse(text, CultureInfo.InvariantCulture))] },
                "--target" => options with { Targets = Next().Split(',') },
                "--replay" => options with { Replay = long.Parse(Next(), CultureInfo.InvariantCulture) },
                "--file" => options with { File = Path.GetFullPath(Next()) },
                "--patience" => options with { Patience = TimeSpan.FromSeconds(Number(Next())) },
                "--out" => options with { Out = Path.GetFullPath(Next()) },
                _ => throw new FormatException($"'{word}' is no option."),
            };

            string Next() => ++i < words.Length ? words[i] : throw new FormatException($"{word} needs a value.");
        }

        if (options.Replay is not null && (options.Seeds.Count != 1 || options.Targets.Count != 1)) throw new FormatException("--replay needs one --seed and one --target.");
        if (options.File is not null && options.Targets.Count != 1) throw new FormatException("--file needs one --target.");
        return options;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
