using System.Diagnostics;
using System.Globalization;

namespace PacsTools.Benchmarks.Running;

/// <summary>One run: the benchmarks asked for, one after the other, then the table.</summary>
internal sealed class Suite(Options options)
{
    /// <summary>Returns 0 if all was run or told why not, 1 if something broke. A bar that was missed breaks nothing: it is a figure.</summary>
    public async Task<int> RunAsync()
    {
        Benchmark[] wanted = [.. options.Choose(Catalogue.All)];
        if (wanted.Length == 0)
            throw new UsageException($"No benchmark is called {string.Join(' ', options.Names)}; --list names them.");
        Console.WriteLine(Machine.Describe());
        if (options.Quick)
            Console.WriteLine("With --quick there is far less data than the lines say.");
        using var run = new BenchRun(options, Console.WriteLine);
        List<BarResult> results = [];
        bool broken = false;
        foreach (Benchmark benchmark in wanted)
        {
            long start = Stopwatch.GetTimestamp();
            Console.WriteLine($"{benchmark.Name}: {benchmark.What}");
            (IReadOnlyList<BarResult> came, bool broke) = await RunAsync(benchmark, run);
            results.AddRange(came);
            broken |= broke;
            foreach (BarResult result in came)
                Console.WriteLine($"  {result.Bar.BoundText}: {(result.Value is { } value ? $"{Figure.Short(value.Median)} ({value.Range})" : "")} {result.Mark}");
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s"));
            await run.TidyAsync();
        }
        results.AddRange(MemoryBar.Judge(run));
        string table = ResultTable.ToMarkdown([.. results.OrderBy(r => r.Bar.Number)]);
        Console.WriteLine();
        Console.WriteLine(table);
        if (options.Write is { } path)
            PerformancePage.Write(path, table, options.Command);
        return broken ? 1 : 0;
    }

    private static async Task<(IReadOnlyList<BarResult> Results, bool Broke)> RunAsync(Benchmark benchmark, BenchRun run)
    {
        if (benchmark.Obstacle() is { } obstacle)
            return (NotRun(benchmark, obstacle), false);
        try
        {
            return (await benchmark.RunAsync(run), false);
        }
        catch (Exception e)
        {
            // The others can still be run; the exit code tells of it.
            Console.Error.WriteLine(e);
            return (NotRun(benchmark, $"broke off ({e.GetType().Name})"), true);
        }
    }

    private static IReadOnlyList<BarResult> NotRun(Benchmark benchmark, string why) => [.. benchmark.Bars.Select(b => new BarResult(b) { NotRun = why })];
}
