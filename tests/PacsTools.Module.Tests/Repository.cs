using System.Text.RegularExpressions;

namespace PacsTools.Module.Tests;

/// <summary>Where things lie in the working tree these tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Manifest => Path.Combine(Root, "PacsTools.psd1");

    public static string Version => Regex.Match(File.ReadAllText(Manifest), @"(?m)^\s*ModuleVersion\s*=\s*'([0-9.]+)'").Groups[1].Value;

    /// <summary>The module as it ships.</summary>
    public static string Staged => Path.Combine(Root, "out", "PacsTools", Version);

    public static string Pester => Path.Combine(Root, "tests", "Pester");

    public static string ModuleTests => Path.Combine(Root, "tests", "PacsTools.Module.Tests");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "PacsTools.sln"))) return folder.FullName;
        throw new InvalidOperationException("The tests do not run from inside the working tree.");
    }
}
