using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Files;

/// <summary>What stands before the data set of a file, and where that begins.</summary>
internal sealed record FileStart(FileMetaInformation Meta, TransferSyntax Syntax, long DatasetOffset)
{
    private const int MaxMetaElements = 1000;
    // What is loaded of it, in one value or in all.
    private const long MaxMetaBytes = 1 << 20;

    // Group 0002 is hardly ever longer.
    private const int MetaWindow = 1 << 10;

    /// <summary>Looks at a file from its start.</summary>
    /// <exception cref="DicomDataException">It is no DICOM file.</exception>
    internal static FileStart Read(Stream stream)
    {
        byte[] first = new byte[FormSniffer.UsefulBytes];
        ReadOnlySpan<byte> start = first.AsSpan(0, stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false));
        if (start.Length > FileMetaInformation.PreambleLength && start[FileMetaInformation.PreambleLength..].StartsWith("DICM"u8)) return ReadMeta(stream, FileMetaInformation.PreambleLength + 4);
        if (start.StartsWith("DICM"u8)) return ReadMeta(stream, 4);
        if (start.StartsWith("\x02\x00"u8)) return ReadMeta(stream, 0);
        TransferSyntax syntax = Sniff(start, stream.Length) ?? throw new DicomDataException("This is no DICOM file: it has no 'DICM' after 128 bytes and does not begin with a data set.", 0);
        return new FileStart(new FileMetaInformation(), syntax, 0);
    }

    private static FileStart ReadMeta(Stream stream, long offset)
    {
        (DicomDataset group, long end) = ReadGroup(stream, offset);

        // The length of group 0002 is often wrong, so its elements count. They may be broken though, and deflated bytes can look like one.
        if (LengthEnd(group, offset, stream.Length) is { } next && next != end && !IsDatasetAt(stream, end, group)
            && ReadUpTo(stream, offset, next) is var whole && IsDatasetAt(stream, next, whole))
        {
            (group, end) = (whole, next);
        }

        FileMetaInformation meta = FileMetaInformation.From(group);
        if (meta.TransferSyntaxUID is { } uid) return new FileStart(meta, TransferSyntax.Get(uid), end);
        ReadOnlySpan<byte> start = StartAt(stream, end);
        if (Sniff(start, stream.Length - end) is { } sniffed) return new FileStart(meta, sniffed, end);
        return FormSniffer.TryGuess(start, out ElementForm form)
            ? new FileStart(meta, SyntaxOf(form), end)
            : throw new DicomDataException("The file meta information has no transfer syntax, and there is no data set after it.", end);
    }

    // PS3.10 7.1: group 0002 is explicit VR little endian.
    private static (DicomDataset Group, long End) ReadGroup(Stream stream, long offset)
    {
        stream.Position = offset;
        DatasetInput input = DatasetInput.Of(stream, offset, MetaWindow);
        DicomDataset group = DatasetReader.Read(input, TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions
        {
            OnlyGroup = FileMetaTags.Group,
            MaxElements = MaxMetaElements,
            DeferLongerThan = MaxMetaBytes,
            MaxLoadedBytes = MaxMetaBytes,
        });
        return (group, input.Position);
    }

    private static DicomDataset ReadUpTo(Stream stream, long offset, long end)
    {
        byte[] bytes = new byte[Math.Min(end - offset, MaxMetaBytes)];
        stream.Position = offset;
        stream.ReadExactly(bytes);
        return DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions { Lenient = true, MaxElements = MaxMetaElements });
    }

    private static long? LengthEnd(DicomDataset group, long offset, long fileLength) =>
        group.GetInt64(FileMetaTags.GroupLength) is >= 0 and { } length && length <= fileLength - offset - 12 ? offset + 12 + length : null;

    private static bool IsDatasetAt(Stream stream, long place, DicomDataset group)
    {
        string? uid = group.GetString(FileMetaTags.TransferSyntaxUID);
        if (uid is null || !TransferSyntax.Get(uid).IsDeflated)
        {
            // Group 0000 is no part of a file, but what a broken (0002,xxxx) may look like.
            ReadOnlySpan<byte> start = StartAt(stream, place);
            return !start.StartsWith("\0\0"u8) && Sniff(start, stream.Length - place) is not null;
        }

        stream.Position = place;
        using Stream inflating = Inflation.Open(stream);
        byte[] first = new byte[FormSniffer.UsefulBytes];
        try
        {
            int read = inflating.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            return Sniff(first.AsSpan(0, read), long.MaxValue) is not null;
        }
        catch (Exception e) when (Inflation.IsBroken(e))
        {
            return false;
        }
    }

    private static ReadOnlySpan<byte> StartAt(Stream stream, long place)
    {
        byte[] first = new byte[FormSniffer.UsefulBytes];
        stream.Position = place;
        return first.AsSpan(0, stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false));
    }

    private static TransferSyntax? Sniff(ReadOnlySpan<byte> start, long room) => FormSniffer.TryDetect(start, room, out ElementForm form) ? SyntaxOf(form) : null;

    private static TransferSyntax SyntaxOf(ElementForm form)
    {
        if (!form.IsExplicit) return TransferSyntax.ImplicitVRLittleEndian;
        return form.IsBigEndian ? TransferSyntax.ExplicitVRBigEndian : TransferSyntax.ExplicitVRLittleEndian;
    }
}
