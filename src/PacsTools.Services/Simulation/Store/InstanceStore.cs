using System.Globalization;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Simulation;

/// <summary>
/// Where instances that are stored to the simulator go: a private folder that is gone when it stops, or the user's own folder if that was
/// allowed. An instance that comes again replaces the one before, as the index does.
/// </summary>
internal sealed class InstanceStore : IDisposable
{
    private readonly string? _writable;
    private long _next;

    /// <param name="writable">The user's folder to write into; null for the private one.</param>
    public InstanceStore(string? writable)
    {
        _writable = writable;
        PrivateFolder = TemporaryStorage.Create();
    }

    /// <summary>For this user only, removed on dispose.</summary>
    public string PrivateFolder { get; }

    /// <summary>Opens a file for an instance on its way in.</summary>
    /// <param name="meta">What stands before the data set; null if what comes is a whole file.</param>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="Dicom.Errors.DicomDataException">A UID before the data set is none.</exception>
    public IncomingFile Begin(FileMetaInformation? meta = null)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"{Interlocked.Increment(ref _next)}.part");
        return new IncomingFile(Path.Combine(PrivateFolder, name), meta);
    }

    /// <summary>Gives a complete file its place.</summary>
    /// <param name="file">The file, closed.</param>
    /// <param name="header">Its header.</param>
    /// <param name="previous">What the index had of the same instance.</param>
    /// <returns>The header with the place.</returns>
    /// <exception cref="IOException">It cannot be put there.</exception>
    public InstanceHeader Keep(IncomingFile file, InstanceHeader header, IndexedInstance? previous)
    {
        var path = _writable is null ? Path.ChangeExtension(file.Path, ".dcm") : PathIn(_writable, header, previous);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(file.Path, path, overwrite: true);
        return header with { Folder = Path.GetDirectoryName(path)!, FileName = Path.GetFileName(path) };
    }

    /// <summary>Forgets the file of an instance that was replaced, if it was ours.</summary>
    public void Discard(IndexedInstance replaced, InstanceHeader by)
    {
        var path = replaced.Path;
        if (path.StartsWith(PrivateFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal) && path != Path.Combine(by.Folder, by.FileName))
            Remove(path);
    }

    public void Dispose() => TemporaryStorage.Remove(PrivateFolder);

    private static string PathIn(string folder, InstanceHeader header, IndexedInstance? previous) =>
        previous is not null && previous.Path.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? previous.Path
            : Path.Combine(folder, Name(header.StudyInstanceUid!), Name(header.SeriesInstanceUid!), Name(header.SopInstanceUid!) + ".dcm");

    /// <summary>A UID as a file name; what is none becomes a name that says nothing and harms nobody.</summary>
    private static string Name(string uid) => DicomUids.IsValid(uid)
        ? uid
        : "uid-" + Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(uid)).AsSpan(0, 16)).ToLowerInvariant();

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is being sent, on Windows; it goes with the folder.
        }
    }
}
