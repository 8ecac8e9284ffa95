using BenchmarkDotNet.Running;
using PacsTools.Benchmarks.Children;
using PacsTools.Benchmarks.Running;

namespace PacsTools.Benchmarks;

/// <summary>The entry point: the benchmarks, one of their child processes, or the micro benchmarks.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is [Child.Argument, var role])
            return await ChildProgram.RunAsync(role);
        if (args is ["micro", .. var rest])
        {
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(rest.Length == 0 ? ["--filter", "*"] : rest);
            return 0;
        }
        try
        {
            Options options = Options.Parse(args);
            if (options.List)
            {
                foreach (Benchmark benchmark in Catalogue.All)
                    Console.WriteLine($"{benchmark.Name,-26} {benchmark.What}");
                return 0;
            }
            if (!OperatingSystem.IsLinux())
            {
                Console.Error.WriteLine("Memory and CPU time of processes are read from /proc: this needs Linux. The micro benchmarks run everywhere.");
                return 2;
            }
            return await new Suite(options).RunAsync();
        }
        catch (UsageException e)
        {
            Console.Error.WriteLine(e.Message);
            Console.Error.WriteLine(Options.Usage);
            return 2;
        }
    }
}
