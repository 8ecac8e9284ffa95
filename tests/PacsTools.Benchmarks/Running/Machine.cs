using System.Globalization;
using System.Runtime.InteropServices;

namespace PacsTools.Benchmarks.Running;

/// <summary>What it ran on, without any name of the machine.</summary>
internal static class Machine
{
    public static string Describe() => string.Create(
        CultureInfo.InvariantCulture,
        $"{DateTime.UtcNow:yyyy-MM-dd}, {Processor()} ({Environment.ProcessorCount} processors, {Memory()} GB), {OperatingSystemName()}, .NET {Environment.Version}, load {Load()}");

    /// <summary>The load average of the last minute.</summary>
    public static string Load() => File.ReadAllText("/proc/loadavg").Split(' ')[0];

    private static string Processor() => Value("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString();

    private static long Memory() => long.Parse((Value("/proc/meminfo", "MemTotal") ?? "0 kB").Split(' ')[0], CultureInfo.InvariantCulture) / 1_000_000;

    private static string OperatingSystemName()
    {
        string? name = File.Exists("/etc/os-release")
            ? File.ReadLines("/etc/os-release").FirstOrDefault(l => l.StartsWith("PRETTY_NAME=", StringComparison.Ordinal))?.Split('=')[1].Trim('"')
            : null;
        return $"{name ?? "Linux"}, kernel {Environment.OSVersion.Version.ToString(2)}";
    }

    private static string? Value(string path, string name) =>
        File.ReadLines(path).FirstOrDefault(l => l.StartsWith(name, StringComparison.Ordinal))?.Split(':', 2)[1].Trim();
}
