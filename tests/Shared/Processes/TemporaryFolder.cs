using System.Collections.Concurrent;

namespace PacsTools.TestKit.Processes;

/// <summary>A folder of its own under the temporary folder, removed on dispose and at the latest when the test host ends.</summary>
public sealed class TemporaryFolder : IDisposable
{
    private static readonly ConcurrentDictionary<string, byte> Alive = new(StringComparer.Ordinal);

    static TemporaryFolder() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
    {
        foreach (string path in Alive.Keys)
            Remove(path);
    };

    public TemporaryFolder(string purpose = "test")
    {
        Path = Directory.CreateTempSubdirectory($"pacstools-{purpose}-").FullName;
        Alive[Path] = 0;
    }

    public string Path { get; }

    /// <summary>Full path of a file or folder inside.</summary>
    public string this[params string[] parts] => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Creates a folder inside and returns its path.</summary>
    public string Create(string name) => Directory.CreateDirectory(this[name]).FullName;

    public override string ToString() => Path;

    public void Dispose()
    {
        Remove(Path);
        Alive.TryRemove(Path, out _);
    }

    private static void Remove(string path)
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A file still held by a dying peer; the operating system's own cleaning takes what is left.
        }
    }
}
