using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Simulation;

/// <summary>The file of an instance on its way in.</summary>
internal sealed class IncomingFile : IDatasetSink, IDisposable
{
    private readonly FileStream _stream;
    private readonly HeaderScanner? _scanner;

    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="Dicom.Errors.DicomDataException">The meta information cannot stand in a file; there is none then.</exception>
    public IncomingFile(string path, FileMetaInformation? meta)
    {
        Path = path;
        var head = meta?.Encode() ?? [];
        _stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            _stream.Write(head);
        }
        catch
        {
            Dispose();
            throw;
        }

        if (meta?.TransferSyntaxUID is { } syntax)
            _scanner = new HeaderScanner(TransferSyntax.Get(syntax), []);
    }

    public string Path { get; }

    /// <summary>True if a data set that came alone cannot be all of it.</summary>
    public bool IsBrokenOff => _scanner is { IsBrokenOff: true };

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> slices)
    {
        foreach (var slice in slices)
        {
            _scanner?.Advance(slice.Span);
            _stream.Write(slice.Span);
        }
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
