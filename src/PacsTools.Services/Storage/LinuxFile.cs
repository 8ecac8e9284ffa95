using System.Runtime.InteropServices;

namespace PacsTools.Services.Storage;

/// <summary>The few system calls of Linux that the receiving path makes itself, with .NET's exceptions for their errors.</summary>
internal static unsafe partial class LinuxFile
{
    private const int WriteOnly = 1;
    private const int Create = 0x40;
    private const int Exclusive = 0x80;
    private const int CloseOnExec = 0x80000;
    private const int DirectoryOnly = 0x10000;
    private const int CurrentFolder = -100;
    private const uint NoReplace = 1;
    private const ulong NoSymbolicLinks = 4;

    // The same number on every architecture of Linux.
    private const nint OpenAt2 = 437;

    private const int ENOENT = 2;
    private const int EINTR = 4;
    private const int EACCES = 13;
    private const int EEXIST = 17;
    private const int ENOTDIR = 20;
    private const int EINVAL = 22;
    private const int EPERM = 1;
    private const int EROFS = 30;
    private const int ENOSYS = 38;

    private static readonly Lazy<bool> s_available = new(Probe);

    /// <summary>True if the C library offers the calls under the names used here.</summary>
    public static bool IsAvailable => s_available.Value;

    public static int CreateNew(string path)
    {
        fixed (byte* name = Name(path))
        {
            // 0666: the user's umask decides, as for every other new file.
            int descriptor;
            while ((descriptor = open(name, WriteOnly | Create | Exclusive | CloseOnExec, 0x1B6)) < 0)
            {
                if (Marshal.GetLastPInvokeError() != EINTR)
                    throw Error("create", path);
            }

            return descriptor;
        }
    }

    /// <summary>The same where no part of the path is a symbolic link (openat2, Linux 5.6). Null if one is, or if it could not be done for whatever reason.</summary>
    public static int? TryCreateNewWithoutLinks(string path)
    {
        var how = new OpenHow(WriteOnly | Create | Exclusive | CloseOnExec, 0x1B6, NoSymbolicLinks);
        fixed (byte* name = Name(path))
        {
            var descriptor = syscall(OpenAt2, CurrentFolder, name, &how, sizeof(OpenHow));
            return descriptor < 0 ? null : (int)descriptor;
        }
    }

    public static long WriteAll(int descriptor, IoVector* vectors, int count, string path)
    {
        long total = 0;
        while (count > 0)
        {
            var written = writev(descriptor, vectors, count);
            if (written < 0)
            {
                if (Marshal.GetLastPInvokeError() == EINTR)
                    continue;
                throw Error("write", path);
            }

            total += written;
            // A short write ends in the middle of a slice.
            while (count > 0 && (nuint)written >= vectors->Length)
            {
                written -= (nint)vectors->Length;
                vectors++;
                count--;
            }

            if (count > 0)
                *vectors = new IoVector(vectors->Start + written, vectors->Length - (nuint)written);
        }

        return total;
    }

    public static void Sync(int descriptor, string path)
    {
        if (fsync(descriptor) != 0)
            throw Error("flush", path);
    }

    public static void Close(int descriptor, string path)
    {
        // After EINTR the descriptor is gone on Linux; closing again could close another's.
        if (close(descriptor) != 0 && Marshal.GetLastPInvokeError() != EINTR)
            throw Error("close", path);
    }

    public static bool TryClose(int descriptor) => close(descriptor) == 0;

    /// <summary>Renames in one step. False if the name is taken and may not be replaced; null if the file system knows no such rename.</summary>
    public static bool? Rename(string from, string to, bool replace)
    {
        fixed (byte* source = Name(from))
        fixed (byte* target = Name(to))
        {
            if ((replace ? rename(source, target) : renameat2(CurrentFolder, source, CurrentFolder, target, NoReplace)) == 0)
                return true;
            return Marshal.GetLastPInvokeError() switch
            {
                EEXIST when !replace => false,
                EINVAL or ENOSYS when !replace => null,
                _ => throw Error("rename", to),
            };
        }
    }

    /// <summary>Waits until the names in a folder are on the medium.</summary>
    public static void SyncFolder(string folder)
    {
        fixed (byte* name = Name(folder))
        {
            var descriptor = open(name, CloseOnExec | DirectoryOnly, 0);
            if (descriptor < 0)
                throw Error("open", folder);
            try
            {
                Sync(descriptor, folder);
            }
            finally
            {
                _ = close(descriptor);
            }
        }
    }

    /// <summary>The owner and permission bits of a path itself, never of what a symbolic link there points to.</summary>
    public static uint EffectiveUserId() => geteuid();

    private static byte[] Name(string path)
    {
        var bytes = new byte[System.Text.Encoding.UTF8.GetMaxByteCount(path.Length) + 1];
        System.Text.Encoding.UTF8.GetBytes(path, bytes);
        return bytes;
    }

    private static Exception Error(string what, string path)
    {
        var number = Marshal.GetLastPInvokeError();
        var message = $"Could not {what} '{path}': {Marshal.GetPInvokeErrorMessage(number)}";
        // The raw number as HResult is what .NET's own file errors carry on Unix.
        return number switch
        {
            ENOENT or ENOTDIR => new DirectoryNotFoundException(message),
            EACCES or EPERM or EROFS => new UnauthorizedAccessException(message),
            _ => new IOException(message, number),
        };
    }

    private static bool Probe()
    {
        try
        {
            // Old versions of musl lack renameat2; a rename of nothing to nothing shows it.
            fixed (byte* empty = new byte[1])
                _ = renameat2(CurrentFolder, empty, CurrentFolder, empty, NoReplace);
            return true;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return false;
        }
    }

    [LibraryImport("libc", SetLastError = true)]
    private static partial int open(byte* path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint syscall(nint number, nint folder, byte* path, OpenHow* how, nint size);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint writev(int descriptor, IoVector* vectors, int count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int fsync(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int rename(byte* from, byte* to);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int renameat2(int fromFolder, byte* from, int toFolder, byte* to, uint flags);

    [LibraryImport("libc")]
    private static partial uint geteuid();
}
