using System.Runtime.InteropServices;

namespace PacsTools.Services.Tests.Storage;

/// <summary>Work on files without the rights of root, which nothing binds: Linux knows the user who works on files for every thread.</summary>
internal static partial class Unprivileged
{
    private const uint Nobody = 65534;
    public const UnixFileMode Everybody = (UnixFileMode)0x1FF;

    /// <summary>Names may be made, and nobody may open the folder itself.</summary>
    public const UnixFileMode WriteOnly = (UnixFileMode)0xDB;

    /// <summary>Opens folders to whoever runs here, from the first, a temporary one, down to the last.</summary>
    public static void LetIn(string first, string last)
    {
        for (var folder = last; folder.Length >= first.Length; folder = Path.GetDirectoryName(folder)!)
            SetMode(folder, Everybody);
    }

    /// <summary>Sets the permissions of a folder.</summary>
    public static void SetMode(string folder, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder, mode);
    }

    /// <summary>Runs on a thread of its own, as nobody if the process is root's.</summary>
    public static T Run<T>(Func<T> work)
    {
        T result = default!;
        Exception? error = null;
        var thread = new Thread(() =>
        {
            if (geteuid() == 0)
                _ = setfsuid(Nobody);
            try
            {
                result = work();
            }
            catch (Exception e)
            {
                error = e;
            }
        });
        thread.Start();
        thread.Join();
        return error is null ? result : throw new InvalidOperationException(error.Message, error);
    }

    [LibraryImport("libc")]
    private static partial uint geteuid();

    [LibraryImport("libc")]
    private static partial int setfsuid(uint user);
}
