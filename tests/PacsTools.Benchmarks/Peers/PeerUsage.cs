using System.Globalization;
using PacsTools.Benchmarks.Running;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Benchmarks.Peers;

/// <summary>What a running peer has used so far, as Linux counts it.</summary>
internal static class PeerUsage
{
    private const double TicksPerSecond = 100;

    /// <summary>Of the process and, for one that forks, of what it started and has not ended or only just.</summary>
    public static ProcessUsage Of(ExternalPeer peer) => new(Cpu(peer.Process.Id), PeakMemory.Of(peer.Process.Id), 0);

    private static double Cpu(int group)
    {
        double ticks = 0;
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id) || Fields(folder) is not { } fields)
                continue;
            // Counted from the state: parent, group, …, utime (11), stime, cutime, cstime. Peers lead a group of their own.
            if (int.Parse(fields[2], CultureInfo.InvariantCulture) != group)
                continue;
            ticks += Number(fields[11]) + Number(fields[12]);
            if (id == group)
                ticks += Number(fields[13]) + Number(fields[14]);
        }
        return ticks / TicksPerSecond;
    }

    private static string[]? Fields(string folder)
    {
        try
        {
            string stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It has just ended.
            return null;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
