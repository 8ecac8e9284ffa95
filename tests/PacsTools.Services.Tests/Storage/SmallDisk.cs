using System.Diagnostics;
using System.Globalization;

namespace PacsTools.Services.Tests.Storage;

/// <summary>A file system with hardly any room: a small tmpfs, where one may be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string path) => Path = path;

    public string Path { get; }

    /// <summary>Mounts it over an empty folder, or skips the test with the reason.</summary>
    public static SmallDisk MountOrSkip(string path, int bytes)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("a small tmpfs needs Linux");
        var (code, output) = Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={bytes}"), "tmpfs", path);
        if (code != 0)
            Assert.Skip($"a small tmpfs cannot be mounted here: {output.Trim()}");
        return new SmallDisk(path);
    }

    public void Dispose() => Run("umount", Path);

    private static (int Code, string Output) Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var output = process.StandardError.ReadToEnd() + process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, output);
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return (-1, e.Message);
        }
    }
}
