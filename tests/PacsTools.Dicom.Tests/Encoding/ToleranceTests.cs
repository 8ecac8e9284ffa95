using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Encodings;

/// <summary>Wrong in ways archives are wrong, and read all the same, in strict mode too.</summary>
public class ToleranceTests
{
    private readonly List<DatasetProblem> _problems = [];

    [Theory]
    [InlineData("'??'")]
    [InlineData("'--'")]
    [InlineData("'  '")]
    [InlineData("0000")]
    [InlineData("'pn'")]
    public void A_VR_that_is_none_has_the_short_form_and_the_dictionarys_meaning(string vr)
    {
        DicomDataset dataset = Read($"0800 6000 'CS' 0200 'CT' 1000 1000 {vr} 0400 'DOE ' 1000 2000 'LO' 0200 'A '", TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal((DicomVR.PN, "DOE", "A"), (dataset[DicomTags.PatientName]!.VR, dataset.GetString(DicomTags.PatientName), dataset.GetString(DicomTags.PatientID)));
    }

    [Fact]
    public void A_VR_newer_than_we_know_has_the_long_form()
    {
        DicomDataset dataset = Read("0800 6000 'CS' 0200 'CT' 0900 0110 'ZZ' 0000 04000000 01020304 1000 2000 'LO' 0200 'A '", TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal((DicomVR.UN, 4L), (dataset[new DicomTag(0x0009, 0x1001)]!.VR, dataset[new DicomTag(0x0009, 0x1001)]!.Length));
        Assert.Equal("A", dataset.GetString(DicomTags.PatientID));
    }

    [Fact]
    public void An_implicit_element_among_explicit_ones_is_seen()
    {
        DicomDataset dataset = Read("0800 6000 'CS' 0200 'CT' 1000 1000 04000000 'DOE ' 1000 2000 'LO' 0200 'A '", TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal(("DOE", "A"), (dataset.GetString(DicomTags.PatientName), dataset.GetString(DicomTags.PatientID)));
    }

    [Theory]
    [InlineData("0800 6000 02000000 'CT' 1000 2000 04000000 'ID1 '")]
    [InlineData("0800 6000 'CS' 0200 'CT' 1000 2000 'LO' 0400 'ID1 '")]
    [InlineData("0008 0060 'CS' 0002 'CT' 0010 0020 'LO' 0004 'ID1 '")]
    public void Data_in_another_form_than_announced_are_read_in_theirs(string bytes)
    {
        foreach (TransferSyntax announced in (TransferSyntax[])[TransferSyntax.ImplicitVRLittleEndian, TransferSyntax.ExplicitVRLittleEndian, TransferSyntax.ExplicitVRBigEndian])
        {
            DicomDataset dataset = Read(bytes, announced);
            Assert.Equal(("CT", "ID1"), (dataset.GetString(DicomTags.Modality), dataset.GetString(DicomTags.PatientID)));
        }

        // Right once, wrong twice, and both times it was said.
        Assert.Equal(2, _problems.Count);
    }

    [Fact]
    public void A_first_value_of_16_KiB_in_implicit_is_not_taken_for_explicit()
    {
        // The length 0x4C4F = 19535 is LO, but neither what would follow nor the end fits.
        byte[] bytes = [.. Wire.Parse("0900 1000 'OL' 0000"), .. new byte[0x4C4F], .. Wire.Parse("1000 2000 02000000 'A '")];
        DicomDataset dataset = DatasetReader.Read(bytes, TransferSyntax.ImplicitVRLittleEndian);
        Assert.Equal((0x4C4FL, "A"), (dataset.First().Length, dataset.GetString(DicomTags.PatientID)));
    }

    [Fact]
    public void What_is_a_sequence_by_the_dictionary_alone_is_bytes()
    {
        DicomDataset dataset = Read("0800 6000 02000000 'CT' 0800 1011 0A000000 'NAMED TYPE' 1000 2000 02000000 'A '", TransferSyntax.ImplicitVRLittleEndian);
        Assert.Equal((DicomVR.UN, 10L), (dataset[DicomTags.ReferencedStudySequence]!.VR, dataset[DicomTags.ReferencedStudySequence]!.Length));
        Assert.Equal("A", dataset.GetString(DicomTags.PatientID));
        Assert.Single(_problems);
    }

    [Fact]
    public void An_undefined_length_in_implicit_is_a_sequence_whatever_the_dictionary_has()
    {
        DicomDataset dataset = Read("2800 0630 FFFFFFFF FEFF 00E0 FFFFFFFF 1000 2000 02000000 'A ' FEFF 0DE0 00000000 FEFF DDE0 00000000 2800 1040 02000000 'B '", TransferSyntax.ImplicitVRLittleEndian);
        Assert.Equal("A", Assert.Single(dataset.GetItems(DicomTags.LUTData)).GetString(DicomTags.PatientID));
        Assert.True(dataset.Contains(new DicomTag(0x0028, 0x4010)));
    }

    [Fact]
    public void Elements_out_of_order_are_put_in_order()
    {
        DicomDataset dataset = Read("1000 2000 'LO' 0200 'A ' 0800 6000 'CS' 0200 'CT' 0900 1000 'LO' 0200 'X '", TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal([0x00080060u, 0x00090010u, 0x00100020u], dataset.Select(e => e.Tag.Value));
        Assert.Equal("A", dataset.GetString(DicomTags.PatientID));
    }

    [Fact]
    public void Of_an_element_that_stands_twice_the_first_counts()
    {
        DicomDataset dataset = Read("1000 2000 'LO' 0200 'A ' 1000 2000 'LO' 0200 'B '", TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("A", dataset.GetString(DicomTags.PatientID));
        Assert.Contains("(0010,0020)", Assert.Single(_problems).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("00")]
    [InlineData("0000 0000 0000 00")]
    public void Zeros_at_the_end_are_no_element(string zeros)
    {
        Assert.Single(Read($"1000 2000 'LO' 0200 'A ' {zeros}", TransferSyntax.ExplicitVRLittleEndian));
        Assert.Single(_problems);
    }

    [Fact]
    public void A_delimiter_where_nothing_is_open_is_passed_over()
    {
        DicomDataset dataset = Read("0800 6000 'CS' 0200 'CT' FEFF 0DE0 00000000 FEFF DDE0 00000000 1000 2000 'LO' 0200 'A '", TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("A", dataset.GetString(DicomTags.PatientID));
        Assert.Equal([10L, 18L], _problems.Select(problem => problem.Offset));
    }

    [Fact]
    public void An_implicit_element_of_undefined_length_among_explicit_ones_is_a_sequence()
    {
        DicomDataset dataset = Read("0800 6000 'CS' 0200 'CT' 0900 0110 FFFFFFFF FEFF DDE0 00000000 1000 2000 'LO' 0200 'A '", TransferSyntax.ExplicitVRLittleEndian);
        Assert.Empty(dataset.GetItems(new DicomTag(0x0009, 0x1001)));
        Assert.Equal("A", dataset.GetString(DicomTags.PatientID));
    }

    [Theory]
    [InlineData("LO")]
    [InlineData("PN")]
    [InlineData("UN")]
    [InlineData("LT")]
    public void A_character_set_whose_own_VR_wants_one_is_read_as_the_code_string_it_is(string vr)
    {
        string header = vr == "UN" ? "'UN' 0000 0A000000" : $"'{vr}' 0A00";
        DicomDataset dataset = Read($"0800 0500 {header} 'ISO_IR 192' 1000 1000 'PN' 0200 C3BC", TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("ü", dataset.GetString(DicomTags.PatientName));

        // And outside ASCII, which would ask for a character set first.
        dataset = Read($"0800 0500 {header} FFFFFFFFFFFFFFFFFFFF 1000 1000 'PN' 0200 'A '", TransferSyntax.ExplicitVRLittleEndian);
        Assert.Equal("A", dataset.GetString(DicomTags.PatientName));
        Assert.NotNull(dataset.GetString(DicomTags.SpecificCharacterSet));
    }

    private DicomDataset Read(string bytes, TransferSyntax syntax) => DatasetReader.Read(Wire.Parse(bytes), syntax, new DatasetReadOptions { Problems = _problems });
}
