namespace PacsTools.Benchmarks.Running;

/// <summary>Bar 8: by how much the peak memory of our processes grew over all that was run, whatever the size of instances and studies.</summary>
internal static class MemoryBar
{
    private const double Bound = 64;

    public static IEnumerable<BarResult> Judge(BenchRun run) => run.Growth.OrderBy(g => g.Key, StringComparer.Ordinal).Select(g =>
    {
        double mebibytes = g.Value / 1048576.0;
        return new BarResult(new Bar(8, $"growth of the peak memory of the process in the role {g.Key}", Bound, Sense.AtMost, "MiB"))
        {
            Value = new Spread(mebibytes, mebibytes, mebibytes),
            Ours = $"{Figure.Short(mebibytes)} MiB",
        };
    });
}
