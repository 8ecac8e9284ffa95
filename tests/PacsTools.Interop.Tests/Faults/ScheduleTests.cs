using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Faults;

/// <summary>The short form of the schedules of faults; the long one is this program with <c>--schedules</c>.</summary>
public sealed class ScheduleTests
{
    // In a process of its own: what the product leaves behind is counted, and other tests run beside this one.
    [Fact]
    public async Task Nothing_is_lost_or_invented_over_a_network_that_misbehaves()
    {
        string program = Path.Combine(AppContext.BaseDirectory, "PacsTools.Interop.Tests" + (OperatingSystem.IsWindows() ? ".exe" : ""));
        ToolResult result = await Tool.RunAsync(new ProcessSpec(program, [ScheduleOptions.Argument, "60", "--seed", "1"]), TimeSpan.FromMinutes(5));
        TestContext.Current.TestOutputHelper?.WriteLine(result.AllOutput);
        Assert.True(result.ExitCode == 0, result.AllOutput);
    }

    /// <summary>What the program does when it is started with <see cref="ScheduleOptions.Argument"/>.</summary>
    internal static async Task<int> RunAsync(IReadOnlyList<string> words)
    {
        ScheduleOptions options = ScheduleOptions.Parse(words);
        Console.WriteLine($"{options.Count} schedules of seed {options.Seed} from number {options.First} on.");
        IReadOnlyList<string> wrong = await new ScheduleRun(options, Console.WriteLine).RunAsync();
        return wrong.Count == 0 ? 0 : 1;
    }
}
