using System.Runtime.InteropServices;

namespace PacsTools.Benchmarks.Running;

/// <summary>System calls of Linux for what .NET does not offer.</summary>
internal static unsafe partial class Posix
{
    private const int Children = -1;
    private const int WriteOnlyCreateExclusive = 0x1 | 0x40 | 0x80 | 0x80000;

    /// <summary>Writes out what the system still holds in memory.</summary>
    public static void Sync() => sync();

    /// <summary>Processor seconds of all children of this process that have ended.</summary>
    public static double ChildrenCpu()
    {
        // struct rusage: two timevals, then fourteen longs.
        long* usage = stackalloc long[18];
        if (getrusage(Children, usage) != 0)
            return 0;
        return usage[0] + usage[2] + ((usage[1] + usage[3]) / 1e6);
    }

    /// <summary>Creates a file that must be new; the descriptor.</summary>
    public static int CreateFile(string path) => Checked(open(path, WriteOnlyCreateExclusive, 0x1B6), path);

    /// <summary>Writes all of it.</summary>
    public static void Write(int descriptor, ReadOnlySpan<byte> bytes)
    {
        fixed (byte* start = bytes)
        {
            for (int at = 0; at < bytes.Length;)
                at += Checked((int)write(descriptor, start + at, (nuint)(bytes.Length - at)), "file");
        }
    }

    public static void CloseFile(int descriptor) => Checked(close(descriptor), "file");

    private static int Checked(int result, string what) =>
        result >= 0 ? result : throw new IOException($"{what}: {Marshal.GetLastPInvokeErrorMessage()}");

    [LibraryImport("libc")]
    private static partial void sync();

    [LibraryImport("libc")]
    private static partial int getrusage(int who, long* usage);

    [LibraryImport("libc", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int open(string path, int flags, int mode);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint write(int descriptor, byte* bytes, nuint count);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int close(int descriptor);
}
