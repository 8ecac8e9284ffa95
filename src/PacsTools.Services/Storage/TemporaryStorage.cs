using System.Globalization;
using System.Text.RegularExpressions;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Storage;

/// <summary>
/// Folders for what is received without a destination: one an operation, for this user only, gone an hour after the operation and
/// at the end of the process.
/// </summary>
internal static partial class TemporaryStorage
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    // Nothing lives so long in temporary storage, whoever made it.
    private static readonly TimeSpan s_age = TimeSpan.FromDays(1);

    private static readonly Dictionary<string, ITimer?> s_folders = new(StringComparer.Ordinal);
    private static long s_counter;

    static TemporaryStorage() => AppDomain.CurrentDomain.ProcessExit += static (_, _) => RemoveAll();

    /// <summary>Makes the folder of a new operation.</summary>
    /// <exception cref="IOException">There is no place for it that is ours alone.</exception>
    /// <exception cref="UnauthorizedAccessException">The temporary folder cannot be written.</exception>
    public static string Create(string? root = null, string? temp = null)
    {
        var parent = PrivateParent(root ?? PacsDefaults.StoragePath, temp ?? Path.GetTempPath());
        RemoveLeftovers(parent);
        var path = Path.Combine(parent, string.Create(CultureInfo.InvariantCulture, $"{ProcessMark.Own}-{Interlocked.Increment(ref s_counter):x}"));
        PrivateFolder.Create(path);
        lock (s_folders)
            s_folders[path] = null;
        return path;
    }

    /// <summary>The operation is over: its folder goes an hour from now.</summary>
    public static void Expire(string path, TimeProvider time)
    {
        lock (s_folders)
        {
            if (s_folders.TryGetValue(path, out var timer) && timer is null)
                s_folders[path] = time.CreateTimer(static p => Remove((string)p!), path, s_lifetime, Timeout.InfiniteTimeSpan);
        }
    }

    private static string PrivateParent(string? wanted, string temp)
    {
        if (wanted is not null)
        {
            var chosen = Path.GetFullPath(wanted);
            return PrivateFolder.TryCreate(chosen)
                ? chosen
                : throw new IOException($"The folder for temporary storage '{chosen}' is a symbolic link or belongs to another user.");
        }

        var usual = Path.Combine(temp, "dicom-connector");
        if (PrivateFolder.TryCreate(usual))
            return usual;
        var own = usual + "-" + SafeFileName.Finish(SafeFileName.FromText(Environment.UserName));
        return PrivateFolder.TryCreate(own)
            ? own
            : throw new IOException($"Neither '{usual}' nor '{own}' is a folder of this user alone; set PACSTOOLS_STORAGE to one that is.");
    }

    // A process that was killed could not clean up. Of processes whose numbers mean nothing here only the age tells.
    private static void RemoveLeftovers(string parent)
    {
        try
        {
            foreach (var folder in Directory.EnumerateDirectories(parent))
            {
                if (OperationName().Match(Path.GetFileName(folder)) is { Success: true } match
                    && new DirectoryInfo(folder).LinkTarget is null
                    && (ProcessMark.IsOfDead(match) || Directory.GetLastWriteTimeUtc(folder) + s_age < DateTime.UtcNow))
                    Delete(folder);
            }
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            // Tidying up must not keep anyone from working.
        }
    }

    /// <summary>Removes the folder of an operation now.</summary>
    public static void Remove(string path)
    {
        lock (s_folders)
        {
            if (!s_folders.Remove(path, out var timer))
                return;
            timer?.Dispose();
        }

        Delete(path);
    }

    private static void RemoveAll()
    {
        string[] paths;
        lock (s_folders)
            paths = [.. s_folders.Keys];
        foreach (var path in paths)
            Remove(path);
    }

    private static void Delete(string path)
    {
        try
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            // In use, on Windows; the next start finds it.
        }
    }

    [GeneratedRegex("^" + ProcessMark.Pattern + "-[0-9a-f]{1,16}$", RegexOptions.CultureInvariant)]
    private static partial Regex OperationName();
}
