using System.Globalization;

namespace PacsTools.TestKit.Processes;

/// <summary>A file system of a few megabytes, for tests of what happens when it is full. Needs the right to mount.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private SmallDisk(TemporaryFolder folder) => _folder = folder;

    public string Path => _folder.Path;

    /// <summary>Mounts a tmpfs, or says why that cannot be done here.</summary>
    public static async Task<(SmallDisk? Disk, string Reason)> TryCreateAsync(int mebibytes)
    {
        if (!OperatingSystem.IsLinux() || ProgramFinder.Find("mount") is null)
            return (null, "a tmpfs can only be mounted on Linux");
        var folder = new TemporaryFolder("disk");
        ToolResult mount = await Tool.RunAsync(
            "mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={mebibytes}m"), "pacstools-tests", folder.Path).ConfigureAwait(false);
        if (mount.ExitCode == 0)
            return (new SmallDisk(folder), "a tmpfs was mounted");
        folder.Dispose();
        return (null, $"a tmpfs may not be mounted here: {mount.AllOutput}");
    }

    public async ValueTask DisposeAsync()
    {
        // Lazily: a file still open somewhere must not keep the mount.
        await Tool.RunAsync("umount", "--lazy", _folder.Path).ConfigureAwait(false);
        _folder.Dispose();
    }
}
