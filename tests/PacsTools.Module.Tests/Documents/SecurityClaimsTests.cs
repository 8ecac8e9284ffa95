using System.Text.RegularExpressions;

namespace PacsTools.Module.Tests.Documents;

/// <summary>docs/security.md claims nothing that no test holds.</summary>
public partial class SecurityClaimsTests
{
    private static readonly string Tests = Path.Combine(Repository.Root, "tests");

    private static string Text => File.ReadAllText(Path.Combine(Repository.Root, "docs", "security.md"));

    [Fact]
    public void Every_claim_names_tests_that_exist()
    {
        var named = InCode().Matches(Text).Select(m => CSharp().Match(m.Value)).Where(m => m.Success).ToList();
        var pester = InCode().Matches(Text).Select(m => Pester().Match(m.Value)).Where(m => m.Success).ToList();
        Assert.True(named.Count > 80 && pester.Count > 20, $"only {named.Count} and {pester.Count} tests were found in the document");

        Assert.Empty(named.Where(m => !HasMethod(m.Groups["class"].Value, m.Groups["method"].Value)).Select(m => m.Value));
        Assert.Empty(pester.Where(m => !HasIt(m.Groups["file"].Value, m.Groups["it"].Value)).Select(m => m.Value));
    }

    // A row of a table that has a column of tests.
    [Fact]
    public void No_claim_is_without_a_test()
    {
        List<string> without = [];
        var within = false;
        foreach (var line in Text.Split('\n').Select(l => l.Trim()))
        {
            if (!line.StartsWith('|'))
                within = false;
            else if (line.EndsWith("| tests |", StringComparison.Ordinal))
                within = true;
            else if (within && !line.StartsWith("|---", StringComparison.Ordinal) && !InCode().Matches(Cells(line)[^1]).Any(m => CSharp().IsMatch(m.Value) || Pester().IsMatch(m.Value)))
                without.Add(line);
        }

        Assert.Empty(without);
    }

    [Fact]
    public void Every_package_is_listed()
    {
        var packages = Package().Matches(File.ReadAllText(Path.Combine(Repository.Root, "Directory.Packages.props"))).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal);
        var list = Text[Text.IndexOf("| package |", StringComparison.Ordinal)..].Split('\n').Skip(2).TakeWhile(l => l.StartsWith('|')).SelectMany(l => Cells(l)[0].Split(", ")).Order(StringComparer.Ordinal);

        Assert.Equal(packages, list);
    }

    private static string[] Cells(string row) => [.. row.Trim().Trim('|').Split('|').Select(c => c.Trim())];

    private static bool HasMethod(string type, string method) => Directory.EnumerateFiles(Tests, type + ".cs", SearchOption.AllDirectories)
        .Any(file => Regex.IsMatch(File.ReadAllText(file), $@"\[(Fact|Theory)\b[^\r\n]*\](?:(?!\[(Fact|Theory)\b).)*?public (async )?(Task|void) {Regex.Escape(method)}\(", RegexOptions.Singleline));

    private static bool HasIt(string file, string name) => File.Exists(Path.Combine(Repository.Pester, file))
        && File.ReadAllText(Path.Combine(Repository.Pester, file)).Contains($"It '{name.Replace("'", "''", StringComparison.Ordinal)}'", StringComparison.Ordinal);

    [GeneratedRegex("`[^`\n]+`")]
    private static partial Regex InCode();

    [GeneratedRegex("^`(?<class>[A-Za-z0-9]+Tests)\\.(?<method>[A-Z][A-Za-z0-9_]+)`$")]
    private static partial Regex CSharp();

    [GeneratedRegex("^`(?<file>[A-Za-z]+\\.Tests\\.ps1): (?<it>.+)`$")]
    private static partial Regex Pester();

    [GeneratedRegex("<PackageVersion Include=\"([^\"]+)\"")]
    private static partial Regex Package();
}
