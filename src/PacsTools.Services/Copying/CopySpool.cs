using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Copying;

/// <summary>
/// The folder instances lie in between their arrival and the moment the destination has taken them: temporary, for this user only, and bounded. While it
/// is full the archive's bytes are let in by drops. Its C-STOREs are never left without an answer for long, and so it does not give us up for a slow destination.
/// </summary>
internal sealed class CopySpool : IRetrieveSpool, IDisposable
{
    /// <summary>More files or bytes than this slow the archive down; one file may be larger.</summary>
    internal const int MaxFiles = 32;

    internal const long MaxBytes = 64L << 20;

    // So often somebody is told that we are alive.
    private static readonly TimeSpan s_lifeSign = TimeSpan.FromSeconds(1);

    // So many of those until a drop is let in; archives give up after 10 s and more without an answer.
    private const int SignsBeforeDrop = 4;

    private readonly object _gate = new();
    private readonly Dictionary<string, long> _files = new(StringComparer.Ordinal);
    private readonly ManualResetEvent _room = new(true);
    private readonly TimeSpan _lifeSign;
    private long _bytes;

    /// <exception cref="IOException">There is no place for it that is ours alone.</exception>
    /// <exception cref="UnauthorizedAccessException">The temporary folder cannot be written.</exception>
    public CopySpool(string? root = null, TimeSpan? lifeSign = null)
    {
        Folder = TemporaryStorage.Create(root);
        _lifeSign = lifeSign ?? s_lifeSign;
    }

    public string Folder { get; }

    /// <inheritdoc/>
    public void WaitForRoom(Action alive, CancellationToken stop)
    {
        WaitHandle[] either = [_room, stop.WaitHandle];
        for (var signs = 0; MustWait(signs); signs++)
        {
            WaitHandle.WaitAny(either, _lifeSign);
            if (stop.IsCancellationRequested)
                return;
            alive();
        }
    }

    /// <inheritdoc/>
    public void Enter(DicomInstanceFile file)
    {
        if (file.Path is null)
            return;
        lock (_gate)
        {
            _bytes += file.Length - _files.GetValueOrDefault(file.Path);
            _files[file.Path] = file.Length;
            if (IsFull(1))
                _room.Reset();
        }
    }

    /// <inheritdoc/>
    public void Discard(DicomInstanceFile file)
    {
        if (file.Path is not null)
            Remove(file.Path);
    }

    /// <summary>A file has been dealt with.</summary>
    public void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            // It goes with the folder.
        }

        lock (_gate)
        {
            if (_files.Remove(path, out var length))
                _bytes -= length;
            if (!IsFull(1))
                _room.Set();
        }
    }

    /// <summary>Removes the folder with all that is in it. Nobody may wait for room any more.</summary>
    public void Dispose()
    {
        _room.Dispose();
        TemporaryStorage.Remove(Folder);
    }

    private bool MustWait(int signs)
    {
        lock (_gate)
            return IsFull(1) && (signs < SignsBeforeDrop || IsFull(2));
    }

    // By drops up to twice as much, and then not at all. There one file is left out of account: it may be larger than any bound.
    private bool IsFull(int factor) =>
        _files.Count > MaxFiles * factor || (factor == 1 ? _bytes : _bytes - _files.Values.Max()) > MaxBytes * factor;
}
