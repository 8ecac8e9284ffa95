using PacsTools.Dicom.Data;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Files;

public class FileMetaInformationTests
{
    [Fact]
    public void It_is_preamble_prefix_and_group_2_with_its_length()
    {
        byte[] bytes = new FileMetaInformation
        {
            MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2",
            MediaStorageSOPInstanceUID = "1.2.3",
            TransferSyntaxUID = "1.2.840.10008.1.2.1",
            ImplementationClassUID = "1.2.4",
            ImplementationVersionName = "ACME_1",
            SourceApplicationEntityTitle = "CT1",
            SendingApplicationEntityTitle = "CT2",
            ReceivingApplicationEntityTitle = "STORE",
            PrivateInformationCreatorUID = "1.2.5",
            PrivateInformation = new byte[] { 1, 2, 3 },
        }.Encode();

        // PS3.10 Table 7.1-1, explicit VR little endian.
        byte[] expected = Wire.Parse("""
            'DICM'
            0200 0000 'UL' 0400  BA000000
            0200 0100 'OB' 0000 02000000  00 01
            0200 0200 'UI' 1A00  '1.2.840.10008.5.1.4.1.1.2' 00
            0200 0300 'UI' 0600  '1.2.3' 00
            0200 1000 'UI' 1400  '1.2.840.10008.1.2.1' 00
            0200 1200 'UI' 0600  '1.2.4' 00
            0200 1300 'SH' 0600  'ACME_1'
            0200 1600 'AE' 0400  'CT1 '
            0200 1700 'AE' 0400  'CT2 '
            0200 1800 'AE' 0600  'STORE '
            0200 0001 'UI' 0600  '1.2.5' 00
            0200 0201 'OB' 0000 04000000  010203 00
            """);
        Assert.Equal(new byte[128], bytes[..128]);
        Assert.Equal(Convert.ToHexString(expected), Convert.ToHexString(bytes.AsSpan(128)));
    }

    [Fact]
    public void Who_wrote_it_is_this_implementation_unless_said_otherwise()
    {
        string text = System.Text.Encoding.Latin1.GetString(Complete().Encode());
        Assert.Contains(DicomUids.ImplementationClassUID, text, StringComparison.Ordinal);
        Assert.Contains(DicomUids.ImplementationVersionName, text, StringComparison.Ordinal);
        text = System.Text.Encoding.Latin1.GetString((Complete() with { ImplementationClassUID = "1.2.4" }).Encode());
        Assert.DoesNotContain(DicomUids.ImplementationVersionName, text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void What_PS3_10_requires_must_be_there(int missing)
    {
        FileMetaInformation meta = Complete();
        meta = missing switch
        {
            0 => meta with { MediaStorageSOPClassUID = null },
            1 => meta with { MediaStorageSOPInstanceUID = "" },
            _ => meta with { TransferSyntaxUID = null },
        };
        Assert.Throws<DicomDataException>(() => meta.Encode());
    }

    private static FileMetaInformation Complete() => new()
    {
        MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2",
        MediaStorageSOPInstanceUID = "1.2.3",
        TransferSyntaxUID = "1.2.840.10008.1.2.1",
    };
}
