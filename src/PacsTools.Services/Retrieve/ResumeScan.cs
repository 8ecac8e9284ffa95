using PacsTools.Dicom.Data;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>Finds which of the expected instances lie whole in the destination already. A name alone says nothing: each file is read through.</summary>
internal sealed class ResumeScan(RetrieveRequest request, ReceiveTarget target)
{
    private static readonly HashSet<DicomTag> s_known = [DicomTags.StudyInstanceUID, DicomTags.SeriesInstanceUID, DicomTags.SOPInstanceUID];

    private readonly HashSet<string> _tidied = new(StringComparer.Ordinal);

    public IEnumerable<DicomInstanceFile> Find(ExpectedSet set, CancellationToken cancellationToken)
    {
        var candidates = target.Layout.WantedTags.All(s_known.Contains) ? ByLayout(set) : BySearch(set, cancellationToken);
        HashSet<string> found = new(StringComparer.Ordinal);
        foreach (var (instance, path) in candidates)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (found.Contains(instance.SOPInstanceUID) || WholeFile.Check(path, request.StudyInstanceUID, instance.SeriesInstanceUID, instance.SOPInstanceUID) is not { } syntax)
                continue;
            found.Add(instance.SOPInstanceUID);
            yield return new DicomInstanceFile
            {
                Path = path,
                SOPInstanceUID = instance.SOPInstanceUID,
                SOPClassUID = instance.SOPClassUID,
                SeriesInstanceUID = instance.SeriesInstanceUID,
                StudyInstanceUID = request.StudyInstanceUID,
                PatientID = request.PatientID,
                TransferSyntaxUID = syntax,
                Length = new FileInfo(path).Length,
                Outcome = InstanceOutcome.Duplicate,
                Method = "None",
                Node = request.Node,
            };
        }
    }

    private IEnumerable<(ExpectedInstance Instance, string Path)> ByLayout(ExpectedSet set)
    {
        foreach (var instance in set.Instances.Values)
        {
            var place = target.Layout.Resolve(tag => tag == DicomTags.StudyInstanceUID ? request.StudyInstanceUID
                : tag == DicomTags.SeriesInstanceUID ? instance.SeriesInstanceUID
                : instance.SOPInstanceUID);
            var path = target.Folder.Combine(place.RelativePath);
            target.Folder.RefuseLinks(path);
            // Beside one that is damaged a whole one may have been kept.
            RemoveLeftovers(Path.GetDirectoryName(path)!);
            for (var (number, name) = (1, path); File.Exists(name); name = InstanceFileWriter.WithSuffix(path, ++number))
                yield return (instance, name);
        }
    }

    // The layout needs attributes that only the instances themselves have: whatever is there is looked at.
    private IEnumerable<(ExpectedInstance Instance, string Path)> BySearch(ExpectedSet set, CancellationToken cancellationToken)
    {
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true };
        foreach (var path in Directory.EnumerateFiles(target.Folder.FullPath, "*", options))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // What bears no final name yet is not here, even if all of it came.
            if (path.EndsWith(PartFileName.Extension, StringComparison.Ordinal))
            {
                RemoveIfLeftover(path);
                continue;
            }

            if (ExistingInstance.Read(path)?.SopInstanceUid is { } uid && set.Instances.TryGetValue(uid, out var instance))
                yield return (instance, path);
        }
    }

    // Half received by a process that was killed: nobody else will ever come back for it.
    private void RemoveLeftovers(string folder)
    {
        if (!_tidied.Add(folder) || !Directory.Exists(folder))
            return;
        foreach (var path in Directory.EnumerateFiles(folder, "~*" + PartFileName.Extension))
            RemoveIfLeftover(path);
    }

    private static void RemoveIfLeftover(string path)
    {
        if (!PartFileName.IsLeftover(Path.GetFileName(path)))
            return;
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            // It takes room, no more.
        }
    }
}
