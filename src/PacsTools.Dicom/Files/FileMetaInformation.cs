using System.Buffers.Binary;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Files;

/// <summary>The file meta information, group 0002 (PS3.10 7.1). Absent elements are null.</summary>
public sealed record FileMetaInformation
{
    /// <summary>Bytes before <c>DICM</c> (PS3.10 7.1).</summary>
    internal const int PreambleLength = 128;

    private const int GroupLengthLength = 12;

    /// <summary>SOP class of the data set, (0002,0002).</summary>
    public string? MediaStorageSOPClassUID { get; init; }

    /// <summary>SOP instance of the data set, (0002,0003).</summary>
    public string? MediaStorageSOPInstanceUID { get; init; }

    /// <summary>Transfer syntax of the data set, (0002,0010).</summary>
    public string? TransferSyntaxUID { get; init; }

    /// <summary>Who wrote the file, (0002,0012); null writes this implementation's.</summary>
    public string? ImplementationClassUID { get; init; }

    /// <summary>Version of who wrote the file, (0002,0013); with <see cref="ImplementationClassUID"/> null this implementation's.</summary>
    public string? ImplementationVersionName { get; init; }

    /// <summary>AE title of who wrote the file or made its content, (0002,0016).</summary>
    public string? SourceApplicationEntityTitle { get; init; }

    /// <summary>AE title which sent the data set over the network, (0002,0017).</summary>
    public string? SendingApplicationEntityTitle { get; init; }

    /// <summary>AE title which received the data set over the network, (0002,0018).</summary>
    public string? ReceivingApplicationEntityTitle { get; init; }

    /// <summary>Whose <see cref="PrivateInformation"/> it is, (0002,0100).</summary>
    public string? PrivateInformationCreatorUID { get; init; }

    /// <summary>Private information, (0002,0102).</summary>
    public ReadOnlyMemory<byte> PrivateInformation { get; init; }

    /// <summary>
    /// Writes the 128 bytes of preamble (zeros), <c>DICM</c> and group 0002 with its length: all that stands before the data set in a
    /// file.
    /// </summary>
    /// <exception cref="DicomDataException">SOP class, SOP instance or transfer syntax is missing. The association survives.</exception>
    public byte[] Encode()
    {
        byte[] group = DatasetWriter.Write(ToDataset(), TransferSyntax.ExplicitVRLittleEndian);
        byte[] bytes = new byte[PreambleLength + 4 + GroupLengthLength + group.Length];
        Span<byte> rest = bytes.AsSpan(PreambleLength);
        "DICM"u8.CopyTo(rest);

        // (0002,0000) UL, 4 bytes: the length of what follows it.
        ReadOnlySpan<byte> groupLength = [0x02, 0x00, 0x00, 0x00, (byte)'U', (byte)'L', 0x04, 0x00];
        groupLength.CopyTo(rest[4..]);
        BinaryPrimitives.WriteInt32LittleEndian(rest[12..], group.Length);
        group.CopyTo(rest[16..]);
        return bytes;
    }

    /// <summary>Takes what group 0002 says; the rest of a data set is ignored.</summary>
    internal static FileMetaInformation From(DicomDataset group) => new()
    {
        MediaStorageSOPClassUID = group.GetString(FileMetaTags.MediaStorageSOPClassUID),
        MediaStorageSOPInstanceUID = group.GetString(FileMetaTags.MediaStorageSOPInstanceUID),
        TransferSyntaxUID = group.GetString(FileMetaTags.TransferSyntaxUID),
        ImplementationClassUID = group.GetString(FileMetaTags.ImplementationClassUID),
        ImplementationVersionName = group.GetString(FileMetaTags.ImplementationVersionName),
        SourceApplicationEntityTitle = group.GetString(FileMetaTags.SourceApplicationEntityTitle),
        SendingApplicationEntityTitle = group.GetString(FileMetaTags.SendingApplicationEntityTitle),
        ReceivingApplicationEntityTitle = group.GetString(FileMetaTags.ReceivingApplicationEntityTitle),
        PrivateInformationCreatorUID = group.GetString(FileMetaTags.PrivateInformationCreatorUID),
        PrivateInformation = group[FileMetaTags.PrivateInformation]?.Value ?? default,
    };

    /// <summary>What is known of group 0002 as elements, without its length and version, for showing.</summary>
    public DicomDataset ToElements()
    {
        var group = new DicomDataset();
        Set(group, FileMetaTags.MediaStorageSOPClassUID, DicomVR.UI, MediaStorageSOPClassUID);
        Set(group, FileMetaTags.MediaStorageSOPInstanceUID, DicomVR.UI, MediaStorageSOPInstanceUID);
        Set(group, FileMetaTags.TransferSyntaxUID, DicomVR.UI, TransferSyntaxUID);
        Set(group, FileMetaTags.ImplementationClassUID, DicomVR.UI, ImplementationClassUID);
        Set(group, FileMetaTags.ImplementationVersionName, DicomVR.SH, ImplementationVersionName);
        SetOrigin(group);
        return group;
    }

    private DicomDataset ToDataset()
    {
        var group = new DicomDataset();
        group.SetBytes(FileMetaTags.FileMetaInformationVersion, DicomVR.OB, new byte[] { 0, 1 });
        SetRequired(FileMetaTags.MediaStorageSOPClassUID, MediaStorageSOPClassUID, nameof(MediaStorageSOPClassUID));
        SetRequired(FileMetaTags.MediaStorageSOPInstanceUID, MediaStorageSOPInstanceUID, nameof(MediaStorageSOPInstanceUID));
        SetRequired(FileMetaTags.TransferSyntaxUID, TransferSyntaxUID, nameof(TransferSyntaxUID));
        Set(group, FileMetaTags.ImplementationClassUID, DicomVR.UI, ImplementationClassUID ?? DicomUids.ImplementationClassUID);
        Set(group, FileMetaTags.ImplementationVersionName, DicomVR.SH, ImplementationClassUID is null ? DicomUids.ImplementationVersionName : ImplementationVersionName);
        SetOrigin(group);
        return group;

        void SetRequired(DicomTag tag, string? value, string name) =>
            Set(group, tag, DicomVR.UI, string.IsNullOrEmpty(value) ? throw new DicomDataException($"{name} {tag} is missing; PS3.10 7.1 requires it.") : value);
    }

    private void SetOrigin(DicomDataset group)
    {
        Set(group, FileMetaTags.SourceApplicationEntityTitle, DicomVR.AE, Title(SourceApplicationEntityTitle));
        Set(group, FileMetaTags.SendingApplicationEntityTitle, DicomVR.AE, Title(SendingApplicationEntityTitle));
        Set(group, FileMetaTags.ReceivingApplicationEntityTitle, DicomVR.AE, Title(ReceivingApplicationEntityTitle));
        Set(group, FileMetaTags.PrivateInformationCreatorUID, DicomVR.UI, PrivateInformationCreatorUID);
        if (!PrivateInformation.IsEmpty) group.SetBytes(FileMetaTags.PrivateInformation, DicomVR.OB, PrivateInformation);
    }

    // Type 3 all of them: what some peer called itself without its being a title is left out, and the file remains one.
    private static string? Title(string? title) => title is { Length: <= 16 } && !title.AsSpan().ContainsAnyExceptInRange(' ', '~') && !title.Contains('\\') ? title : null;

    private static void Set(DicomDataset group, DicomTag tag, DicomVR vr, string? value)
    {
        if (!string.IsNullOrEmpty(value)) group.SetString(tag, vr, value);
    }
}
