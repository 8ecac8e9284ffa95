using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Files;

/// <summary>What stands before the data set of a file, and where that begins.</summary>
internal sealed record FileStart(FileMetaInformation Meta, TransferSyntax Syntax, long DatasetOffset)
{
    private const int PreambleLength = 128;
    private const int MaxMetaElements = 1000;
    private const long MaxMetaValue = 1 << 20;

    /// <summary>Looks at a file from its start.</summary>
    /// <exception cref="DicomDataException">It is no DICOM file.</exception>
    internal static FileStart Read(Stream stream)
    {
        byte[] first = new byte[FormSniffer.UsefulBytes];
        ReadOnlySpan<byte> start = first.AsSpan(0, stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false));
        if (start.Length > PreambleLength && start[PreambleLength..].StartsWith("DICM"u8)) return ReadMeta(stream, PreambleLength + 4);
        if (start.StartsWith("DICM"u8)) return ReadMeta(stream, 4);
        if (start.StartsWith("\x02\x00"u8)) return ReadMeta(stream, 0);
        TransferSyntax syntax = Sniff(start, stream.Length) ?? throw new DicomDataException("This is no DICOM file: it has no 'DICM' after 128 bytes and does not begin with a data set.", 0);
        return new FileStart(new FileMetaInformation(), syntax, 0);
    }

    private static FileStart ReadMeta(Stream stream, long offset)
    {
        stream.Position = offset;
        var input = new StreamInput(stream, offset);

        // PS3.10 7.1: group 0002 is explicit VR little endian. It ends where its elements do; its length is often wrong.
        DicomDataset group = DatasetReader.Read(input, TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions
        {
            StopBefore = FileMetaTags.AfterGroup,
            MaxElements = MaxMetaElements,
            DeferLongerThan = MaxMetaValue,
        });
        FileMetaInformation meta = FileMetaInformation.From(group);
        if (meta.TransferSyntaxUID is { } uid)
        {
            TransferSyntax syntax = TransferSyntax.Get(uid);
            return new FileStart(meta, syntax, syntax.IsDeflated ? AfterLength(group, offset, stream.Length) ?? input.Position : input.Position);
        }

        byte[] first = new byte[FormSniffer.UsefulBytes];
        long at = input.Position;
        stream.Position = at;
        int read = stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
        TransferSyntax sniffed = Sniff(first.AsSpan(0, read), stream.Length - at)
            ?? throw new DicomDataException("The file meta information has no transfer syntax, and the data set is in none that can be told.", at);
        return new FileStart(meta, sniffed, at);
    }

    // Deflated bytes can look like an element of group 0002, so there the length counts, if there is one.
    private static long? AfterLength(DicomDataset group, long offset, long fileLength) =>
        group.GetInt64(FileMetaTags.GroupLength) is >= 0 and { } length && length <= fileLength - offset - 12 ? offset + 12 + length : null;

    private static TransferSyntax? Sniff(ReadOnlySpan<byte> start, long room)
    {
        if (!FormSniffer.TryDetect(start, room, out ElementForm form)) return null;
        if (!form.IsExplicit) return TransferSyntax.ImplicitVRLittleEndian;
        return form.IsBigEndian ? TransferSyntax.ExplicitVRBigEndian : TransferSyntax.ExplicitVRLittleEndian;
    }
}
