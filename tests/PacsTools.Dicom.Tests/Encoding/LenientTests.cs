using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Tests.Pdus;

namespace PacsTools.Dicom.Tests.Encodings;

public class LenientTests
{
    private readonly List<DatasetProblem> _problems = [];

    [Fact]
    public void What_stands_before_the_damage_is_kept()
    {
        DicomDataset dataset = Read("0800 6000 'CS' 0200 'CT' 1000 2000 'LO' FF00 'A '");
        Assert.Equal("CT", dataset.GetString(DicomTags.Modality));
        DatasetProblem problem = Assert.Single(_problems);
        Assert.Equal(18, problem.Offset);
        Assert.Contains("(0010,0020)", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_sequence_of_known_length_is_passed_over_with_what_it_held()
    {
        DicomDataset dataset = Read("""
            0800 1011 'SQ' 0000 1C000000
              FEFF 00E0 14000000  0800 6000 'CS' 0200 'CT'  1000 2000 'LO' FF00 'A '
            1000 2000 'LO' 0200 'B '
            """);
        Assert.Equal("CT", Assert.Single(dataset.GetItems(DicomTags.ReferencedStudySequence)).GetString(DicomTags.Modality));
        Assert.Equal("B", dataset.GetString(DicomTags.PatientID));
        Assert.Single(_problems);
    }

    [Fact]
    public void A_broken_sequence_of_unknown_length_ends_the_data_set_and_keeps_its_items()
    {
        DicomDataset dataset = Read("""
            0800 6000 'CS' 0200 'CT'
            0800 1011 'SQ' 0000 FFFFFFFF
              FEFF 00E0 FFFFFFFF  1000 2000 'LO' 0200 'A '  FEFF 0DE0 00000000
              1000 2000 'LO' 0200 'B '
            """);
        Assert.Equal("CT", dataset.GetString(DicomTags.Modality));
        Assert.Equal("A", Assert.Single(dataset.GetItems(DicomTags.ReferencedStudySequence)).GetString(DicomTags.PatientID));
        Assert.Single(_problems);
    }

    [Fact]
    public void Deflated_data_which_are_none_are_an_empty_data_set()
    {
        Assert.Empty(DatasetReader.Read(Wire.Parse("FFFF 'not deflated at all'"), TransferSyntax.DeflatedExplicitVRLittleEndian, new DatasetReadOptions { Lenient = true, Problems = _problems }));
        Assert.Single(_problems);
        Assert.Throws<DicomDataException>(() => DatasetReader.Read(Wire.Parse("FFFF 'not deflated at all'"), TransferSyntax.DeflatedExplicitVRLittleEndian));
    }

    [Fact]
    public void Nobody_need_listen() => Assert.Empty(DatasetReader.Read(Wire.Parse("1000 2000 'LO' FF00 'A '"), TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions { Lenient = true }));

    private DicomDataset Read(string bytes) => DatasetReader.Read(Wire.Parse(bytes), TransferSyntax.ExplicitVRLittleEndian, new DatasetReadOptions { Lenient = true, Problems = _problems });
}
