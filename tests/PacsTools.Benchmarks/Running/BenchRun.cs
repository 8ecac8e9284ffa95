using PacsTools.Benchmarks.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Benchmarks.Running;

/// <summary>What all benchmarks of one run share: options, data, folders, and what memory our processes came to need.</summary>
internal sealed class BenchRun : IDisposable
{
    private const long DiskToSpare = 30L << 30;
    private readonly TemporaryFolder _folder = new("bench");
    private readonly string _root;
    private int _folders;

    public BenchRun(Options options, Action<string> say)
    {
        Options = options;
        Say = say;
        _root = options.Folder is null ? _folder.Path : Directory.CreateDirectory(Path.Combine(options.Folder, Path.GetFileName(_folder.Path))).FullName;
        Loads = new Loads(Path.Combine(_root, "data"), options.Quick);
    }

    public Options Options { get; }

    public Action<string> Say { get; }

    public Loads Loads { get; }

    /// <summary>By role, the most that the peak memory of one of our processes grew after it was ready.</summary>
    public Dictionary<string, long> Growth { get; } = new(StringComparer.Ordinal);

    /// <summary>An empty folder, kept to the end of the run: deleting many files slows the creation of others for a while.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(_root, "received", (++_folders).ToString(System.Globalization.CultureInfo.InvariantCulture))).FullName;

    public void NoteGrowth(string role, long bytes) => Growth[role] = Math.Max(bytes, Growth.GetValueOrDefault(role));

    /// <summary>Between two benchmarks: only where the disk would run full what was received is removed early, and the disk given time to settle.</summary>
    public async Task TidyAsync()
    {
        if (new DriveInfo(_root).AvailableFreeSpace > DiskToSpare)
            return;
        string received = Path.Combine(_root, "received");
        if (!Directory.Exists(received))
            return;
        Say("  (the disk is filling: what was received so far is removed)");
        Directory.Delete(received, recursive: true);
        Posix.Sync();
        await Task.Delay(TimeSpan.FromSeconds(15));
    }

    public void Dispose()
    {
        if (_root != _folder.Path)
            Directory.Delete(_root, recursive: true);
        _folder.Dispose();
    }
}
