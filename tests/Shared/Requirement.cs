using PacsTools.TestKit.Processes;
using Xunit;

namespace PacsTools.TestKit;

/// <summary>
/// What a test needs from the machine. Missing, the test is skipped with its reason; named in the environment variable
/// PACSTOOLS_REQUIRE (a comma-separated list such as <c>dcmtk,orthanc,pwsh</c>), it fails instead.
/// </summary>
public static class Requirement
{
    public const string Variable = "PACSTOOLS_REQUIRE";

    /// <summary>DCMTK's command line tools, every one a test may start.</summary>
    public static void Dcmtk() => Tools("dcmtk", "storescu", "storescp", "dcmqrscp", "dcmqridx", "echoscu", "findscu", "movescu", "getscu", "dcmdump", "dcmconv", "dcmftest", "dcm2json", "dcmj2pnm", "dcmcrle", "dcmcjpeg");

    /// <summary>DCMTK's worklist server and what makes its items.</summary>
    public static void Worklists() => Tools("dcmtk", "wlmscpfs", "dump2dcm", "findscu");

    /// <summary>The Orthanc server.</summary>
    public static void Orthanc() => Tools("orthanc", "Orthanc");

    /// <summary>David Clunie's dicom3tools, of which dciodvfy checks an instance against its IOD.</summary>
    public static void Dicom3Tools() => Tools("dicom3tools", "dciodvfy");

    /// <summary>strace, allowed to trace.</summary>
    public static void Strace()
    {
        Tools("strace", "strace");
        ToolResult result = Tool.RunAsync("strace", "-D", "-o", "/dev/null", "true").GetAwaiter().GetResult();
        That("strace", result.ExitCode == 0, $"strace may not trace here: {result.AllOutput}");
    }

    /// <summary>PowerShell 7.4 or later.</summary>
    public static void Pwsh() => Tools("pwsh", "pwsh");

    /// <summary>Skips or fails unless <paramref name="present"/>.</summary>
    /// <param name="name">The word PACSTOOLS_REQUIRE uses.</param>
    /// <param name="present">Whether the machine has it.</param>
    /// <param name="reason">Words for the output when it has not.</param>
    public static void That(string name, bool present, string reason)
    {
        if (present)
            return;
        if (IsRequired(name))
            Assert.Fail($"{reason} ({Variable} names {name}, so this fails instead of being skipped.)");
        Assert.Skip(reason);
    }

    /// <summary>True if PACSTOOLS_REQUIRE names it.</summary>
    public static bool IsRequired(string name) =>
        (Environment.GetEnvironmentVariable(Variable) ?? "")
            .Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Contains(name, StringComparer.OrdinalIgnoreCase);

    private static void Tools(string name, params string[] programs)
    {
        string[] missing = [.. programs.Where(p => ProgramFinder.Find(p) is null)];
        That(name, missing.Length == 0, $"{name} is not installed here: {string.Join(", ", missing)} not found on PATH.");
    }
}
