using System.Management.Automation;
using PacsTools.Pipeline;

namespace PacsTools.Binding;

/// <summary>From the paths people give, with wildcards and PowerShell's drives, to files.</summary>
internal static class FileInputs
{
    // Links to folders are not followed: they may lead in circles.
    private static readonly EnumerationOptions s_one = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <summary>Finds what a path means. On the pipeline thread only.</summary>
    /// <param name="session">Knows location and drives.</param>
    /// <param name="path">The path.</param>
    /// <param name="literal">True to take it as it is, false to expand wildcards; null to expand them only if nothing bears that very name.</param>
    /// <param name="errors">Takes what was not found.</param>
    /// <param name="notFound">The id of the error for what was not found.</param>
    /// <returns>Full paths of files and folders; empty if an error was added.</returns>
    public static IReadOnlyList<string> Resolve(SessionState session, string path, bool? literal, ICollection<ErrorRecord> errors, string notFound)
    {
        try
        {
            var exact = session.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
            if (provider.Name != "FileSystem") return NotFound($"'{path}' leads to the provider {provider.Name}; only files can be read.");
            var exists = literal is not false && (File.Exists(exact) || Directory.Exists(exact));
            if (exists || literal is true) return exists ? [exact] : NotFound($"There is no file or folder '{exact}'.");
            var found = session.Path.GetResolvedProviderPathFromPSPath(path, out _);
            return found.Count > 0 ? [.. found] : NotFound($"Nothing matches '{path}'.");
        }
        catch (RuntimeException e)
        {
            return NotFound(e.Message);
        }

        IReadOnlyList<string> NotFound(string message)
        {
            errors.Add(ErrorMap.Create(new FileNotFoundException(message), notFound, ErrorCategory.ObjectNotFound, path, advice: null));
            return [];
        }
    }

    /// <summary>The files of a folder by name, with those below it if asked for; a file is itself.</summary>
    /// <param name="path">A file or folder.</param>
    /// <param name="recurse">True for what is below too.</param>
    /// <param name="unreadable">Told of folders that cannot be read; the rest goes on.</param>
    public static IEnumerable<string> Expand(string path, bool recurse, Action<string, Exception> unreadable)
    {
        if (!Directory.Exists(path))
        {
            yield return path;
            yield break;
        }

        var folders = new Stack<string>([path]);
        while (folders.TryPop(out var folder))
        {
            string[] files = [], below = [];
            // All of a folder is looked up before its first file is handed on: what becomes of that may take hours, and folders come and go meanwhile.
            try
            {
                files = Directory.GetFiles(folder, "*", s_one);
                if (recurse) below = [.. new DirectoryInfo(folder).GetDirectories("*", s_one).Where(d => !d.Attributes.HasFlag(FileAttributes.ReparsePoint)).Select(d => d.FullName)];
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                unreadable(folder, e);
            }

            Array.Sort(files, StringComparer.Ordinal);
            foreach (var file in files) yield return file;
            Array.Sort(below, StringComparer.Ordinal);
            foreach (var next in below.Reverse()) folders.Push(next);
        }
    }
}
