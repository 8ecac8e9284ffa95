using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Nodes;

/// <summary>What a registered node may be called, and which names are near to one that is not there.</summary>
internal static class NodeName
{
    public const int MaxLength = 64;

    /// <summary>True for letters, digits, '_', '-' and '.', the first of them a letter, a digit or '_': no name can be mistaken for an address, a pattern or an option.</summary>
    public static bool IsValid(string? name) =>
        !string.IsNullOrEmpty(name) && name.Length <= MaxLength && (char.IsLetterOrDigit(name[0]) || name[0] == '_')
        && name.All(c => char.IsLetterOrDigit(c) || c is '_' or '-' or '.');

    /// <exception cref="NodeRegistryException">It is none.</exception>
    public static string Check(string? name) => IsValid(name)
        ? name!
        : throw new NodeRegistryException("Node.InvalidName", $"'{PlainText.Of(name)}' cannot be the name of a node.")
        {
            Advice = $"Use 1 to {MaxLength} letters, digits, '_', '-' and '.', beginning with a letter or digit.",
        };

    /// <summary>The names somebody may have meant, the nearest first, at most three.</summary>
    public static IReadOnlyList<string> Near(string name, IEnumerable<string> names)
    {
        var wanted = name.ToUpperInvariant();
        var near = from candidate in names
                   let text = candidate.ToUpperInvariant()
                   let distance = text.StartsWith(wanted, StringComparison.Ordinal) || wanted.StartsWith(text, StringComparison.Ordinal) ? 1 : Distance(wanted, text)
                   where distance <= Math.Max(1, Math.Max(wanted.Length, text.Length) / 3)
                   orderby distance, candidate
                   select candidate;
        return [.. near.Take(3)];
    }

    /// <summary>Edits between two texts, two neighbours in the wrong order counted as one.</summary>
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
            rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++)
            rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var best = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    best = Math.Min(best, rows[i - 2, j - 2] + 1);
                rows[i, j] = best;
            }
        }

        return rows[a.Length, b.Length];
    }
}
