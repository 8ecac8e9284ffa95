using System.IO.Enumeration;

namespace PacsTools.Services.Simulation;

/// <summary>
/// Takes every DICOM file below a folder into an index. Headers of a few hundred files are held at a time, whatever the size of the folder;
/// what is no DICOM file is passed over. Links to folders are not followed, since they may lead in circles.
/// </summary>
internal sealed class FolderScan(ArchiveIndex index, IJobLog log)
{
    private const int BatchSize = 256;
    private const string Activity = "Indexing";

    private string _folder = "";

    /// <summary>Files passed over because they are no instances.</summary>
    public int Skipped { get; private set; }

    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Run(string folder, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { CancellationToken = cancellationToken, MaxDegreeOfParallelism = Math.Min(4, Environment.ProcessorCount) };
        foreach (var batch in Files(folder).Chunk(BatchSize))
        {
            var headers = new InstanceHeader?[batch.Length];
            Parallel.For(0, batch.Length, options, i => headers[i] = HeaderReader.TryRead(batch[i]));

            // In the order of the folder, so that the same folder gives the same archive.
            Array.ForEach(headers, Take);
            log.Progress(new JobProgress(Activity, folder, index.InstanceCount));
        }

        log.Progress(new JobProgress(Activity, folder, index.InstanceCount, Completed: true));
    }

    private void Take(InstanceHeader? header)
    {
        if (header is null)
        {
            Skipped++;
            return;
        }

        // One string for all files of a folder.
        if (header.Folder != _folder)
            _folder = header.Folder;
        index.Add(header with { Folder = _folder });
    }

    private static FileSystemEnumerable<string> Files(string folder)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.None };
        return new FileSystemEnumerable<string>(folder, (ref FileSystemEntry entry) => entry.ToFullPath(), options)
        {
            // Pipes and devices have no length, and opening one may never return.
            ShouldIncludePredicate = (ref FileSystemEntry entry) => !entry.IsDirectory && entry.Length > 0,
            ShouldRecursePredicate = (ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) == 0,
        };
    }
}
