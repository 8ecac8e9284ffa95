using PacsTools.TestKit.Processes;

namespace PacsTools.Benchmarks.Children;

/// <summary>The child's side: takes jobs from its standard input, one a line, until that ends.</summary>
internal static class ChildProgram
{
    public static async Task<int> RunAsync(string role)
    {
        IRole actor = RoleList.Create(role);
        Console.WriteLine("READY " + Used(new Answer()));
        while (await Console.In.ReadLineAsync() is { } line)
        {
            try
            {
                Console.WriteLine("DONE " + Used(await actor.DoAsync(line.Split('\t'))));
            }
            catch (Exception e)
            {
                // The parent ends the run with it.
                Console.WriteLine("FAILED " + e.ToString().ReplaceLineEndings(" | "));
            }
        }
        return 0;
    }

    private static Answer Used(Answer answer)
    {
        Environment.ProcessCpuUsage cpu = Environment.CpuUsage;
        return answer
            .With("cpu", cpu.TotalTime.TotalSeconds)
            .With("peak", PeakMemory.Of(Environment.ProcessId))
            .With("allocated", GC.GetTotalAllocatedBytes(precise: true));
    }
}
