using System.Diagnostics;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>What of the operating system the product holds: sockets, and the threads that serve associations, connections and jobs.</summary>
internal sealed record ProductResources(int Sockets, int Threads)
{
    // The kernel keeps 15 bytes of a thread's name.
    private static readonly string[] s_names = ["DICOM associati", "DICOMweb connec", ".NET Long Runni"];

    public static ProductResources Now() => OperatingSystem.IsLinux() ? new(CountSockets(), CountThreads()) : new(Handles(), 0);

    /// <summary>True if no more is held than before.</summary>
    public bool IsWithin(ProductResources before) => Sockets <= before.Sockets && Threads <= before.Threads;

    private static int CountSockets() => Directory.EnumerateFiles("/proc/self/fd").Count(fd =>
    {
        try
        {
            return File.ResolveLinkTarget(fd, returnFinalTarget: false)?.Name.StartsWith("socket:", StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            // Closed while we looked.
            return false;
        }
    });

    private static int CountThreads() => Directory.EnumerateDirectories("/proc/self/task").Count(thread =>
    {
        try
        {
            return s_names.Contains(File.ReadAllText(Path.Combine(thread, "comm")).TrimEnd('\n'));
        }
        catch (IOException)
        {
            // Ended while we looked.
            return false;
        }
    });

    // Elsewhere handles of every kind, with room for what the runtime opens beside.
    private static int Handles()
    {
        using var process = Process.GetCurrentProcess();
        return process.HandleCount / 64;
    }
}
