namespace PacsTools.Benchmarks.Running;

/// <summary>What one process used up to a moment, or between two.</summary>
/// <param name="Cpu">Processor seconds, user and system.</param>
/// <param name="Peak">Peak resident memory (VmHWM) in bytes; 0 if not known.</param>
/// <param name="Allocated">Bytes allocated on the managed heap; 0 for others' programs.</param>
internal readonly record struct ProcessUsage(double Cpu, long Peak, long Allocated)
{
    /// <summary>What was used since; peak memory is no difference.</summary>
    public ProcessUsage Since(ProcessUsage before) => new(Cpu - before.Cpu, Peak, Allocated - before.Allocated);
}

/// <summary>One run of one side.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Work">How much was done: instances, results, echoes, or 1.</param>
internal sealed record Sample(double Seconds, double Work)
{
    /// <summary>What the process under test used.</summary>
    public ProcessUsage Used { get; init; }

    /// <summary>Seconds until the first result, where that was looked at.</summary>
    public double? First { get; init; }

    /// <summary>Bytes moved, where a rate in bytes says more.</summary>
    public long Bytes { get; init; }

    public double Rate => Work / Seconds;
}

/// <summary>One run of ours and the run of theirs next to it.</summary>
internal sealed record Pair(Sample Ours, Sample Theirs);
