using PacsTools.TestKit;

namespace PacsTools.Interop.Tests.Soak;

/// <summary>The short form of the soak; the long one is <c>build.ps1 -Task Soak</c>, or this program with <c>--soak</c>.</summary>
public sealed class SoakTests
{
    [Fact]
    public async Task Nothing_is_lost_or_changed_in_a_mixed_load()
    {
        Requirement.That("linux", OperatingSystem.IsLinux(), "What processes hold is read from /proc, which this system lacks.");
        var options = new SoakOptions { Minutes = 0, SmallInstances = 500, LargeInstances = 2, LargeBytes = 16 << 20 };
        Assert.Empty(await new SoakRun(options, line => TestContext.Current.TestOutputHelper?.WriteLine(line)).RunAsync());
    }

    /// <summary>What the program does when it is started with <see cref="SoakOptions.Argument"/>.</summary>
    internal static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        SoakOptions options = SoakOptions.Parse(words);
        Console.WriteLine($"{options.Minutes} minutes: {options.SmallInstances} small instances, {options.LargeInstances} large ones of {options.LargeBytes >> 20} MiB, on {Environment.ProcessorCount} processors, .NET {Environment.Version}, {DateTime.UtcNow:yyyy-MM-dd HH:mm}Z");
        IReadOnlyList<string> wrong = await new SoakRun(options, Console.WriteLine).RunAsync();
        foreach (string line in wrong)
            Console.WriteLine($"WRONG: {line}");
        if (wrong.Count == 0)
            Console.WriteLine("Nothing was lost or changed; memory, handles and threads are flat.");
        return wrong.Count == 0 ? 0 : 1;
    }
}
