using System.Diagnostics;
using System.Globalization;
using PacsTools.Module.Tests.PowerShell;
using PacsTools.TestKit.Processes;

namespace PacsTools.Module.Tests;

/// <summary>The tests' own entry point, so that the long forms of what Stress.Tests.ps1 runs for seconds can be started by hand, and tell what they see while they run.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is ["--stress", .. var stress])
            return Run("Stress.ps1", ["-Module", Path.Combine(Repository.Staged, "PacsTools.psd1"), "-Seconds", Text(60 * Minutes(stress, 10))]);
        if (args is ["--soak", .. var soak])
            return SoakAsync(Minutes(soak, 20)).GetAwaiter().GetResult();
        return args.Contains("--server") || args.Contains("--internal-msbuild-node")
            ? Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, SelfRegisteredExtensions.AddSelfRegisteredExtensions).GetAwaiter().GetResult()
            : Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args).GetAwaiter().GetResult();
    }

    private static async Task<int> SoakAsync(double minutes)
    {
        await using var peers = new PesterPeers();
        await peers.StartAsync();
        var code = Run("Soak.ps1", ["-Peers", peers.Description!, "-Minutes", Text(minutes)]);
        Console.Write(peers.Obituary());
        return code;
    }

    // Output goes straight to the console: who runs this wants to see it now.
    private static int Run(string script, string[] arguments)
    {
        string[] words = ["-NoProfile", "-NonInteractive", "-File", Path.Combine(Repository.Pester, "Stress", script), .. arguments];
        using var process = Process.Start(new ProcessStartInfo(ProgramFinder.Get("pwsh"), words) { UseShellExecute = false })!;
        process.WaitForExit();
        return process.ExitCode;
    }

    private static double Minutes(string[] words, double usual) => words.Length > 0 ? double.Parse(words[0], CultureInfo.InvariantCulture) : usual;

    private static string Text(double number) => number.ToString(CultureInfo.InvariantCulture);
}
