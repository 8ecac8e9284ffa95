using System.Diagnostics;
using System.Globalization;
using PacsTools.Benchmarks.Data;
using PacsTools.Benchmarks.Peers;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks.Transfers;

/// <summary>storescu, one or several at once, each with its part of the files.</summary>
/// <param name="noDelay">Nagle off, which as shipped is on.</param>
/// <param name="atOnce">How many.</param>
internal sealed class StorescuSender(bool noDelay, int atOnce = 1) : ISender
{
    public Task PrepareAsync(BenchRun run, Resources scope) => Task.CompletedTask;

    public async Task<Sample> SendAsync(Load load, Endpoint to)
    {
        double cpu = Posix.ChildrenCpu();
        long start = Stopwatch.GetTimestamp();
        Sample[] all = await Task.WhenAll(load.Split(atOnce).Select(part => ClientTool.RunBesideOthersAsync("storescu", noDelay, null, Arguments(part, to))));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return new Sample(seconds, load.Paths.Count)
        {
            Used = new ProcessUsage(Posix.ChildrenCpu() - cpu, all.Max(s => s.Used.Peak), 0),
            Bytes = load.IsBulk ? load.Bytes : 0,
        };
    }

    // Files by name, in the order given: a folder would be read in another.
    private static string[] Arguments(Load load, Endpoint to) =>
        ["--call", to.AETitle, "127.0.0.1", to.Port.ToString(CultureInfo.InvariantCulture), .. load.Paths];
}
