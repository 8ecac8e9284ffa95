using System.Management.Automation;

namespace PacsTools.Binding;

/// <summary>The paths of one input object after another, and what was wrong with them.</summary>
/// <param name="session">Knows location and drives.</param>
/// <param name="notFound">The id of the error for a path that leads nowhere.</param>
/// <param name="unreadable">Makes the error for a folder that cannot be read.</param>
internal sealed class InputPaths(SessionState session, string notFound, Func<string, Exception, ErrorRecord> unreadable)
{
    private readonly List<string> _found = [];
    private readonly List<ErrorRecord> _errors = [];

    /// <summary>Looks up the paths of an input object, instead of the one before; on the pipeline's thread.</summary>
    /// <param name="literal">What -LiteralPath holds.</param>
    /// <param name="literalIsPiped">Whether it came from the pipeline.</param>
    /// <param name="paths">What -Path holds.</param>
    /// <param name="pathsArePiped">Whether it came from the pipeline.</param>
    /// <param name="recurse">Whether folders from the pipeline are entered: Get-ChildItem emits them beside their files.</param>
    public void Take(string[] literal, bool literalIsPiped, string[] paths, bool pathsArePiped, bool recurse)
    {
        _found.Clear();
        _errors.Clear();
        foreach (var path in literal) Find(path, true, literalIsPiped && !recurse);

        // An object with both is one file: PowerShell binds each of its properties.
        if (literal.Length > 0 && literalIsPiped && pathsArePiped) return;
        foreach (var path in paths) Find(path, pathsArePiped ? null : false, pathsArePiped && !recurse);
    }

    /// <summary>The files, those of folders one by one. What cannot be read is noted for <see cref="TakeErrors"/>.</summary>
    public IEnumerable<string> Files(bool recurse) => _found.SelectMany(f => FileInputs.Expand(f, recurse, (folder, reason) => _errors.Add(unreadable(folder, reason))));

    /// <summary>What was not found or could not be read since the last call.</summary>
    public IReadOnlyList<ErrorRecord> TakeErrors()
    {
        ErrorRecord[] errors = [.. _errors];
        _errors.Clear();
        return errors;
    }

    private void Find(string path, bool? literal, bool filesOnly) =>
        _found.AddRange(FileInputs.Resolve(session, path, literal, _errors, notFound).Where(f => !filesOnly || !Directory.Exists(f)));
}
