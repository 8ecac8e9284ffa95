using System.Globalization;

namespace PacsTools.Benchmarks.Running;

/// <summary>What the command line asks for.</summary>
internal sealed record Options
{
    public const string Usage = """
        usage: -- all | NAME... [--quick] [--pairs N] [--write FILE] [--folder FOLDER]
               -- --list
               -- micro [options of BenchmarkDotNet]
        NAME may be the beginning of several names. --quick takes little data and 2 pairs: it shows that all works, and no speed.
        """;

    public IReadOnlyList<string> Names { get; init; } = [];

    public bool Quick { get; init; }

    /// <summary>Measured pairs; one more runs before them and does not count.</summary>
    public int Pairs { get; init; } = 5;

    public bool List { get; init; }

    /// <summary>The page to write the table into; null for none.</summary>
    public string? Write { get; init; }

    /// <summary>Where data and what is received lie, on the disk to be measured; null for the temporary folder.</summary>
    public string? Folder { get; init; }

    /// <summary>What was asked for, as it can be typed again.</summary>
    public string Command { get; init; } = "";

    public static Options Parse(string[] args)
    {
        var options = new Options { Command = Again(args) };
        int? pairs = null;
        List<string> names = [];
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--list":
                    options = options with { List = true };
                    break;
                case "--quick":
                    options = options with { Quick = true };
                    break;
                case "--pairs" when i + 1 < args.Length && int.TryParse(args[i + 1], NumberStyles.None, CultureInfo.InvariantCulture, out int n) && n > 0:
                    pairs = n;
                    i++;
                    break;
                case "--write" when i + 1 < args.Length:
                    options = options with { Write = args[++i] };
                    break;
                case "--folder" when i + 1 < args.Length:
                    options = options with { Folder = args[++i] };
                    break;
                case var name when !name.StartsWith('-'):
                    names.Add(name);
                    break;
                default:
                    throw new UsageException($"Not understood: {args[i]}");
            }
        }
        if (names.Count == 0 && !options.List)
            throw new UsageException("Which benchmarks?");
        if (options is { Quick: true, Write: not null })
            throw new UsageException("What --quick shows is no speed, so it is not written down.");
        return options with { Names = names, Pairs = pairs ?? (options.Quick ? 2 : options.Pairs) };
    }

    /// <summary>Those asked for: by name, by the beginning of several names, or all.</summary>
    public IEnumerable<Benchmark> Choose(IReadOnlyList<Benchmark> benchmarks) => benchmarks.Where(b => Names.Any(n =>
        n == "all" || (benchmarks.Any(other => other.Name == n) ? b.Name == n : b.Name.StartsWith(n, StringComparison.Ordinal))));

    // Paths of the machine stay out of what is written.
    private static string Again(string[] args)
    {
        List<string> words = [];
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] is "--write" or "--folder")
                i++;
            else
                words.Add(args[i]);
        }
        return $"dotnet run -c Release --project tests/PacsTools.Benchmarks -- {string.Join(' ', words)}";
    }
}

/// <summary>The command line makes no sense.</summary>
internal sealed class UsageException(string message) : Exception(message);
