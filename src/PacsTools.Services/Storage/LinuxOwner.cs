using System.Runtime.InteropServices;

namespace PacsTools.Services.Storage;

/// <summary>The owner of a file or folder, which .NET does not tell.</summary>
internal static unsafe partial class LinuxOwner
{
    private const int CurrentFolder = -100;
    private const int NoFollow = 0x100;
    private const uint WantUserId = 8;
    private const int UserIdOffset = 20;

    /// <summary>The user id that owns the path itself, not what a link there points to; null if not known.</summary>
    public static uint? Of(string path)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        try
        {
            // struct statx is the same on every architecture, unlike struct stat.
            var result = stackalloc byte[256];
            fixed (byte* name = System.Text.Encoding.UTF8.GetBytes(path + "\0"))
            {
                if (statx(CurrentFolder, name, NoFollow, WantUserId, result) != 0)
                    return null;
            }

            return *(uint*)(result + UserIdOffset);
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int statx(int folder, byte* path, int flags, uint mask, byte* result);
}
