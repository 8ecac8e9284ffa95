using System.Globalization;
using System.Runtime.InteropServices;

namespace PacsTools.Services.Storage;

/// <summary>
/// A file that is being received: new, written front to back, and no one's but ours until it is renamed. Bytes go from the
/// receive buffer to the system in one gathered write.
/// </summary>
internal abstract class PartFile : IDisposable
{
    protected PartFile(string path) => Path = path;

    /// <summary>The temporary path, ending in <c>.part</c>.</summary>
    public string Path { get; }

    /// <summary>Bytes written so far.</summary>
    public long Length { get; protected set; }

    /// <summary>Creates a file of an unused name in an existing folder; never truncates or follows what is there.</summary>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public static PartFile Create(string folder)
    {
        return OperatingSystem.IsLinux() && Environment.Is64BitProcess && LinuxFile.IsAvailable ? new LinuxPartFile(NewPath(folder)) : CreatePortable(folder);
    }

    /// <summary>The same if no part of the folder's path is a symbolic link, which is found out and relied on in one step.</summary>
    /// <returns>Null if a part is a link, if the system cannot tell, or if the file cannot be created: <see cref="Create"/> says why.</returns>
    public static PartFile? TryCreateWithoutLinks(string folder) =>
        OperatingSystem.IsLinux() && Environment.Is64BitProcess && LinuxFile.IsAvailable ? LinuxPartFile.TryCreateWithoutLinks(NewPath(folder)) : null;

    /// <summary>The same by means every system has.</summary>
    internal static PartFile CreatePortable(string folder) => new PortablePartFile(NewPath(folder));

    /// <summary>Appends the slices in their order, all of them or an exception.</summary>
    public abstract void Write(IReadOnlyList<ReadOnlyMemory<byte>> slices);

    /// <summary>Waits until the bytes are on the medium.</summary>
    public abstract void FlushToDisk();

    /// <summary>Closes the file; on some file systems only this tells of a full disk.</summary>
    public abstract void Close();

    /// <summary>Closes and removes the file.</summary>
    public void Discard()
    {
        try
        {
            Close();
        }
        catch (IOException)
        {
            // It goes anyway.
        }

        try
        {
            File.Delete(Path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that was taken away took the file with it; nothing else can be done about it here.
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Close();

    private static string NewPath(string folder) => System.IO.Path.Combine(folder, PartFileName.Next());

    /// <summary>For every system: .NET's own file handle.</summary>
    private sealed class PortablePartFile : PartFile
    {
        // CreateNew, never Create: truncating even a new file makes ext4 flush it on close.
        private readonly Microsoft.Win32.SafeHandles.SafeFileHandle _handle;

        public PortablePartFile(string path)
            : base(path) => _handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);

        public override void Write(IReadOnlyList<ReadOnlyMemory<byte>> slices)
        {
            RandomAccess.Write(_handle, slices, Length);
            foreach (var slice in slices)
                Length += slice.Length;
        }

        public override void FlushToDisk() => RandomAccess.FlushToDisk(_handle);

        public override void Close() => _handle.Dispose();
    }
}
