using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Encodings;

public class ReaderVectorTests
{
    [Fact]
    public void Implicit_little_endian_takes_VRs_from_the_dictionary()
    {
        DicomDataset dataset = DatasetReader.Read(Wire.Parse("""
            0800 0500  0A000000  'ISO_IR 100'          # SpecificCharacterSet CS
            0800 6000  02000000  'CT'                  # Modality CS
            0900 1000  04000000  'ACME'                # private creator LO
            0900 0110  04000000  'a' 00 'b' 00         # private, unknown: UN
            1000 1000  06000000  'M' FC 'ller'         # PatientName PN
            2800 1000  02000000  0002                  # Rows US
            E07F 1000  04000000  01020304              # PixelData OB or OW: OW (PS3.5 A.1)
            """), TransferSyntax.ImplicitVRLittleEndian);
        Assert.Equal("CS CS LO UN PN US OW", string.Join(' ', dataset.Select(e => e.VR)));
        Assert.Equal("Müller", dataset.GetString(DicomTags.PatientName));
        Assert.Equal(512, dataset.GetInt32(DicomTags.Rows));
        Assert.Equal([1, 2, 3, 4], dataset[DicomTags.PixelData]!.Value.ToArray());
    }

    [Theory]
    [InlineData("0000", DicomVR.US)]
    [InlineData("0100", DicomVR.SS)]
    public void US_or_SS_follows_the_pixel_representation(string representation, DicomVR vr)
    {
        DicomDataset dataset = DatasetReader.Read(Wire.Parse($"""
            2800 0301  02000000  {representation}      # PixelRepresentation
            2800 0601  02000000  FFFF                  # SmallestImagePixelValue US or SS
            2800 1030  14000000                        # VOILUTSequence (0028,3010)
              FEFF 00E0 0C000000                       # an item
              2800 0230 04000000 FFFF 1000             # LUTDescriptor US or SS, as outside
            """), TransferSyntax.ImplicitVRLittleEndian);
        Assert.Equal(vr, dataset[DicomTags.SmallestImagePixelValue]!.VR);
        Assert.Equal(vr, dataset.GetItems(DicomTags.VOILUTSequence)[0][DicomTags.LUTDescriptor]!.VR);
    }

    [Fact]
    public void Explicit_little_endian_has_short_and_long_lengths()
    {
        DicomDataset dataset = DatasetReader.Read(Wire.Parse("""
            0800 0500 'CS' 0A00       'ISO_IR 192'
            0800 1900 'UR' 0000 0A000000 'http://a/ '  # long form, although text
            1000 1000 'PN' 0400       C3BC 'b '
            2800 1000 'US' 0200       0002
            2800 0301 'US' 0200       0000
            E07F 1000 'OB' 0000 04000000  01020304
            """), TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("CS UR PN US US OB", string.Join(' ', dataset.Select(e => e.VR)));
        Assert.Equal("üb", dataset.GetString(DicomTags.PatientName));
        Assert.Equal("http://a/", dataset.GetString(new DicomTag(0x0008, 0x0019)));
    }

    [Fact]
    public void Explicit_big_endian_turns_units_around_and_keeps_bytes()
    {
        DicomDataset dataset = DatasetReader.Read(Wire.Parse("""
            0008 0060 'CS' 0002            'CT'
            0009 1001 'UL' 0004            01020304
            0009 1002 'FD' 0008            3FF8000000000000
            0009 1003 'AT' 0004            0010 0020
            0009 1004 'UN' 0000 00000002   0102          # no units are known: stays
            0028 0010 'US' 0002            0200
            7FE0 0010 'OW' 0000 00000004   0102 0304
            """), TransferSyntax.ExplicitVRBigEndian);
        Assert.Equal("CT", dataset.GetString(DicomTags.Modality));
        Assert.Equal(0x01020304, dataset.GetInt32(new DicomTag(0x0009, 0x1001)));
        Assert.Equal(1.5, dataset.GetDouble(new DicomTag(0x0009, 0x1002)));
        Assert.Equal([DicomTags.PatientID], dataset.GetTags(new DicomTag(0x0009, 0x1003)));
        Assert.Equal([1, 2], dataset[new DicomTag(0x0009, 0x1004)]!.Value.ToArray());
        Assert.Equal(512, dataset.GetInt32(DicomTags.Rows));
        Assert.Equal([2, 1, 4, 3], dataset[DicomTags.PixelData]!.Value.ToArray());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Deflated_is_inflated_raw_or_with_the_zlib_header_some_write(bool zlib)
    {
        byte[] plain = Wire.Parse("0800 6000 'CS' 0200 'CT'  1000 2000 'LO' 0400 'ID1 '");
        using var deflated = new MemoryStream();
        using (Stream stream = zlib
            ? new System.IO.Compression.ZLibStream(deflated, System.IO.Compression.CompressionLevel.Optimal, true)
            : new System.IO.Compression.DeflateStream(deflated, System.IO.Compression.CompressionLevel.Optimal, true))
            stream.Write(plain);
        DicomDataset dataset = DatasetReader.Read(deflated.ToArray(), TransferSyntax.DeflatedExplicitVRLittleEndian);
        Assert.Equal(("CT", "ID1", 2), (dataset.GetString(DicomTags.Modality), dataset.GetString(DicomTags.PatientID), dataset.Count));
    }

    [Fact]
    public void Odd_lengths_are_accepted()
    {
        DicomDataset dataset = DatasetReader.Read(Wire.Parse("0800 6000 'CS' 0300 'CTX'  1000 2000 'LO' 0100 'A'"), TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(("CTX", "A"), (dataset.GetString(DicomTags.Modality), dataset.GetString(DicomTags.PatientID)));
    }

    [Fact]
    public void Encapsulated_pixel_data_is_fragments_after_the_offset_table()
    {
        DicomDataset dataset = DatasetReader.Read(Wire.Parse("""
            2800 1000 'US' 0200 0002
            E07F 1000 'OB' 0000 FFFFFFFF
              FEFF 00E0 04000000 00000000    # basic offset table
              FEFF 00E0 03000000 FFD8FF      # an odd fragment
              FEFF 00E0 00000000             # an empty one
            FEFF DDE0 00000000
            FCFF FCFF 'OB' 0000 02000000 0000 # DataSetTrailingPadding
            """), TransferSyntax.JPEGBaseline8Bit);
        IReadOnlyList<ReadOnlyMemory<byte>> fragments = dataset[DicomTags.PixelData]!.Fragments!;
        Assert.Equal(["00000000", "FFD8FF", ""], fragments.Select(fragment => Convert.ToHexString(fragment.Span)));
        Assert.Equal(-1, dataset[DicomTags.PixelData]!.Length);
        Assert.True(dataset.Contains(new DicomTag(0xFFFC, 0xFFFC)));
    }

    [Fact]
    public void Values_are_slices_of_the_bytes_given()
    {
        byte[] bytes = Wire.Parse("0800 6000 'CS' 0200 'CT'");
        DicomDataset dataset = DatasetReader.Read(bytes, TransferSyntax.ExplicitVRLittleEndian);
        Assert.True(dataset[DicomTags.Modality]!.Value.Span.Overlaps(bytes, out int offset));
        Assert.Equal(8, -offset);
    }

    [Fact]
    public void An_empty_data_set_has_no_elements() => Assert.Empty(DatasetReader.Read(default, TransferSyntax.ImplicitVRLittleEndian));
}
