using System.Management.Automation;

namespace PacsTools.Binding;

/// <summary>Paths as PowerShell understands them: relative to its location, with its drives and ~.</summary>
internal static class FileSystemPath
{
    /// <exception cref="Pipeline.TerminatingErrorException">The path leads to no file system.</exception>
    public static string Resolve(SessionState session, string path, string parameter)
    {
        var resolved = session.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == "FileSystem"
            ? resolved
            : throw Arguments.Invalid($"-{parameter} '{path}' leads to the provider {provider.Name}; give a path of the file system.", path);
    }

    /// <summary>The full path; null for a text that leads to no file system.</summary>
    public static string? TryResolve(SessionState session, string path)
    {
        try
        {
            var resolved = session.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            return provider.Name == "FileSystem" ? resolved : null;
        }
        catch (RuntimeException)
        {
            return null;
        }
    }
}
