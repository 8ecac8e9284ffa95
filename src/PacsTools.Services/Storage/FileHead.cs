using System.Buffers.Binary;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;

namespace PacsTools.Services.Storage;

/// <summary>What the head of a file says of its instance, and where the data set begins.</summary>
internal sealed record FileHead(string? SopInstanceUid, string TransferSyntaxUid, long DatasetOffset)
{
    // Preamble, DICM and (0002,0000) UL with its value (PS3.10 7.1).
    private const int FixedLength = 144;
    private const int MaxMetaLength = 64 * 1024;

    /// <summary>Reads the head.</summary>
    /// <exception cref="DicomDataException">The file is no DICOM file.</exception>
    public static FileHead? Read(string path) => ReadOwn(path) ?? ReadAny(path);

    // Files as we write them: the group length is right, and so the data set behind may be anything, even what nobody can decode.
    private static FileHead? ReadOwn(string path)
    {
        using var file = File.OpenHandle(path);
        Span<byte> start = stackalloc byte[FixedLength];
        if (RandomAccess.Read(file, start, 0) != FixedLength || !start[128..].StartsWith("DICM\u0002\u0000\u0000\u0000UL\u0004\u0000"u8))
            return null;
        var length = BinaryPrimitives.ReadUInt32LittleEndian(start[140..]);
        if (length > MaxMetaLength)
            return null;
        var meta = new byte[length];
        if (RandomAccess.Read(file, meta, FixedLength) != length)
            return null;
        try
        {
            var group = DatasetReader.Read(meta, TransferSyntax.ExplicitVRLittleEndian);
            return group.All(e => e.Tag.Group == 2) && group.GetString(DicomTags.TransferSyntaxUID) is { } syntax
                ? new FileHead(group.GetString(DicomTags.MediaStorageSOPInstanceUID), syntax, FixedLength + length)
                : null;
        }
        catch (DicomDataException)
        {
            return null;
        }
    }

    private static FileHead ReadAny(string path)
    {
        var file = DicomFile.Open(path, new DicomFileReadOptions { StopBefore = new DicomTag(0x0003, 0), Lenient = true });
        return new FileHead(file.FileMeta.MediaStorageSOPInstanceUID, file.TransferSyntax.UID, file.DatasetOffset);
    }
}
