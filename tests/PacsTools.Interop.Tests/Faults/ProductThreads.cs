namespace PacsTools.Interop.Tests.Faults;

/// <summary>The threads of this process that the product started, as Linux names them.</summary>
internal static class ProductThreads
{
    private static readonly string[] s_names = ["DICOM", ".NET Long"];

    /// <summary>How many there are; 0 where nobody can tell.</summary>
    public static int Count() => OperatingSystem.IsLinux() ? Directory.EnumerateDirectories("/proc/self/task").Count(IsOurs) : 0;

    private static bool IsOurs(string task)
    {
        try
        {
            string name = File.ReadAllText(Path.Combine(task, "comm"));
            return s_names.Any(n => name.StartsWith(n, StringComparison.Ordinal));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It ended meanwhile.
            return false;
        }
    }
}
