using System.Globalization;

namespace PacsTools.Services.Storage;

/// <summary>Finds out which process holds a TCP port, where the system tells.</summary>
internal static class PortOwner
{
    // TCP_LISTEN of Linux' net/tcp_states.h.
    private const string Listening = "0A";

    /// <summary>The process that listens, as <c>name (pid)</c>; null if not known: another user's process, or not Linux.</summary>
    public static string? Find(int port)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            var sockets = new[] { "/proc/net/tcp", "/proc/net/tcp6" }
                .Where(File.Exists).SelectMany(f => Inodes(File.ReadLines(f), port)).Select(i => $"socket:[{i}]").ToHashSet();
            return sockets.Count == 0 ? null : Holder(sockets);
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            return null;
        }
    }

    /// <summary>The socket inodes that listen on a port, from the lines of /proc/net/tcp.</summary>
    internal static IEnumerable<string> Inodes(IEnumerable<string> lines, int port)
    {
        var suffix = ":" + port.ToString("X4", CultureInfo.InvariantCulture);
        foreach (var line in lines)
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length > 9 && fields[3] == Listening && fields[1].EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                yield return fields[9];
        }
    }

    private static string? Holder(HashSet<string> sockets)
    {
        foreach (var process in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(process), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
                continue;
            try
            {
                foreach (var descriptor in Directory.EnumerateFileSystemEntries(process + "/fd"))
                {
                    if (new FileInfo(descriptor).LinkTarget is { } target && sockets.Contains(target))
                        return $"{File.ReadAllText(process + "/comm").Trim()} ({id.ToString(CultureInfo.InvariantCulture)})";
                }
            }
            catch (Exception e) when (StorageFault.IsFileSystem(e))
            {
                // Another user's process, or one that has just ended.
            }
        }

        return null;
    }
}
