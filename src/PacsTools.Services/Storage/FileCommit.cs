namespace PacsTools.Services.Storage;

/// <summary>Gives a complete file its final name, in one step that no reader can see half done.</summary>
internal static class FileCommit
{
    private static bool UseSystemCalls => OperatingSystem.IsLinux() && Environment.Is64BitProcess && LinuxFile.IsAvailable;

    /// <summary>Renames if the name is free.</summary>
    /// <returns>False if it is taken; nothing has changed then.</returns>
    public static bool TryRename(string from, string to)
    {
        if (UseSystemCalls && LinuxFile.Rename(from, to, replace: false) is { } renamed)
            return renamed;
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(to) || Directory.Exists(to))
        {
            return false;
        }
    }

    /// <summary>Renames over whatever file has the name.</summary>
    public static void Replace(string from, string to)
    {
        if (UseSystemCalls)
            _ = LinuxFile.Rename(from, to, replace: true);
        else
            File.Move(from, to, overwrite: true);
    }

    /// <summary>Waits until the bytes of a file that others may have written are on the medium.</summary>
    public static void FlushFile(string path)
    {
        // Windows flushes only for those who may write.
        using var handle = File.OpenHandle(path, FileMode.Open, OperatingSystem.IsWindows() ? FileAccess.ReadWrite : FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Waits until a rename in the folder would survive a loss of power. Windows has nothing of the kind and needs none: NTFS journals names.</summary>
    public static void FlushFolder(string folder)
    {
        if (UseSystemCalls)
            LinuxFile.SyncFolder(folder);
        else if (!OperatingSystem.IsWindows())
        {
            using var handle = File.OpenHandle(folder, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            RandomAccess.FlushToDisk(handle);
        }
    }
}
