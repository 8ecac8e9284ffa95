namespace PacsTools.Benchmarks.Running;

/// <summary>Puts the table between its marks in a page and leaves the rest as it is.</summary>
internal static class PerformancePage
{
    private const string Begin = "<!-- benchmarks: written by tests/PacsTools.Benchmarks -->";
    private const string End = "<!-- end of benchmarks -->";

    /// <exception cref="InvalidOperationException">The page has no marks.</exception>
    public static void Write(string path, string table, string command)
    {
        string page = File.ReadAllText(path);
        int begin = page.IndexOf(Begin, StringComparison.Ordinal), end = page.IndexOf(End, StringComparison.Ordinal);
        if (begin < 0 || end < begin)
            throw new InvalidOperationException($"{Path.GetFileName(path)} has no place for the table: the lines {Begin} and {End}.");
        string text = $"{Begin}\n{Machine.Describe()} when it ended.\n\n    {command}\n\n{table}";
        File.WriteAllText(path, string.Concat(page.AsSpan(0, begin), text, page.AsSpan(end)));
    }
}
