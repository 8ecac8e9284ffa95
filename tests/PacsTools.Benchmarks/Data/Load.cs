using PacsTools.TestKit.Data;

namespace PacsTools.Benchmarks.Data;

/// <summary>Part 10 files of one SOP class in explicit VR little endian, to be sent.</summary>
internal sealed class Load(string name, string sopClassUID, string studyInstanceUID, IReadOnlyList<string> paths, string folder)
{
    public string Name => name;

    public string SOPClassUID => sopClassUID;

    public string StudyInstanceUID => studyInstanceUID;

    public IReadOnlyList<string> Paths => paths;

    public long Bytes { get; } = paths.Sum(p => new FileInfo(p).Length);

    /// <summary>True if the size of an instance, not their number, is what costs.</summary>
    public bool IsBulk => Bytes / paths.Count > 100_000;

    /// <summary>The first of them.</summary>
    public Load Take(int count) => count >= paths.Count ? this : new Load(name, sopClassUID, studyInstanceUID, [.. paths.Take(count)], folder);

    /// <summary>As many loads of equal size.</summary>
    public IReadOnlyList<Load> Split(int parts) =>
        [.. paths.Chunk((paths.Count + parts - 1) / parts).Select(c => new Load(name, sopClassUID, studyInstanceUID, c, folder))];

    /// <summary>A file that names them all, one a line, for a child process.</summary>
    public string ListFile()
    {
        string path = Path.Combine(folder, $"{name}-{paths.Count}-{TestUid.From(paths[0])[^8..]}.list");
        if (!File.Exists(path))
            File.WriteAllLines(path, paths);
        return path;
    }

    /// <summary>A file with every C-STORE request encoded in PDUs of 128 KiB, ready to be sent; made once.</summary>
    public string EncodedFile()
    {
        string path = Path.Combine(folder, $"{name}-{paths.Count}-{TestUid.From(paths[0])[^8..]}.pdus");
        if (!File.Exists(path))
            EncodedMessages.Write(path, this);
        return path;
    }
}
