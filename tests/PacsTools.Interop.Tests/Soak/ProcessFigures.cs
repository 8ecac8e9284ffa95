using System.Globalization;

namespace PacsTools.Interop.Tests.Soak;

/// <summary>What a process holds at a moment, as Linux counts it.</summary>
internal readonly record struct ProcessFigures(long Memory, int Handles, int Threads)
{
    /// <summary>Resident memory in bytes, open file descriptors, threads.</summary>
    public static ProcessFigures Of(int processId)
    {
        string folder = string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}");
        string[] status = File.ReadAllLines(Path.Combine(folder, "status"));
        return new ProcessFigures(
            Number(status, "VmRSS:") * 1024,
            Directory.EnumerateFileSystemEntries(Path.Combine(folder, "fd")).Count(),
            (int)Number(status, "Threads:"));
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Memory / 1048576.0,7:0.0} MiB {Handles,4} handles {Threads,3} threads");

    private static long Number(string[] status, string name) =>
        long.Parse(status.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
