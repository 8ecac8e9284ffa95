using System.Diagnostics;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Processes;

namespace PacsTools.Benchmarks.Peers;

/// <summary>Others' command line programs, timed from start to end; memory is looked at while they run.</summary>
internal static class ClientTool
{
    private static readonly TimeSpan Bound = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(20);

    /// <param name="program">Found on PATH.</param>
    /// <param name="noDelay">Switches Nagle off in DCMTK.</param>
    /// <param name="folder">The folder to run in.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static async Task<Sample> RunAsync(string program, bool noDelay, string? folder, params string[] arguments)
    {
        // Nothing else ends meanwhile, so the difference is this program's.
        double before = Posix.ChildrenCpu();
        Sample sample = await RunBesideOthersAsync(program, noDelay, folder, arguments);
        return sample with { Used = sample.Used with { Cpu = Posix.ChildrenCpu() - before } };
    }

    /// <summary>The same while others run too; processor seconds are not told.</summary>
    public static async Task<Sample> RunBesideOthersAsync(string program, bool noDelay, string? folder, params string[] arguments)
    {
        var info = new ProcessStartInfo(ProgramFinder.Get(program))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder ?? "",
        };
        foreach (string argument in arguments)
            info.ArgumentList.Add(argument);
        if (noDelay)
            info.Environment["TCP_NODELAY"] = "1";
        else
            info.Environment.Remove("TCP_NODELAY");
        long start = Stopwatch.GetTimestamp();
        using Process process = Process.Start(info)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), errors = process.StandardError.ReadToEndAsync();
        using var over = new CancellationTokenSource();
        Task<long> looking = LookAsync(process.Id, over.Token);
        try
        {
            await process.WaitForExitAsync(new CancellationTokenSource(Bound).Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            throw new TimeoutException($"{program} did not end.");
        }
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await over.CancelAsync();
        long peak = await looking;
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {Last(await errors)} {Last(await output)}");
        return new Sample(seconds, 1) { Used = new ProcessUsage(0, peak, 0) };
    }

    private static async Task<long> LookAsync(int id, CancellationToken over)
    {
        long peak = 0;
        try
        {
            using var timer = new PeriodicTimer(LookEvery);
            while (await timer.WaitForNextTickAsync(over))
                peak = Math.Max(peak, PeakMemory.Of(id));
        }
        catch (Exception e) when (e is OperationCanceledException or IOException or InvalidOperationException or UnauthorizedAccessException)
        {
            // It has ended: its last figure stands.
        }
        return peak;
    }

    private static string Last(string text) => text.Length > 2000 ? text[^2000..] : text;
}
