using System.Buffers.Binary;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;

namespace PacsTools.Services.Sending;

/// <summary>
/// A data set in another native transfer syntax. Between little endian ones the bytes of its pixels are the same, so that large ones
/// stay on disk; what has to be held for another reason is held if it is not too large.
/// </summary>
internal static class ConvertedDataset
{
    private const long LargeValue = 1 << 20;

    /// <summary>The most that is converted in memory, where it stands twice for a moment.</summary>
    private const long MostHeld = 512L << 20;

    private static readonly DicomTag s_pixelData = new(0x7FE0, 0x0010);

    /// <exception cref="DicomDataException">It cannot be written so.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Stream Open(OutgoingFile file, TransferSyntax target)
    {
        if (!file.IsMisencoded && !Reverses(file.Syntax) && !Reverses(target))
        {
            var header = DicomFile.Open(file.Path, new DicomFileReadOptions { ReadPixelData = true, DeferLongerThan = LargeValue });
            if (header.Dataset[s_pixelData] is { IsDeferred: true, Length: > 0 } pixels && header.Dataset.Count(e => e.IsDeferred) == 1 && TryJoin(file, header.Dataset, pixels, target) is { } joined)
            {
                return joined;
            }
        }

        var length = new FileInfo(file.Path).Length;
        if (length > MostHeld)
        {
            throw new DicomDataException($"it has {length >> 20} MiB, and only {MostHeld >> 20} are converted in memory");
        }

        var whole = DicomFile.Open(file.Path, new DicomFileReadOptions { ReadPixelData = true });
        return new MemoryStream(DatasetWriter.Write(whole.Dataset, target), writable: false);
    }

    // Byte order, or deflating, changes every byte of the pixels.
    private static bool Reverses(TransferSyntax syntax) => syntax.IsPixelDataBigEndian || syntax.IsDeflated;

    private static JoinedStream? TryJoin(OutgoingFile file, DicomDataset dataset, DicomElement pixels, TransferSyntax target)
    {
        byte[] before, after;
        try
        {
            before = [.. DatasetWriter.Write(Part(dataset, e => e.Tag < s_pixelData), target), .. Header(pixels, target)];
            after = [.. new byte[pixels.Length & 1], .. DatasetWriter.Write(Part(dataset, e => e.Tag > s_pixelData), target)];
        }
        catch (DicomDataException)
        {
            // A large value within a sequence was not loaded: that takes the whole.
            return null;
        }

        return new JoinedStream(before, new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0), pixels.ValueOffset, pixels.Length, after);
    }

    private static DicomDataset Part(DicomDataset dataset, Func<DicomElement, bool> belongs)
    {
        var part = new DicomDataset();
        foreach (var element in dataset.Where(belongs))
        {
            part.Set(element);
        }

        return part;
    }

    // PS3.5 7.1.2, 7.1.3; little endian, the length even.
    private static byte[] Header(DicomElement pixels, TransferSyntax target)
    {
        var header = new byte[target.IsExplicitVR ? 12 : 8];
        BinaryPrimitives.WriteUInt16LittleEndian(header, pixels.Tag.Group);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(2), pixels.Tag.Element);
        if (target.IsExplicitVR)
        {
            System.Text.Encoding.ASCII.GetBytes(pixels.VR.ToCode(), header.AsSpan(4));
        }

        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(header.Length - 4), (uint)(pixels.Length + (pixels.Length & 1)));
        return header;
    }
}
