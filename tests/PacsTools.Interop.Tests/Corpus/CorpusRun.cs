using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;

namespace PacsTools.Interop.Tests.Corpus;

/// <summary>Reads many files with the engine and with DCMTK, and counts.</summary>
internal sealed class CorpusRun(CorpusOptions options, Action<string> write)
{
    private static readonly SearchValues<string> s_endOfCause = SearchValues.Create([" reading file", ": converting file", " value '"], StringComparison.Ordinal);

    private readonly ConcurrentDictionary<string, int> _known = new();
    private readonly ConcurrentDictionary<string, int> _refused = new();
    private readonly ConcurrentQueue<string> _unexplained = new();
    private int _files;
    private int _both;
    private int _neither;
    private int _elements;

    /// <summary>Compares every file.</summary>
    /// <returns>The differences for which the table has no reason.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(IEnumerable<CorpusFile> files)
    {
        await Parallel.ForEachAsync(files, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, async (file, _) => await CompareAsync(file).ConfigureAwait(false)).ConfigureAwait(false);
        write(string.Create(CultureInfo.InvariantCulture, $"{_files} files: both read {_both} with {_elements} elements at the top, only we {_refused.Values.Sum()}, neither {_neither}, differences without a reason {_unexplained.Count}"));
        foreach (var (reason, count) in _known.OrderByDescending(k => k.Value)) write(string.Create(CultureInfo.InvariantCulture, $"  {count,6} {reason}"));
        write("What DCMTK said of files which only we read:");
        foreach (var (cause, count) in _refused.OrderByDescending(k => k.Value)) write(string.Create(CultureInfo.InvariantCulture, $"  {count,6} {cause}"));
        return [.. _unexplained];
    }

    // The last line, without what differs from file to file.
    private static string Cause(string said)
    {
        var line = said.Split('\n')[^1];
        var end = line.AsSpan().IndexOfAny(s_endOfCause);
        return end < 0 ? line : line[..end];
    }

    private async Task CompareAsync(CorpusFile file)
    {
        var comparison = await FileComparison.OfAsync(file.Path).ConfigureAwait(false);
        Interlocked.Increment(ref _files);
        if (comparison is { WeRead: true, TheyRead: true })
        {
            Interlocked.Increment(ref _both);
            Interlocked.Add(ref _elements, comparison.Elements);
        }
        else if (comparison.WeRead)
            _refused.AddOrUpdate($"{file.Damage,-10} {Cause(comparison.Theirs)}", 1, (_, count) => count + 1);
        else if (!comparison.TheyRead)
            Interlocked.Increment(ref _neither);

        var isKept = false;
        foreach (var difference in comparison.Differences)
        {
            if (KnownDifference.Find(difference) is { } known)
            {
                _known.AddOrUpdate(known.Reason, 1, (_, count) => count + 1);
                continue;
            }

            _unexplained.Enqueue($"{file.Origin}: {difference}");
            isKept = true;
        }

        if (isKept && options.Keep is { } keep)
        {
            Directory.CreateDirectory(keep);
            File.Copy(file.Path, Path.Combine(keep, Path.GetFileName(file.Path)), overwrite: true);
        }

        if (options.Folder is null) File.Delete(file.Path);
    }
}
