using System.Collections;
using System.Globalization;
using System.Text;

namespace PacsTools.Services.Acceptance;

/// <summary>Values as PowerShell reads them in a data file (the data language: literals, arrays and hashtables, nothing that runs).</summary>
internal static class PowerShellData
{
    private const string Indent = "    ";

    /// <summary>The literal of a value: null, bool, integer, text, a list of these or a table of names and values.</summary>
    /// <param name="value">The value.</param>
    /// <param name="depth">How deep the line stands on which it begins.</param>
    /// <exception cref="ArgumentException">Data files have no literal for it.</exception>
    public static string Literal(object? value, int depth = 0) => value switch
    {
        null => "$null",
        bool flag => flag ? "$true" : "$false",
        int or long or uint => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        string text => Quote(text),
        IEnumerable<KeyValuePair<string, object?>> table => Table(table, depth),
        IEnumerable list => List(list, depth),
        _ => throw new ArgumentException($"A {value.GetType().Name} has no place in a data file.", nameof(value)),
    };

    /// <summary>A text in single quotes, in which nothing is expanded. PowerShell takes typographic quotes for quotes too.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("'");
        foreach (var c in text)
        {
            if (c is '\'' or (>= '\u2018' and <= '\u201B')) quoted.Append(c);
            quoted.Append(c);
        }

        return quoted.Append('\'').ToString();
    }

    private static string Table(IEnumerable<KeyValuePair<string, object?>> table, int depth)
    {
        var lines = table.Select(entry => $"{Pad(depth + 1)}{Key(entry.Key)} = {Literal(entry.Value, depth + 1)}").ToList();
        return lines.Count == 0 ? "@{}" : $"@{{\n{string.Join('\n', lines)}\n{Pad(depth)}}}";
    }

    private static string List(IEnumerable list, int depth)
    {
        var items = list.Cast<object?>().ToList();
        return items.TrueForAll(i => i is null or string or bool or int or long or uint)
            ? $"@({string.Join(", ", items.Select(i => Literal(i)))})"
            : $"@(\n{string.Join('\n', items.Select(i => Pad(depth + 1) + Literal(i, depth + 1)))}\n{Pad(depth)})";
    }

    private static string Key(string name) => name.All(char.IsAsciiLetter) ? name : Quote(name);

    private static string Pad(int depth) => string.Concat(Enumerable.Repeat(Indent, depth));
}
