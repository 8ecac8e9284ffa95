#pragma warning disable CS1591 // Each name is the keyword of its attribute; PS3.6 and PS3.3 say what it holds.
namespace PacsTools.Dicom.Data;

/// <summary>Tags by their keywords in PS3.6: those an archive's tools meet. All others come from <see cref="DicomDictionary"/>.</summary>
/// <remarks>Properties rather than fields, so that the first use of one does not initialise a thousand.</remarks>
public static partial class DicomTags
{
    public static DicomTag CommandGroupLength => new(0x00000000);
    public static DicomTag AffectedSOPClassUID => new(0x00000002);
    public static DicomTag RequestedSOPClassUID => new(0x00000003);
    public static DicomTag CommandField => new(0x00000100);
    public static DicomTag MessageID => new(0x00000110);
    public static DicomTag MessageIDBeingRespondedTo => new(0x00000120);
    public static DicomTag MoveDestination => new(0x00000600);
    public static DicomTag Priority => new(0x00000700);
    public static DicomTag CommandDataSetType => new(0x00000800);
    public static DicomTag Status => new(0x00000900);
    public static DicomTag OffendingElement => new(0x00000901);
    public static DicomTag ErrorComment => new(0x00000902);
    public static DicomTag ErrorID => new(0x00000903);
    public static DicomTag AffectedSOPInstanceUID => new(0x00001000);
    public static DicomTag RequestedSOPInstanceUID => new(0x00001001);
    public static DicomTag EventTypeID => new(0x00001002);
    public static DicomTag AttributeIdentifierList => new(0x00001005);
    public static DicomTag ActionTypeID => new(0x00001008);
    public static DicomTag NumberOfRemainingSuboperations => new(0x00001020);
    public static DicomTag NumberOfCompletedSuboperations => new(0x00001021);
    public static DicomTag NumberOfFailedSuboperations => new(0x00001022);
    public static DicomTag NumberOfWarningSuboperations => new(0x00001023);
    public static DicomTag MoveOriginatorApplicationEntityTitle => new(0x00001030);
    public static DicomTag MoveOriginatorMessageID => new(0x00001031);
    public static DicomTag FileMetaInformationGroupLength => new(0x00020000);
    public static DicomTag FileMetaInformationVersion => new(0x00020001);
    public static DicomTag MediaStorageSOPClassUID => new(0x00020002);
    public static DicomTag MediaStorageSOPInstanceUID => new(0x00020003);
    public static DicomTag TransferSyntaxUID => new(0x00020010);
    public static DicomTag ImplementationClassUID => new(0x00020012);
    public static DicomTag ImplementationVersionName => new(0x00020013);
    public static DicomTag SourceApplicationEntityTitle => new(0x00020016);
    public static DicomTag SendingApplicationEntityTitle => new(0x00020017);
    public static DicomTag ReceivingApplicationEntityTitle => new(0x00020018);
    public static DicomTag SourcePresentationAddress => new(0x00020026);
    public static DicomTag SendingPresentationAddress => new(0x00020027);
    public static DicomTag ReceivingPresentationAddress => new(0x00020028);
    public static DicomTag RTVMetaInformationVersion => new(0x00020031);
    public static DicomTag RTVCommunicationSOPClassUID => new(0x00020032);
    public static DicomTag RTVCommunicationSOPInstanceUID => new(0x00020033);
    public static DicomTag RTVSourceIdentifier => new(0x00020035);
    public static DicomTag RTVFlowIdentifier => new(0x00020036);
    public static DicomTag RTVFlowRTPSamplingRate => new(0x00020037);
    public static DicomTag RTVFlowActualFrameDuration => new(0x00020038);
    public static DicomTag PrivateInformationCreatorUID => new(0x00020100);
    public static DicomTag PrivateInformation => new(0x00020102);
    public static DicomTag FileSetID => new(0x00041130);
    public static DicomTag FileSetDescriptorFileID => new(0x00041141);
    public static DicomTag SpecificCharacterSetOfFileSetDescriptorFile => new(0x00041142);
    public static DicomTag OffsetOfTheFirstDirectoryRecordOfTheRootDirectoryEntity => new(0x00041200);
    public static DicomTag OffsetOfTheLastDirectoryRecordOfTheRootDirectoryEntity => new(0x00041202);
    public static DicomTag FileSetConsistencyFlag => new(0x00041212);
    public static DicomTag DirectoryRecordSequence => new(0x00041220);
    public static DicomTag OffsetOfTheNextDirectoryRecord => new(0x00041400);
    public static DicomTag RecordInUseFlag => new(0x00041410);
    public static DicomTag OffsetOfReferencedLowerLevelDirectoryEntity => new(0x00041420);
    public static DicomTag DirectoryRecordType => new(0x00041430);
    public static DicomTag PrivateRecordUID => new(0x00041432);
    public static DicomTag ReferencedFileID => new(0x00041500);
    public static DicomTag ReferencedSOPClassUIDInFile => new(0x00041510);
    public static DicomTag ReferencedSOPInstanceUIDInFile => new(0x00041511);
    public static DicomTag ReferencedTransferSyntaxUIDInFile => new(0x00041512);
    public static DicomTag ReferencedRelatedGeneralSOPClassUIDInFile => new(0x0004151A);
}
