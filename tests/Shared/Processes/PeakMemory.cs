using System.Globalization;

namespace PacsTools.TestKit.Processes;

/// <summary>The peak resident memory of a process, as Linux counts it.</summary>
public static class PeakMemory
{
    public static bool IsAvailable => File.Exists("/proc/self/status");

    /// <summary>VmHWM in bytes.</summary>
    public static long Of(int processId)
    {
        string line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/status"))
            .First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
    }
}
