using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Encodings;

public class SequenceTests
{
    private static readonly DicomTag Private = new(0x0009, 0x1001);

    // PS3.5 Tables 7.5-1 to 7.5-3, with ReferencedStudySequence (0008,1110).
    public static TheoryData<string, string> Lengths => new()
    {
        {
            "sequence and items of known length", """
            0800 1011 'SQ' 0000 2A000000
              FEFF 00E0 0A000000  1000 2000 'LO' 0200 'A '
              FEFF 00E0 00000000
              FEFF 00E0 08000000  1000 2000 'LO' 0000
            """
        },
        {
            "sequence of unknown, items of known length", """
            0800 1011 'SQ' 0000 FFFFFFFF
              FEFF 00E0 0A000000  1000 2000 'LO' 0200 'A '
              FEFF 00E0 00000000
              FEFF 00E0 08000000  1000 2000 'LO' 0000
            FEFF DDE0 00000000
            """
        },
        {
            "sequence and items of unknown length", """
            0800 1011 'SQ' 0000 FFFFFFFF
              FEFF 00E0 FFFFFFFF  1000 2000 'LO' 0200 'A '  FEFF 0DE0 00000000
              FEFF 00E0 FFFFFFFF  FEFF 0DE0 00000000
              FEFF 00E0 FFFFFFFF  1000 2000 'LO' 0000  FEFF 0DE0 00000000
            FEFF DDE0 00000000
            """
        },
        {
            "sequence of known length with items of unknown, and a delimiter nobody asked for", """
            0800 1011 'SQ' 0000 4A000000
              FEFF 00E0 FFFFFFFF  1000 2000 'LO' 0200 'A '  FEFF 0DE0 00000000
              FEFF 00E0 FFFFFFFF  FEFF 0DE0 00000000
              FEFF 00E0 FFFFFFFF  1000 2000 'LO' 0000  FEFF 0DE0 00000000
            FEFF DDE0 00000000
            """
        },
    };

    [Theory]
    [MemberData(nameof(Lengths))]
    public void Every_way_to_say_where_items_end_is_read(string how, string bytes)
    {
        byte[] all = [.. Wire.Parse(bytes), .. Wire.Parse("1000 2000 'LO' 0600 'behind'")];
        DicomDataset dataset = DatasetReader.Read(all, TransferSyntax.ExplicitVRLittleEndian);
        IReadOnlyList<DicomDataset> items = dataset.GetItems(DicomTags.ReferencedStudySequence);
        Assert.True(items.Count == 3, how);
        Assert.Equal(["A", null, null], items.Select(item => item.GetString(DicomTags.PatientID)));
        Assert.Equal([1, 0, 1], items.Select(item => item.Count));
        Assert.Equal("behind", dataset.GetString(DicomTags.PatientID));
    }

    [Fact]
    public void An_empty_sequence_has_no_items()
    {
        foreach (string bytes in (string[])["0800 1011 'SQ' 0000 00000000", "0800 1011 'SQ' 0000 FFFFFFFF FEFF DDE0 00000000"])
        {
            DicomDataset dataset = DatasetReader.Read(Wire.Parse(bytes), TransferSyntax.ExplicitVRLittleEndian);
            Assert.Empty(dataset[DicomTags.ReferencedStudySequence]!.Items!);
        }
    }

    [Fact]
    public void UN_of_unknown_length_is_a_sequence_in_implicit_little_endian()
    {
        // PS3.5 6.2.2 note 4 (CP-246), here within big endian, where it is little endian all the same.
        DicomDataset dataset = DatasetReader.Read(Wire.Parse("""
            0008 0060 'CS' 0002 'CT'
            0009 1001 'UN' 0000 FFFFFFFF
              FEFF 00E0 FFFFFFFF
                2800 1000 02000000 0002
                0900 0210 FFFFFFFF           # unknown and of unknown length: a sequence too
                  FEFF 00E0 00000000
                FEFF DDE0 00000000
              FEFF 0DE0 00000000
            FEFF DDE0 00000000
            0010 0020 'LO' 0002 'A '         # and explicit big endian again
            """), TransferSyntax.ExplicitVRBigEndian);
        DicomDataset item = Assert.Single(dataset.GetItems(Private));
        Assert.Equal(512, item.GetInt32(DicomTags.Rows));
        Assert.Single(item.GetItems(new DicomTag(0x0009, 0x1002)));
        Assert.Equal("A", dataset.GetString(DicomTags.PatientID));
    }

    [Fact]
    public void A_known_sequence_sent_as_UN_is_read_as_what_it_is()
    {
        DicomDataset dataset = DatasetReader.Read(Wire.Parse("""
            0800 1011 'UN' 0000 12000000
              FEFF 00E0 0A000000 1000 2000 02000000 'A '
            """), TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("A", Assert.Single(dataset.GetItems(DicomTags.ReferencedStudySequence)).GetString(DicomTags.PatientID));
    }

    [Fact]
    public void A_known_sequence_sent_as_UN_which_is_none_stays_bytes()
    {
        var problems = new List<DatasetProblem>();
        DicomDataset dataset = DatasetReader.Read(
            Wire.Parse("0800 1011 'UN' 0000 0A000000 'not items!' 1000 2000 'LO' 0200 'A '"),
            TransferSyntax.ExplicitVRLittleEndian,
            new DatasetReadOptions { Problems = problems });
        DicomElement element = dataset[DicomTags.ReferencedStudySequence]!;
        Assert.Equal((DicomVR.UN, 10L), (element.VR, element.Length));
        Assert.Equal("A", dataset.GetString(DicomTags.PatientID));
        Assert.Single(problems);
    }

    [Theory]
    [InlineData("an element where an item belongs", "0800 1011 'SQ' 0000 FFFFFFFF 1000 2000 'LO' 0200 'A '")]
    [InlineData("an item outside a sequence", "FEFF 00E0 00000000")]
    [InlineData("an item longer than its sequence", "0800 1011 'SQ' 0000 0A000000 FEFF 00E0 04000000 0000 0000 0000")]
    [InlineData("an element longer than its item", "0800 1011 'SQ' 0000 12000000 FEFF 00E0 0A000000 1000 2000 'LO' 0400 'A '  1000 3000 'DA' 0000")]
    [InlineData("a sequence delimiter inside an item", "0800 1011 'SQ' 0000 FFFFFFFF FEFF 00E0 FFFFFFFF FEFF DDE0 00000000")]
    [InlineData("an open item beyond the end of its sequence", "0800 1011 'SQ' 0000 08000000 FEFF 00E0 FFFFFFFF 1000 2000 'LO' 0200 'A ' FEFF 0DE0 00000000")]
    [InlineData("a header cut by the end of its item", "0800 1011 'SQ' 0000 0C000000 FEFF 00E0 04000000 1000 2000 1000 3000 'DA' 0000")]
    public void What_breaks_the_nesting_is_an_error(string what, string bytes)
    {
        DicomDataException error = Assert.Throws<DicomDataException>(() => DatasetReader.Read(Wire.Parse(bytes), TransferSyntax.ExplicitVRLittleEndian));
        Assert.True(error.Offset >= 0, what);
        Assert.True(error.AssociationSurvives);
    }
}
