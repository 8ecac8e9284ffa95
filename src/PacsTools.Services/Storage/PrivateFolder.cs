namespace PacsTools.Services.Storage;

/// <summary>Folders that belong to this user alone: mode 0700, our own, and no symbolic link. On Windows the user's temporary folder is private by itself.</summary>
internal static class PrivateFolder
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>Makes sure of such a folder. False if the name is a link or another user's.</summary>
    public static bool TryCreate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return new DirectoryInfo(path).LinkTarget is null;
        }

        // A link is looked for before and after: in a folder everyone can write, names may change hands at any time.
        if (new DirectoryInfo(path).LinkTarget is not null)
            return false;
        Directory.CreateDirectory(path, OwnerOnly);
        return new DirectoryInfo(path).LinkTarget is null && IsOurs(path) && Close(path);
    }

    /// <summary>Makes a new folder inside one that is private already.</summary>
    public static void Create(string path)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(path);
        else
            Directory.CreateDirectory(path, OwnerOnly);
    }

    private static bool IsOurs(string path) => LinuxOwner.Of(path) is not { } owner || owner == LinuxFile.EffectiveUserId();

    // Only its owner may change a folder's mode, so this tells of the owner where nothing else does.
    private static bool Close(string path)
    {
        try
        {
            if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
                File.SetUnixFileMode(path, OwnerOnly);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
