using PacsTools.TestKit.Processes;

namespace PacsTools.Benchmarks.Running;

/// <summary>Something to be measured. A new one is a class of its own and a line in <see cref="Catalogue"/>.</summary>
internal abstract class Benchmark
{
    /// <summary>What the command line calls it.</summary>
    public abstract string Name { get; }

    /// <summary>One line for the list.</summary>
    public abstract string What { get; }

    /// <summary>The bars it will judge; those it cannot are told as not run.</summary>
    public abstract IReadOnlyList<Bar> Bars { get; }

    /// <summary>Programs it needs.</summary>
    public virtual IReadOnlyList<string> Programs => [];

    /// <summary>Why it cannot be run here; null if it can.</summary>
    public virtual string? Obstacle()
    {
        string[] missing = [.. Programs.Where(p => ProgramFinder.Find(p) is null)];
        return missing.Length == 0 ? null : $"{string.Join(", ", missing)} not found";
    }

    /// <summary>Measures and judges.</summary>
    public abstract Task<IReadOnlyList<BarResult>> RunAsync(BenchRun run);
}
