using System.Diagnostics;
using PacsTools.Fuzz.Coverage;
using PacsTools.Fuzz.Mutation;
using PacsTools.Fuzz.Targets;

namespace PacsTools.Fuzz.Running;

/// <summary>One target under one seed. Input number N is the same whenever the run is repeated with the same build.</summary>
internal sealed class TargetRun(FuzzTarget target, ulong seed, CoverageMap coverage)
{
    /// <summary>A thread of the product has less than this; deeper recursion is to show here.</summary>
    private const int StackSize = 1 << 20;
    private const int MaxFindings = 20;

    private readonly Dictionary<string, Finding> _findings = new(StringComparer.Ordinal);
    private long _iteration;
    private long _started;
    private byte[] _current = [];
    private bool _over;
    private Exception? _ownFault;

    /// <summary>Inputs tried so far.</summary>
    internal long Inputs { get; private set; }

    /// <summary>Inputs kept because they showed something new.</summary>
    internal int Kept { get; private set; }

    /// <summary>How long the slowest input took.</summary>
    internal TimeSpan Slowest { get; private set; }

    internal IReadOnlyCollection<Finding> Findings => _findings.Values;

    /// <summary>A hash over all inputs tried, which tells whether two runs were the same.</summary>
    internal ulong Digest { get; private set; } = 14695981039346656037;

    /// <summary>Told of each finding as it is made.</summary>
    internal Action<Finding>? OnFinding { get; init; }

    /// <summary>Given each input before it is tried, for what survives the end of the process.</summary>
    internal Action<byte[]>? BeforeInput { get; init; }

    /// <summary>Tries inputs on a thread of their own until told to stop.</summary>
    /// <param name="goesOn">Asked with the number of the next input.</param>
    /// <param name="patience">How long one input may take before it counts as hanging.</param>
    /// <returns>False if an input hangs: its thread cannot be ended and goes on.</returns>
    internal bool Run(Func<long, bool> goesOn, TimeSpan patience)
    {
        var thread = new Thread(() => Work(goesOn), StackSize) { IsBackground = true, Name = $"fuzz {target.Name}" };
        Volatile.Write(ref _started, Stopwatch.GetTimestamp());
        thread.Start();
        while (!thread.Join(TimeSpan.FromMilliseconds(100)))
        {
            if (Volatile.Read(ref _over) || Stopwatch.GetElapsedTime(Volatile.Read(ref _started)) < patience) continue;
            Add(new Finding(target.Name, seed, Volatile.Read(ref _iteration), "hang", $"The input was not done with after {patience.TotalSeconds:N0} s.", Volatile.Read(ref _current)));
            return false;
        }

        return _ownFault is null ? true : throw new InvalidOperationException($"The fuzzer itself failed at {target.Name} {seed} {_iteration}.", _ownFault);
    }

    private void Work(Func<long, bool> goesOn)
    {
        try
        {
            var corpus = new Corpus(target);
            coverage.Clear();
            for (long iteration = 0; _findings.Count < MaxFindings && goesOn(iteration); iteration++) Step(corpus, iteration);
        }
        catch (Exception e)
        {
            _ownFault = e;
        }
        finally
        {
            Volatile.Write(ref _over, true);
        }
    }

    private void Step(Corpus corpus, long iteration)
    {
        byte[] input = corpus.Next(FuzzRandom.For(seed, target.Name, iteration));
        foreach (byte b in input) Digest = (Digest ^ b) * 1099511628211;
        BeforeInput?.Invoke(input);
        Volatile.Write(ref _current, input);
        Volatile.Write(ref _iteration, iteration);
        long started = Stopwatch.GetTimestamp();
        Volatile.Write(ref _started, started);

        // Making and reading inputs goes through the code under test too.
        coverage.Clear();
        Verdict verdict = Oracle.Try(target, input);
        TimeSpan took = Stopwatch.GetElapsedTime(started);
        if (took > Slowest) Slowest = took;
        Inputs++;
        bool isNew = coverage.Absorb();
        if (verdict.IsFinding)
        {
            Report(input, iteration, verdict);
        }
        else if (isNew)
        {
            corpus.Keep(input);
            Kept = corpus.Count;
        }
    }

    private void Report(byte[] input, long iteration, Verdict verdict)
    {
        if (_findings.ContainsKey(verdict.Kind!)) return;
        byte[] least = Minimizer.Minimize(target, input, verdict.Kind!, () => Volatile.Write(ref _started, Stopwatch.GetTimestamp()));
        coverage.Clear();
        Add(new Finding(target.Name, seed, iteration, verdict.Kind!, Oracle.Try(target, least) is { IsFinding: true } again ? again.Details : verdict.Details, least));
    }

    private void Add(Finding finding)
    {
        if (_findings.TryAdd(finding.Kind, finding)) OnFinding?.Invoke(finding);
    }
}
