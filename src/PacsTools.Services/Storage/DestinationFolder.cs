namespace PacsTools.Services.Storage;

/// <summary>The folder received files go below, and the last check that they do.</summary>
internal sealed class DestinationFolder
{
    private static readonly StringComparison s_comparison =
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly string _prefix;

    public DestinationFolder(string path)
    {
        FullPath = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        _prefix = Path.EndsInDirectorySeparator(FullPath) ? FullPath : FullPath + Path.DirectorySeparatorChar;
    }

    public string FullPath { get; }

    /// <summary>Makes the folder if it is not there, and makes sure that it can be written.</summary>
    /// <param name="flush">True to have the folders that were made survive a loss of power.</param>
    /// <exception cref="IOException">It cannot.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not.</exception>
    public void Prepare(bool flush = false)
    {
        var missing = new List<string>();
        for (var folder = FullPath; folder is not null && !Directory.Exists(folder); folder = Path.GetDirectoryName(folder))
            missing.Add(folder);
        Directory.CreateDirectory(FullPath);
        if (flush)
        {
            foreach (var made in missing)
                FileCommit.FlushFolder(Path.GetDirectoryName(made)!);
        }

        PartFile.Create(FullPath).Discard();
    }

    /// <summary>The full path of a place below the folder.</summary>
    /// <exception cref="IOException">The place is not below the folder. A layout never makes such a one; this is the second lock on the door.</exception>
    public string Combine(string relativePath)
    {
        var full = Path.GetFullPath(Path.Combine(_prefix, relativePath));
        return full.StartsWith(_prefix, s_comparison) && full.Length > _prefix.Length
            ? full
            : throw new IOException($"A received name leads out of the destination '{FullPath}' and was refused.");
    }

    /// <summary>Begins the file that is to have a path of <see cref="Combine"/>, making the folders on the way to it.</summary>
    /// <param name="path">The final path.</param>
    /// <param name="flush">True to have the folders that were made survive a loss of power.</param>
    /// <exception cref="IOException">It cannot be created, or a folder on the way is a symbolic link.</exception>
    /// <exception cref="UnauthorizedAccessException">It must not be created.</exception>
    public PartFile CreatePart(string path, bool flush)
    {
        var folder = Path.GetDirectoryName(path)!;
        if (PartFile.TryCreateWithoutLinks(folder) is { } part)
            return part;
        RefuseLinks(path);
        try
        {
            return PartFile.Create(folder);
        }
        catch (DirectoryNotFoundException)
        {
            // The destination itself is never made anew: if it went, an unmounted disk may be the reason.
            if (!Directory.Exists(FullPath))
                throw;
            Directory.CreateDirectory(folder);
        }

        if (flush)
        {
            for (var made = folder; made.Length > FullPath.Length; made = Path.GetDirectoryName(made)!)
                FileCommit.FlushFolder(Path.GetDirectoryName(made)!);
        }

        return PartFile.Create(folder);
    }

    /// <summary>Throws if a folder between the destination and a path of <see cref="Combine"/> is a symbolic link.</summary>
    /// <exception cref="IOException">One is.</exception>
    public void RefuseLinks(string full)
    {
        // The destination itself may be a link, that was its owner's choice. What is a link below it was put there to lead what is received elsewhere.
        for (var end = full.IndexOf(Path.DirectorySeparatorChar, _prefix.Length); end >= 0; end = full.IndexOf(Path.DirectorySeparatorChar, end + 1))
        {
            var folder = new DirectoryInfo(full[..end]);
            if (!folder.Exists && folder.LinkTarget is null)
                return;
            if (folder.LinkTarget is { } target)
                throw new IOException($"'{folder.FullName}' is a symbolic link to '{target}': nothing is received through links below the destination.");
        }
    }
}
