using System.Globalization;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>How many files are made and of which seed, or the folder whose files are read instead.</summary>
internal sealed record CorpusOptions
{
    public const string Argument = "--corpus";

    /// <summary>Files made in all; about a quarter are whole, the rest damaged.</summary>
    public int Count { get; init; } = 10_000;

    public int Seed { get; init; } = 1;

    /// <summary>Null: files are made.</summary>
    public string? Folder { get; init; }

    /// <summary>Keeps files on which the readers differ in this folder.</summary>
    public string? Keep { get; init; }

    /// <summary>Words such as <c>10000 --seed 7</c>, or a folder.</summary>
    public static CorpusOptions Parse(IReadOnlyList<string> words)
    {
        var options = new CorpusOptions();
        for (var i = 0; i < words.Count; i++)
        {
            options = words[i] switch
            {
                "--seed" => options with { Seed = Number(words[++i]) },
                "--keep" => options with { Keep = words[++i] },
                _ when Directory.Exists(words[i]) => options with { Folder = words[i] },
                _ => options with { Count = Number(words[i]) },
            };
        }

        return options;
    }

    private static int Number(string word) => int.Parse(word, CultureInfo.InvariantCulture);
}
