namespace PacsTools.Fuzz.Targets;

/// <summary>A folder of this run with one file, for code that takes paths. In memory where the system has a place for that.</summary>
internal sealed class InputFile : IDisposable
{
    private const string SharedMemory = "/dev/shm";

    internal InputFile(string name)
    {
        string root = Directory.Exists(SharedMemory) ? SharedMemory : Path.GetTempPath();
        Folder = Path.Combine(root, $"pacstools-fuzz-{Environment.ProcessId}-{Guid.NewGuid():N}");
        Directory.CreateDirectory(Folder);
        FilePath = Path.Combine(Folder, name);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Dispose();
    }

    internal string Folder { get; }

    internal string FilePath { get; }

    internal void Write(ReadOnlySpan<byte> bytes) => File.WriteAllBytes(FilePath, bytes);

    public void Dispose()
    {
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}
