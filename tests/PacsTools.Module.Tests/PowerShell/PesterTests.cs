using System.Text.Json;
using PacsTools.TestKit;
using PacsTools.TestKit.Processes;

namespace PacsTools.Module.Tests.PowerShell;

/// <summary>The module, unpacked from its package, in a real PowerShell: every file of tests/Pester, each in a pwsh of its own, failures told by the names of the Pester tests.</summary>
public sealed class PesterTests(PesterPeers peers) : IClassFixture<PesterPeers>
{
    private const int PesterMissing = 86;
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(5);

    public static TheoryData<string> Files => new(Directory.EnumerateFiles(Repository.Pester, "*.Tests.ps1").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Pester(string file)
    {
        Requirement.Pwsh();
        Requirement.Dcmtk();
        Requirement.Orthanc();
        await peers.StartAsync();
        var results = Path.Combine(peers.Folder, file + ".json");

        var run = await Tool.RunAsync(
            new ProcessSpec(ProgramFinder.Get("pwsh"), ["-NoProfile", "-NonInteractive", "-File", Path.Combine(Repository.Pester, "Run.ps1"), "-Path", Path.Combine(Repository.Pester, file), "-ResultPath", results])
            {
                Environment = new Dictionary<string, string?> { [PesterPeers.Variable] = peers.Description, ["NO_COLOR"] = "1", ["PSModulePath"] = peers.ModulePath },
            },
            Bound);

        Requirement.That("pwsh", run.ExitCode != PesterMissing, "Pester 5 is not installed for pwsh.");
        Assert.True(File.Exists(results), $"{file} left no results:\n{run.AllOutput}");
        var tests = JsonSerializer.Deserialize<PesterTest[]>(await File.ReadAllTextAsync(results))!;
        // A test that is skipped says why; one that does not was left out by mistake.
        var skipped = tests.Where(t => t is { Result: "Skipped", Error.Length: > 0 }).ToList();
        var failed = tests.Where(t => t.Result != "Passed").Except(skipped).Select(t => $"{t.Result}: {t.Name}\n    {t.Error}").ToList();
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join('\n', tests.Select(t => $"{t.Result}: {t.Name} ({t.Seconds:0.00} s){(t.Result == "Skipped" ? ": " + t.Error : "")}")));
        foreach (var test in skipped) TestContext.Current.AddWarning($"{file}: {test.Name} {test.Error!.Replace("Exception: ", "", StringComparison.Ordinal)}");
        Assert.True(failed.Count == 0, $"{failed.Count} of {tests.Length} Pester tests:\n{string.Join('\n', failed)}{peers.Obituary()}");
        Assert.NotEmpty(tests);
    }

    private sealed record PesterTest(string Name, string Result, string? Error, double Seconds);
}
