using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Encodings;

public class WriterVectorTests
{
    private static readonly DicomTag Private = new(0x0009, 0x1001);

    [Fact]
    public void Implicit_little_endian() => Check(Sample(), TransferSyntax.ImplicitVRLittleEndian, """
        0800 1800  06000000  '1.2.3' 00
        0800 6000  02000000  'CT'
        0800 1011  12000000
          FEFF 00E0 0A000000
            1000 2000 02000000 'A '
        1000 1000  04000000  'DOE '
        2800 1000  02000000  0002
        """);

    [Fact]
    public void Explicit_little_endian() => Check(Sample(), TransferSyntax.ExplicitVRLittleEndian, """
        0800 1800 'UI' 0600  '1.2.3' 00
        0800 6000 'CS' 0200  'CT'
        0800 1011 'SQ' 0000 12000000
          FEFF 00E0 0A000000
            1000 2000 'LO' 0200 'A '
        1000 1000 'PN' 0400  'DOE '
        2800 1000 'US' 0200  0002
        """);

    [Fact]
    public void Explicit_big_endian() => Check(Sample(), TransferSyntax.ExplicitVRBigEndian, """
        0008 0018 'UI' 0006  '1.2.3' 00
        0008 0060 'CS' 0002  'CT'
        0008 1110 'SQ' 0000 00000012
          FFFE E000 0000000A
            0010 0020 'LO' 0002 'A '
        0010 0010 'PN' 0004  'DOE '
        0028 0010 'US' 0002  0200
        """);

    [Fact]
    public void Undefined_lengths_end_with_delimiters()
    {
        var dataset = new DicomDataset();
        dataset.SetItems(DicomTags.ReferencedStudySequence, new DicomDataset());
        byte[] bytes = DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRLittleEndian, new DatasetWriteOptions { UndefinedLengths = true });
        Assert.Equal(Wire.Parse("0800 1011 'SQ' 0000 FFFFFFFF FEFF 00E0 FFFFFFFF FEFF 0DE0 00000000 FEFF DDE0 00000000"), bytes);
    }

    [Theory]
    [InlineData(DicomVR.UI, "'1'", "'1' 00")]
    [InlineData(DicomVR.OB, "01", "01 00")]
    [InlineData(DicomVR.UN, "01", "01 00")]
    [InlineData(DicomVR.LO, "'a'", "'a '")]
    [InlineData(DicomVR.UT, "'a'", "'a '")]
    [InlineData(DicomVR.DA, "'2024010'", "'2024010 '")]
    public void Odd_values_are_padded_as_the_VR_has_it(DicomVR vr, string value, string padded)
    {
        var dataset = new DicomDataset();
        dataset.SetBytes(Private, vr, Wire.Parse(value));
        byte[] bytes = DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(Wire.Parse(padded), bytes[(vr.HasLongLength() ? 12 : 8)..]);
    }

    [Theory]
    [InlineData(0xFFFE0001u)]
    [InlineData(0xFFFEE000u)]
    public void What_no_reader_takes_for_an_element_is_not_written(uint tag)
    {
        var dataset = new DicomDataset();
        dataset.Set(new DicomElement(new DicomTag(tag), DicomVR.UN, new byte[2]));
        foreach (bool undefined in (bool[])[true, false])
            Assert.Throws<DicomDataException>(() => DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRLittleEndian, new DatasetWriteOptions { UndefinedLengths = undefined }));
    }

    [Fact]
    public void Group_lengths_are_left_out_at_every_level()
    {
        DicomDataset dataset = DatasetReader.Read(Wire.Parse("""
            0800 0000 'UL' 0400 FF000000
            0800 6000 'CS' 0200 'CT'
            0800 1011 'SQ' 0000 1E000000
              FEFF 00E0 16000000  1000 0000 'UL' 0400 0A000000  1000 2000 'LO' 0200 'A '
            """), TransferSyntax.ExplicitVRLittleEndian);
        Assert.True(dataset.Contains(new DicomTag(0x0008, 0x0000)));
        Check(dataset, TransferSyntax.ExplicitVRLittleEndian, """
            0800 6000 'CS' 0200 'CT'
            0800 1011 'SQ' 0000 12000000
              FEFF 00E0 0A000000  1000 2000 'LO' 0200 'A '
            """);
    }

    [Theory]
    [InlineData(65534, "'LO' FEFF")]
    [InlineData(65535, "'UN' 0000 00000100")] // Padded it is 65536.
    [InlineData(65536, "'UN' 0000 00000100")]
    public void A_value_too_long_for_16_bits_is_written_as_UN(int length, string header)
    {
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.PatientID, new string('a', length));
        byte[] bytes = DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRLittleEndian);
        byte[] expected = Wire.Parse("1000 2000 " + header);
        Assert.Equal(expected, bytes[..expected.Length]);
        Assert.Equal(expected.Length + length + (length & 1), bytes.Length);
        DicomDataset read = DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(length, read.GetString(DicomTags.PatientID)!.Length);
    }

    [Fact]
    public void What_is_written_as_UN_stays_little_endian()
    {
        var numbers = new ushort[40_000];
        numbers[0] = 0x0102;
        var dataset = new DicomDataset();
        dataset.SetUInt16(DicomTags.RedPaletteColorLookupTableData, numbers);
        byte[] bytes = DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRBigEndian);
        Assert.Equal(Wire.Parse("0028 1201 'UN' 0000 00013880 02 01"), bytes[..14]);
    }

    [Fact]
    public void Long_values_in_big_endian_are_turned_around_whole()
    {
        var numbers = new ushort[40_000];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = (ushort)i;
        var dataset = new DicomDataset();
        dataset.SetBytes(DicomTags.PixelData, DicomVR.OW, System.Runtime.InteropServices.MemoryMarshal.AsBytes<ushort>(numbers).ToArray());
        DicomDataset read = DatasetReader.Read(DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRBigEndian), TransferSyntax.ExplicitVRBigEndian);
        Assert.Equal(numbers, read.GetValues<ushort>(DicomTags.PixelData));
    }

    [Fact]
    public void Fragments_are_written_even_and_delimited()
    {
        var dataset = new DicomDataset();
        dataset.Set(DicomElement.OfFragments(DicomTags.PixelData, default, new byte[] { 1, 2, 3 }));
        byte[] expected = Wire.Parse("""
            E07F 1000 'OB' 0000 FFFFFFFF
              FEFF 00E0 00000000
              FEFF 00E0 04000000 01020300
            FEFF DDE0 00000000
            """);
        Assert.Equal(expected, DatasetWriter.Write(dataset, TransferSyntax.JPEGBaseline8Bit));
        Assert.Throws<DicomDataException>(() => DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRLittleEndian));
    }

    [Fact]
    public void Native_pixels_do_not_go_under_an_encapsulated_syntax_but_those_of_an_icon_do()
    {
        var icon = new DicomDataset();
        icon.SetBytes(DicomTags.PixelData, DicomVR.OB, new byte[] { 1, 2 });
        var dataset = new DicomDataset();
        dataset.SetItems(DicomTags.IconImageSequence, icon);
        Assert.NotEmpty(DatasetWriter.Write(dataset, TransferSyntax.JPEGBaseline8Bit));
        dataset.SetBytes(DicomTags.PixelData, DicomVR.OB, new byte[] { 1, 2 });
        Assert.Throws<DicomDataException>(() => DatasetWriter.Write(dataset, TransferSyntax.JPEGBaseline8Bit));
    }

    [Fact]
    public void Deflated_is_even_and_reads_back()
    {
        // Texts of several lengths, so that odd and even deflated lengths occur.
        for (int length = 1; length < 20; length++)
        {
            var dataset = new DicomDataset();
            dataset.SetString(DicomTags.PatientID, new string('a', length));
            byte[] bytes = DatasetWriter.Write(dataset, TransferSyntax.DeflatedExplicitVRLittleEndian);
            Assert.Equal(0, bytes.Length % 2);
            Assert.Equal(length, DatasetReader.Read(bytes, TransferSyntax.DeflatedExplicitVRLittleEndian).GetString(DicomTags.PatientID)!.Length);
        }
    }

    [Fact]
    public void Text_is_in_the_character_set_of_the_data_set()
    {
        var item = new DicomDataset();
        item.SetString(DicomTags.PatientID, "ü");
        var dataset = new DicomDataset();
        dataset.SetItems(DicomTags.ReferencedStudySequence, item);
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        Check(dataset, TransferSyntax.ExplicitVRLittleEndian, """
            0800 0500 'CS' 0A00 'ISO_IR 192'
            0800 1011 'SQ' 0000 12000000 FEFF 00E0 0A000000 1000 2000 'LO' 0200 C3BC
            """);
        dataset.Remove(DicomTags.SpecificCharacterSet);
        Assert.Throws<DicomDataException>(() => DatasetWriter.Write(dataset, TransferSyntax.ExplicitVRLittleEndian));
    }

    private static DicomDataset Sample()
    {
        var item = new DicomDataset();
        item.SetString(DicomTags.PatientID, "A");
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.PatientName, "DOE");
        dataset.SetString(DicomTags.Modality, "CT");
        dataset.SetString(DicomTags.SOPInstanceUID, "1.2.3");
        dataset.SetItems(DicomTags.ReferencedStudySequence, item);
        dataset.SetUInt16(DicomTags.Rows, 512);
        return dataset;
    }

    private static void Check(DicomDataset dataset, TransferSyntax syntax, string expected) =>
        Assert.Equal(Convert.ToHexString(Wire.Parse(expected)), Convert.ToHexString(DatasetWriter.Write(dataset, syntax)));
}
