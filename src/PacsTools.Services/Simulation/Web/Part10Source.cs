using System.Buffers;
using PacsTools.Dicom.Files;

namespace PacsTools.Services.Simulation.Web;

/// <summary>A stored instance as a Part 10 file, whatever it is on disk: what has no file meta information gets one.</summary>
internal sealed class Part10Source : IDisposable
{
    private const int BufferSize = 256 << 10;
    private const int Preamble = 128;

    private readonly FileStream _file;
    private readonly byte[] _before;

    private Part10Source(FileStream file, byte[] before)
    {
        _file = file;
        _before = before;
    }

    /// <exception cref="HttpError">The file is gone.</exception>
    public static Part10Source Open(StoredInstance instance)
    {
        try
        {
            var file = new FileStream(instance.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0);
            Span<byte> start = stackalloc byte[Preamble + 4];
            if (file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start[Preamble..].SequenceEqual("DICM"u8))
            {
                file.Position = 0;
                return new Part10Source(file, []);
            }

            file.Position = instance.DatasetOffset;
            return new Part10Source(file, new FileMetaInformation
            {
                MediaStorageSOPClassUID = instance.SopClassUid,
                MediaStorageSOPInstanceUID = instance.SopInstanceUid,
                TransferSyntaxUID = instance.TransferSyntaxUid,
            }.Encode());
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HttpError(500, "the file of an instance cannot be read");
        }
    }

    public void CopyTo(Stream target)
    {
        target.Write(_before);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        try
        {
            while (_file.Read(buffer) is > 0 and var count)
                target.Write(buffer.AsSpan(0, count));
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _file.Dispose();
}
