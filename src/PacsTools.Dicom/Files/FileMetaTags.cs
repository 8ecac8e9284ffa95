using PacsTools.Dicom.Data;

namespace PacsTools.Dicom.Files;

/// <summary>Group 0002 (PS3.10 Table 7.1-1).</summary>
internal static class FileMetaTags
{
    internal const ushort Group = 0x0002;

    internal static readonly DicomTag GroupLength = new(Group, 0x0000);
    internal static readonly DicomTag FileMetaInformationVersion = new(Group, 0x0001);
    internal static readonly DicomTag MediaStorageSOPClassUID = new(Group, 0x0002);
    internal static readonly DicomTag MediaStorageSOPInstanceUID = new(Group, 0x0003);
    internal static readonly DicomTag TransferSyntaxUID = new(Group, 0x0010);
    internal static readonly DicomTag ImplementationClassUID = new(Group, 0x0012);
    internal static readonly DicomTag ImplementationVersionName = new(Group, 0x0013);
    internal static readonly DicomTag SourceApplicationEntityTitle = new(Group, 0x0016);
    internal static readonly DicomTag SendingApplicationEntityTitle = new(Group, 0x0017);
    internal static readonly DicomTag ReceivingApplicationEntityTitle = new(Group, 0x0018);
    internal static readonly DicomTag PrivateInformationCreatorUID = new(Group, 0x0100);
    internal static readonly DicomTag PrivateInformation = new(Group, 0x0102);
}
