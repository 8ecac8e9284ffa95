using System.Diagnostics;
using System.Globalization;
using PacsTools.TestKit;
using PacsTools.TestKit.Faults;
using PacsTools.TestKit.Security;

namespace PacsTools.Interop.Tests.Faults;

/// <summary>
/// Runs one schedule after the other: a job over a network that misbehaves as seed and number say, then what must hold in spite of it, then the same job over
/// the same peers with nothing in its way, and at the end a look for whatever the product has left behind.
/// </summary>
internal sealed class ScheduleRun(ScheduleOptions options, Action<string> say)
{
    private const int QuickRate = 10;
    private static readonly TimeSpan s_hang = TimeSpan.FromSeconds(90);
    private static readonly JobKind[] s_turns =
        [JobKind.Move, JobKind.Get, JobKind.Store, JobKind.Receive, JobKind.Move, JobKind.Echo, JobKind.Find, JobKind.Wado, JobKind.Stow, JobKind.Move, JobKind.Store, JobKind.Receive];

    private readonly ScheduleHistogram _histogram = new();
    private readonly List<string> _wrong = [];

    /// <summary>Runs them all. Returns what is wrong; nothing if nothing is.</summary>
    public async Task<IReadOnlyList<string>> RunAsync()
    {
        using var study = new FaultStudy();
        using var authority = new TestAuthority();
        TestCertificate certificate = authority.Issue();
        int threads = ProductThreads.Count();
        long start = Stopwatch.GetTimestamp();
        for (int number = options.First; number < options.First + options.Count; number++)
        {
            var findings = new List<string>();
            await RunAsync(number, study, certificate, threads, findings);
            _wrong.AddRange(findings.Select(f => $"seed {options.Seed} schedule {number}: {f}"));
            if (findings.Count > 0)
                say($"REPLAY: {ScheduleOptions.Argument} 1 --seed {options.Seed} --first {number}{(options.Only is { } only ? $" --job {only}" : "")} --verbose");
        }
        foreach (string line in _histogram.Lines())
            say(line);
        say(string.Create(CultureInfo.InvariantCulture, $"{options.Count} schedules of seed {options.Seed} from number {options.First} on in {Stopwatch.GetElapsedTime(start).TotalSeconds:0.0} s; {_wrong.Count} findings."));
        return _wrong;
    }

    private async Task RunAsync(int number, FaultStudy study, TestCertificate certificate, int threads, List<string> findings)
    {
        JobKind kind = options.Only ?? s_turns[number % s_turns.Length];
        var choice = new SeededChoice(options.Seed, (ulong)number);
        var scene = new ScheduleScene(kind, choice, study, certificate);
        var phase = "while the network misbehaves";
        long start = Stopwatch.GetTimestamp();
        JobResult? result = null;
        try
        {
            using (scene)
            {
                var jobs = new Jobs(scene, text => findings.Add($"{kind} {phase}: {text}"));
                scene.Time.Rate = scene.Schedule.IsBenign ? 1 : QuickRate;
                result = await jobs.RunAsync(kind, "first").WaitAsync(s_hang);
                if (scene.Schedule.IsBenign && !result.IsWhole)
                    findings.Add($"{kind}: nothing but time was lost, and {result.Reached} of {result.Of} got through: {result.Error?.Message}");
                phase = "afterwards";
                await SettleAsync(scene, kind);
                phase = "with nothing in its way";
                foreach (FaultProxy link in scene.Links)
                    link.Heal();
                scene.Time.Rate = 1;
                JobResult next = await jobs.RunAsync(kind, "second").WaitAsync(s_hang);
                if (!next.IsWhole)
                    findings.Add($"{kind} {phase}: {next.Reached} of {next.Of} got through: {next.Error}");
                phase = "at the end";
                scene.Pool?.Clear();
                await SettleAsync(scene, kind);
                scene.Stop();
            }
            await Eventually.TrueAsync(() => scene.Time.Timers == 0, "no timer is left", details: () => $"There are {scene.Time.Timers}.");
            await Eventually.TrueAsync(() => ProductThreads.Count() <= threads, "no thread is left", details: () => $"There are {ProductThreads.Count()}, and were {threads}.");
        }
        catch (Exception e)
        {
            // Whatever comes out of a job is none of what it may end with, or a wait that had no end.
            findings.Add($"{kind} {phase}: {e}");
        }
        _histogram.Enter(kind, scene.Struck.Any(), result ?? new JobResult(0, 1, null));
        if (options.Verbose || findings.Count > 0)
            Tell(number, kind, scene, result, Stopwatch.GetElapsedTime(start), findings);
    }

    // What the job has ended the other side still has to notice: no association, no connection and nothing half written may stay.
    private static async Task SettleAsync(ScheduleScene scene, JobKind kind)
    {
        bool keepsConnections = scene.Pool is { Open: > 0 } || kind is JobKind.Wado or JobKind.Stow;
        if (!keepsConnections)
            await Eventually.TrueAsync(() => scene.Links.All(l => l.Open == 0), "no connection is left", details: () => $"There are {string.Join(" and ", scene.Links.Select(l => l.Open))}.");
        await Eventually.TrueAsync(() => scene.Scp.Associations == 0, "the Storage SCP has no association left");
        await Eventually.TrueAsync(
            () => !Parts(scene).Any(), "nothing half written is left", details: () => string.Join(", ", Parts(scene)));
    }

    private static IEnumerable<string> Parts(ScheduleScene scene) =>
        new[] { scene.Destination("first"), scene.Destination("second"), scene.In, scene.Archive.PrivateFolder }.SelectMany(ScheduleScene.FilesIn).Where(f => f.EndsWith(".part", StringComparison.Ordinal));

    private void Tell(int number, JobKind kind, ScheduleScene scene, JobResult? result, TimeSpan time, List<string> findings)
    {
        say(string.Create(
            CultureInfo.InvariantCulture,
            $"{number,5} {kind}{(scene.IsTls ? " TLS" : "")}{(scene.IsPooled ? " pooled" : "")} retries {scene.Retries}: {result?.Reached} of {result?.Of}, {time.TotalMilliseconds:0} ms. {result?.Error?.Message}"));
        foreach (string struck in scene.Struck)
            say($"      {struck}");
        if (findings.Count > 0)
        {
            say($"      scripts: {scene.Schedule.ToString().ReplaceLineEndings("; ")}");
            foreach (string detail in scene.Log.Details.Concat(scene.Log.Warnings.Select(w => w.Text)))
                say($"      log: {detail}");
        }
        foreach (string finding in findings)
            say($"WRONG {finding}");
    }
}
