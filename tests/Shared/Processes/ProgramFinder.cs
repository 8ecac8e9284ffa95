using System.Collections.Concurrent;

namespace PacsTools.TestKit.Processes;

/// <summary>Finds programs on PATH and where Debian keeps servers.</summary>
public static class ProgramFinder
{
    private static readonly ConcurrentDictionary<string, string?> Known = new(StringComparer.Ordinal);

    /// <summary>Full path of a program, or null.</summary>
    public static string? Find(string program) => Known.GetOrAdd(program, Search);

    /// <summary>Full path of a program; throws if it is missing.</summary>
    public static string Get(string program) =>
        Find(program) ?? throw new FileNotFoundException($"The program {program} was not found on PATH.", program);

    private static string? Search(string program)
    {
        string[] names = OperatingSystem.IsWindows() ? [program + ".exe", program + ".cmd", program] : [program];
        IEnumerable<string> folders = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        // A user's PATH often lacks sbin, where Orthanc lives.
        if (!OperatingSystem.IsWindows())
            folders = folders.Concat(["/usr/sbin", "/usr/local/sbin", "/usr/bin", "/usr/local/bin"]);
        return folders.SelectMany(f => names.Select(n => Path.Combine(f, n))).FirstOrDefault(File.Exists);
    }
}
