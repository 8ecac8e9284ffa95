using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Channels;
using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Sending;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Soak;

/// <summary>
/// Small and large instances, mixed, from a sender in this process to a Storage SCP in another, each compared with what was sent and then removed. What
/// the two processes hold is looked at on the way.
/// </summary>
internal sealed class SoakRun(SoakOptions options, Action<string> say)
{
    private const int SmallAssociations = 2;
    private readonly List<(ProcessFigures Receiver, ProcessFigures Sender)> _samples = [];
    private long _small;
    private long _large;
    private long _failed;

    /// <summary>Runs it. Returns what is wrong; nothing if nothing is.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        using var folder = new TemporaryFolder("soak");
        string received = folder["received"];
        await using ReceiverProcess receiver = await ReceiverProcess.StartAsync(received);
        var node = new PacsNode { HostName = "127.0.0.1", Port = receiver.Port, CalledAETitle = receiver.AETitle };
        long start = Stopwatch.GetTimestamp();
        using var over = new CancellationTokenSource();
        Task sampling = SampleAsync(receiver.Id, start, over.Token);
        await Task.WhenAll(
            SendAsync(node, received, folder.Create("small"), SmallAssociations, options.SmallInstances, Small, start, () => Interlocked.Increment(ref _small)),
            SendAsync(node, received, folder.Create("large"), 1, options.LargeInstances, Large, start, () => Interlocked.Increment(ref _large)));
        await over.CancelAsync();
        await sampling;
        Sample(receiver.Id, start);
        return Judge(Directory.EnumerateFiles(received, "*", SearchOption.AllDirectories).Count());
    }

    private static (string Path, TestInstance Instance) Small(string folder, int number)
    {
        TestInstance instance = TestStudy.CreateOne(TestStudy.Tiny(1), series: 1 + number / 1000, instance: number);
        return (instance.Save(folder), instance);
    }

    private (string Path, TestInstance Instance) Large(string folder, int number)
    {
        string path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{number}.dcm"));
        return (path, BigInstance.Save(path, options.LargeBytes, seed: number));
    }

    // Made just before they are sent, at even distances of time, and removed as soon as they are known to have arrived.
    private async Task SendAsync(PacsNode node, string received, string folder, int associations, int count, Func<string, int, (string Path, TestInstance Instance)> make, long start, Action done)
    {
        var places = new ConcurrentDictionary<string, string>();
        var paths = Channel.CreateBounded<string>(associations * 8);
        Task making = Task.Run(async () =>
        {
            for (int number = 1; number <= count; number++)
            {
                TimeSpan due = TimeSpan.FromMinutes(options.Minutes * (number - 1) / count) - Stopwatch.GetElapsedTime(start);
                if (due > TimeSpan.FromMilliseconds(20))
                    await Task.Delay(due);
                (string path, TestInstance instance) = make(folder, number);
                places[path] = Path.Combine(received, instance.StudyInstanceUID, instance.SeriesInstanceUID, instance.SOPInstanceUID + ".dcm");
                await paths.Writer.WriteAsync(path);
            }
            paths.Writer.Complete();
        });
        await foreach (SendReport report in new FileSender().SendAsync(new SendRequest { Node = node, Associations = associations }, paths.Reader, new RecordingLog()))
        {
            if (report.Result is { Outcome: SendOutcome.Stored } && Arrived(report.Path, places[report.Path]))
                done();
            else if (Interlocked.Increment(ref _failed) < 10)
                say($"  failed: {Path.GetFileName(report.Path)}: {report.Error?.Message ?? "it differs from what was sent"}");
            File.Delete(report.Path);
            places.TryRemove(report.Path, out _);
        }
        await making;
    }

    private static bool Arrived(string sent, string received)
    {
        bool equal = File.Exists(received) && ReceivedFiles.HaveEqualDataSets(sent, received);
        File.Delete(received);
        return equal;
    }

    private async Task SampleAsync(int receiver, long start, CancellationToken over)
    {
        TimeSpan every = TimeSpan.FromMinutes(Math.Clamp(options.Minutes / 20, 1.0 / 60, 1));
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(over))
                Sample(receiver, start);
        }
        catch (OperationCanceledException)
        {
            // The load is through.
        }
    }

    private void Sample(int receiver, long start)
    {
        (ProcessFigures Receiver, ProcessFigures Sender) now = (ProcessFigures.Of(receiver), ProcessFigures.Of(Environment.ProcessId));
        _samples.Add(now);
        say(string.Create(CultureInfo.InvariantCulture, $"{Stopwatch.GetElapsedTime(start).TotalSeconds,7:0} s  SCP {now.Receiver}  sender {now.Sender}  {Interlocked.Read(ref _small),7} small {Interlocked.Read(ref _large)} large"));
    }

    private List<string> Judge(int leftOver)
    {
        List<string> wrong = [];
        if (_failed > 0 || _small != options.SmallInstances || _large != options.LargeInstances)
            wrong.Add($"{_small} of {options.SmallInstances} small and {_large} of {options.LargeInstances} large instances arrived as they were sent");
        if (leftOver > 0)
            wrong.Add($"{leftOver} files were received that nobody sent");
        // The first fifth warms up: code is compiled and buffers are rented.
        var steady = _samples.Skip(_samples.Count / 5).ToList();
        if (steady.Count >= 4)
        {
            Flat("SCP", [.. steady.Select(s => s.Receiver)], wrong);
            Flat("sender", [.. steady.Select(s => s.Sender)], wrong);
        }
        return wrong;
    }

    // The highest of the second half against the highest of the first: what grows without end grows there too.
    private static void Flat(string who, List<ProcessFigures> samples, List<string> wrong)
    {
        List<ProcessFigures> early = samples[..(samples.Count / 2)], late = samples[(samples.Count / 2)..];
        long memory = late.Max(s => s.Memory) - early.Max(s => s.Memory);
        int handles = late.Max(s => s.Handles) - early.Max(s => s.Handles), threads = late.Max(s => s.Threads) - early.Max(s => s.Threads);
        if (memory > 32 << 20 || handles > 16 || threads > 8)
            wrong.Add($"the {who} grew from the first half to the second: {memory >> 20} MiB, {handles} handles, {threads} threads");
    }
}
