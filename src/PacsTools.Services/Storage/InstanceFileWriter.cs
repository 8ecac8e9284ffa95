using System.Globalization;

namespace PacsTools.Services.Storage;

/// <summary>
/// Writes one instance: everything into a <c>.part</c> file in the folder of its final name, then one rename. Whatever goes wrong
/// on the way, nothing incomplete ever bears a final name. Not for several threads at once.
/// Where everything is to be flushed, what cannot be is a failure though it is whole and keeps its name: the sender was promised more
/// than that, keeps its copy, and finds the instance here when it sends it again.
/// </summary>
internal sealed class InstanceFileWriter
{
    /// <summary>As many different files of one name are kept beside each other; looking through them takes time with every further one.</summary>
    internal const int MostOfOneName = 100;

    private readonly ReceiveTarget _target;
    private readonly string _finalPath;
    private readonly string _sopInstanceUid;
    private readonly string _transferSyntaxUid;
    private readonly int _datasetOffset;
    private readonly PartFile? _file;
    private readonly ExistingInstance? _skippedFor;
    private ReadOnlyMemory<byte> _header;
    private long _skipped;
    private long _nextCheck = FreeSpace.CheckEvery;

    private InstanceFileWriter(ReceiveTarget target, string finalPath, string sopInstanceUid, string transferSyntaxUid, ReadOnlyMemory<byte> header, PartFile? file, ExistingInstance? skippedFor)
    {
        _target = target;
        _finalPath = finalPath;
        _sopInstanceUid = sopInstanceUid;
        _transferSyntaxUid = transferSyntaxUid;
        _header = header;
        _datasetOffset = header.Length;
        _file = file;
        _skippedFor = skippedFor;
    }

    /// <summary>Begins an instance.</summary>
    /// <param name="target">Destination and rules.</param>
    /// <param name="relativePath">The place the layout made of it.</param>
    /// <param name="sopInstanceUid">SOP Instance UID, to know the instance again.</param>
    /// <param name="transferSyntaxUid">The syntax its data set comes in.</param>
    /// <param name="header">Preamble and file meta information; goes out with the first bytes of the data set.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be created.</exception>
    public static InstanceFileWriter Open(ReceiveTarget target, string relativePath, string sopInstanceUid, string transferSyntaxUid, ReadOnlyMemory<byte> header)
    {
        FreeSpace.Check(target.Folder.FullPath, target.MinimumFreeSpace);
        var finalPath = target.Folder.Combine(relativePath);
        var same = target.IfExists == IfExists.Skip ? SameInstance(target, finalPath, sopInstanceUid) : null;
        return new InstanceFileWriter(target, finalPath, sopInstanceUid, transferSyntaxUid, header, same is null ? target.Folder.CreatePart(finalPath, target.FlushToDisk) : null, same);
    }

    /// <summary>Appends to the data set.</summary>
    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> slices)
    {
        if (_file is null)
        {
            foreach (var slice in slices)
                _skipped += slice.Length;
            return;
        }

        if (_file.Length >= _nextCheck)
        {
            FreeSpace.Check(_target.Folder.FullPath, _target.MinimumFreeSpace);
            _nextCheck = _file.Length + FreeSpace.CheckEvery;
        }

        if (_header.IsEmpty)
        {
            _file.Write(slices);
            return;
        }

        var all = new List<ReadOnlyMemory<byte>>(slices.Count + 1) { _header };
        all.AddRange(slices);
        _header = default;
        _file.Write(all);
    }

    /// <summary>Gives the complete file its name. On an exception the caller discards.</summary>
    public CommitResult Commit()
    {
        if (_file is null)
            return Secured(Skipped(_skippedFor!));
        Write([]);
        if (_target.FlushToDisk)
            _file.FlushToDisk();
        _file.Close();

        var result = _target.IfExists switch
        {
            IfExists.Overwrite => Overwrite(),
            IfExists.Skip => Skip(),
            IfExists.Fail => FailIfTaken(),
            _ => KeepBoth(),
        };
        if (result.Outcome != InstanceOutcome.Stored)
            _file.Discard();
        return Secured(result);
    }

    /// <summary>Removes what was written.</summary>
    public void Discard() => _file?.Discard();

    private CommitResult Secured(CommitResult result)
    {
        if (!_target.FlushToDisk || result.Path is not { } path)
            return result;
        try
        {
            // What lay here before may never have been flushed.
            if (result.Outcome != InstanceOutcome.Stored)
                FileCommit.FlushFile(path);
            FileCommit.FlushFolder(Path.GetDirectoryName(path)!);
            return result;
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            throw new IOException($"'{path}' is complete, and could not be flushed to the disk: {e.Message}", e.HResult);
        }
    }

    private static ExistingInstance? SameInstance(ReceiveTarget target, string finalPath, string sopInstanceUid)
    {
        target.Folder.RefuseLinks(finalPath);
        return ExistingInstance.Read(finalPath) is { } existing && existing.SopInstanceUid == sopInstanceUid && WholeFile.IsInstance(finalPath, sopInstanceUid) ? existing : null;
    }

    private CommitResult Overwrite()
    {
        if (FileCommit.TryRename(_file!.Path, _finalPath))
            return Stored(_finalPath);
        if (ExistingInstance.Read(_finalPath)?.SopInstanceUid != _sopInstanceUid)
            return KeepBoth();
        FileCommit.Replace(_file.Path, _finalPath);
        return Stored(_finalPath);
    }

    private CommitResult Skip()
    {
        if (FileCommit.TryRename(_file!.Path, _finalPath))
            return Stored(_finalPath);
        // A damaged file is not there: the whole one is kept beside it.
        return WholeFile.IsInstance(_finalPath, _sopInstanceUid) ? Existing(_finalPath) : KeepBoth();
    }

    // What was skipped is not at hand to be compared; its length alone tells a file that was cut short from a whole one.
    private CommitResult Skipped(ExistingInstance existing)
    {
        var result = Existing(_finalPath);
        return existing.TransferSyntaxUid != _transferSyntaxUid || existing.DatasetLength == _skipped ? result : result with
        {
            Warning = string.Create(CultureInfo.InvariantCulture, $"'{_finalPath}' was there already and was left as it is, but its data set has {existing.DatasetLength} bytes and the one received {_skipped}: get that with -IfExists Overwrite."),
        };
    }

    private CommitResult FailIfTaken() => FileCommit.TryRename(_file!.Path, _finalPath)
        ? Stored(_finalPath)
        : new CommitResult(InstanceOutcome.Failed, null, 0, StorageFault.DuplicateInstance, $"'{_finalPath}' exists already");

    private CommitResult KeepBoth()
    {
        for (var number = 1; number <= MostOfOneName; number++)
        {
            var path = number == 1 ? _finalPath : WithSuffix(_finalPath, number);
            if (FileCommit.TryRename(_file!.Path, path))
            {
                return number == 1
                    ? Stored(path)
                    : Stored(path) with { Warning = $"A different file has the name of a received instance; the new one is kept beside it as {Path.GetFileName(path)}." };
            }

            if (ExistingInstance.Read(path) is { } existing && existing.TransferSyntaxUid == _transferSyntaxUid
                && existing.HasSameDataset(_file.Path, _datasetOffset))
                return Existing(path);
        }

        throw new IOException(string.Create(CultureInfo.InvariantCulture, $"There are {MostOfOneName} different files of the name '{_finalPath}' already; no more are kept."));
    }

    private CommitResult Stored(string path) => new(InstanceOutcome.Stored, path, _file!.Length);

    private static CommitResult Existing(string path) => new(InstanceOutcome.Duplicate, path, new FileInfo(path).Length);

    /// <summary>The name of one that is kept beside another of its name.</summary>
    internal static string WithSuffix(string path, int number)
    {
        // What follows the last dot of a UID is no extension.
        var extension = Path.GetExtension(path);
        if (!extension.Any(char.IsAsciiLetter))
            extension = "";
        return string.Concat(path.AsSpan(0, path.Length - extension.Length), string.Create(CultureInfo.InvariantCulture, $"_{number}"), extension);
    }
}
