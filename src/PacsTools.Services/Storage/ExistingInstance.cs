using System.Buffers;
using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Storage;

/// <summary>What lies at a place already, as far as comparing needs it.</summary>
internal sealed class ExistingInstance
{
    private const int ChunkLength = 256 * 1024;

    private readonly string _path;
    private readonly long _datasetOffset;

    private ExistingInstance(string path, FileHead head)
    {
        _path = path;
        _datasetOffset = head.DatasetOffset;
        DatasetLength = new FileInfo(path).Length - head.DatasetOffset;
        SopInstanceUid = head.SopInstanceUid;
        TransferSyntaxUid = head.TransferSyntaxUid;
    }

    public string? SopInstanceUid { get; }

    public string TransferSyntaxUid { get; }

    /// <summary>Bytes of its data set.</summary>
    public long DatasetLength { get; }

    /// <summary>Looks at a file; null if there is none or it is none of ours.</summary>
    public static ExistingInstance? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return FileHead.Read(path) is { } head ? new ExistingInstance(path, head) : null;
        }
        catch (Exception e) when (e is DicomDataException || StorageFault.IsFileSystem(e))
        {
            return null;
        }
    }

    /// <summary>True if the data set of another file is the same, byte for byte.</summary>
    public bool HasSameDataset(string otherPath, long otherOffset)
    {
        try
        {
            using var mine = File.OpenHandle(_path);
            using var other = File.OpenHandle(otherPath);
            var left = RandomAccess.GetLength(mine) - _datasetOffset;
            return left == RandomAccess.GetLength(other) - otherOffset && AreEqual(mine, _datasetOffset, other, otherOffset, left);
        }
        catch (Exception e) when (StorageFault.IsFileSystem(e))
        {
            // What cannot be read cannot be called the same.
            return false;
        }
    }

    private static bool AreEqual(Microsoft.Win32.SafeHandles.SafeFileHandle a, long offsetA, Microsoft.Win32.SafeHandles.SafeFileHandle b, long offsetB, long length)
    {
        var bufferA = ArrayPool<byte>.Shared.Rent(ChunkLength);
        var bufferB = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            for (long done = 0; done < length;)
            {
                var count = (int)Math.Min(ChunkLength, length - done);
                if (!ReadFully(a, bufferA.AsSpan(0, count), offsetA + done)
                    || !ReadFully(b, bufferB.AsSpan(0, count), offsetB + done)
                    || !bufferA.AsSpan(0, count).SequenceEqual(bufferB.AsSpan(0, count)))
                    return false;
                done += count;
            }

            return true;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bufferA);
            ArrayPool<byte>.Shared.Return(bufferB);
        }
    }

    private static bool ReadFully(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> buffer, long offset)
    {
        while (!buffer.IsEmpty)
        {
            var read = RandomAccess.Read(file, buffer, offset);
            if (read == 0)
                return false;
            buffer = buffer[read..];
            offset += read;
        }

        return true;
    }
}
