namespace PacsTools.Services.Nodes;

/// <summary>Where the registry of nodes lies: a file of this user's own configuration, or the one PACSTOOLS_NODES names.</summary>
/// <param name="File">Full path of the file.</param>
/// <param name="IsOurFolder">True if its folder is the product's own and may be closed to others.</param>
internal sealed record NodeStorePath(string File, bool IsOurFolder)
{
    public const string Variable = "PACSTOOLS_NODES";

    private const string FolderName = "PacsTools";
    private const string FileName = "nodes.json";

    public string Folder => Path.GetDirectoryName(File)!;

    /// <summary>The lock is a file of its own: the store itself is replaced as a whole.</summary>
    public string LockFile => File + ".lock";

    /// <summary>The place by the environment of this moment.</summary>
    /// <exception cref="NodeRegistryException">There is no place for it.</exception>
    public static NodeStorePath Resolve()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Trim() is { Length: > 0 } chosen)
            return new NodeStorePath(Path.GetFullPath(chosen), IsOurFolder: false);
        var root = Environment.GetEnvironmentVariable("XDG_CONFIG_HOME");
        // The XDG base directory specification has relative values ignored.
        if (string.IsNullOrEmpty(root) || !Path.IsPathFullyQualified(root))
            root = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return string.IsNullOrEmpty(root)
            ? throw new NodeRegistryException("NodeStore.CannotRead", "This user has no folder for configuration, so there is no registry of nodes.")
            {
                Advice = $"Set the environment variable {Variable} to the path of a file.",
            }
            : new NodeStorePath(Path.Combine(root, FolderName, FileName), IsOurFolder: true);
    }
}
