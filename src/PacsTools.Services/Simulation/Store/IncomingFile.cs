using PacsTools.Dicom.Files;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>The file of an instance on its way in.</summary>
internal sealed class IncomingFile : IDatasetSink, IDisposable
{
    private readonly FileStream _stream;

    /// <exception cref="IOException">It cannot be written.</exception>
    public IncomingFile(string path, FileMetaInformation? meta)
    {
        Path = path;
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        if (meta is not null)
            _stream.Write(meta.Encode());
    }

    public string Path { get; }

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> slices)
    {
        foreach (var slice in slices)
            _stream.Write(slice.Span);
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    public void Write(ReadOnlySpan<byte> bytes) => _stream.Write(bytes);

    /// <summary>Completes the file.</summary>
    /// <exception cref="IOException">It cannot be.</exception>
    public void Close() => _stream.Dispose();

    /// <summary>Closes it and removes it, unless it was given another name.</summary>
    public void Dispose()
    {
        _stream.Dispose();
        File.Delete(Path);
    }
}
