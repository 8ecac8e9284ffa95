using System.Security.Cryptography;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Services.Simulation.TestData;

namespace PacsTools.Services.Tests.Simulation;

/// <summary>The generator: the same options give the same bytes, others give others.</summary>
public sealed class SyntheticStudyTests
{
    private static readonly SyntheticStudyOptions Small = new() { Rows = 16, Columns = 16, Frames = 2 };

    [Theory]
    [InlineData(SyntheticModality.CT)]
    [InlineData(SyntheticModality.MR)]
    [InlineData(SyntheticModality.CR)]
    [InlineData(SyntheticModality.US)]
    [InlineData(SyntheticModality.SR)]
    [InlineData(SyntheticModality.SC)]
    public void A_seed_is_all_there_is_to_it(SyntheticModality modality)
    {
        string first = Hash(Small with { Modality = modality });
        Assert.Equal(first, Hash(Small with { Modality = modality }));
        Assert.NotEqual(first, Hash(Small with { Modality = modality, Seed = 2 }));
    }

    [Fact]
    public void A_seed_gives_the_same_study_in_every_version()
    {
        var header = new SyntheticHeader(Small);
        Assert.Equal("2.25.224060779551833535019712200139419547684", header.StudyInstanceUID);
        Assert.Equal("DOE^JOHN", header.PatientName);
    }

    [Fact]
    public void Series_and_instances_have_numbers_and_uids_of_their_own()
    {
        List<DicomDataset> all = [.. SyntheticStudy.Create(Small with { Series = 2, Instances = 3 })];
        Assert.Equal(6, all.Select(d => d.GetString(DicomTags.SOPInstanceUID)).Distinct().Count());
        Assert.Equal(2, all.Select(d => d.GetString(DicomTags.SeriesInstanceUID)).Distinct().Count());
        Assert.Single(all.Select(d => d.GetString(DicomTags.StudyInstanceUID)).Distinct());
        Assert.All(all, d => Assert.True(DicomUids.IsValid(d.GetString(DicomTags.SOPInstanceUID))));
        Assert.Equal([1, 2, 3, 1, 2, 3], all.Select(d => d.GetInt32(DicomTags.InstanceNumber)!.Value));
    }

    [Fact]
    public void The_phantom_can_be_seen()
    {
        DicomDataset ct = SyntheticStudy.Create(new SyntheticStudyOptions { Rows = 64, Columns = 64 }).First();
        ushort[] pixels = ct.GetValues<ushort>(DicomTags.PixelData);
        Assert.Equal(64 * 64, pixels.Length);
        Assert.All(pixels, p => Assert.InRange(p, 0, 4095));
        // The air around the head, the skull, and what is in it.
        Assert.True(pixels[0] < 200, "the air is dark");
        Assert.True(pixels.Max() > 3800, "the skull is bright");
        Assert.InRange(pixels[(32 * 64) + 32], 800, 3000);
    }

    [Theory]
    [InlineData(SyntheticCharacterSet.Latin1, "ISO_IR 100")]
    [InlineData(SyntheticCharacterSet.Utf8, "ISO_IR 192")]
    [InlineData(SyntheticCharacterSet.Japanese, "\\ISO 2022 IR 87")]
    [InlineData(SyntheticCharacterSet.Gb18030, "GB18030")]
    [InlineData(SyntheticCharacterSet.Automatic, null)]
    public void Names_survive_being_written_in_their_character_set(SyntheticCharacterSet set, string? declared)
    {
        var options = Small with { Modality = SyntheticModality.SR, CharacterSet = set };
        DicomDataset made = SyntheticStudy.Create(options).Single();
        DicomDataset read = DatasetReader.Read(DatasetWriter.Write(made, options.TransferSyntax), options.TransferSyntax);
        Assert.Equal(declared, read.GetText(DicomTags.SpecificCharacterSet));
        Assert.Equal(new SyntheticHeader(options).PatientName, read.GetString(DicomTags.PatientName));
        Assert.Equal(set == SyntheticCharacterSet.Automatic, read.GetString(DicomTags.PatientName)!.All(char.IsAscii));
    }

    [Fact]
    public void A_name_that_is_given_chooses_its_character_set()
    {
        DicomDataset made = SyntheticStudy.Create(Small with { PatientName = "Łukasiewicz^Żaneta" }).Single();
        Assert.Equal("ISO_IR 101", made.GetString(DicomTags.SpecificCharacterSet));
    }

    [Fact]
    public void Impossible_options_are_refused()
    {
        Assert.Throws<ArgumentException>(() => SyntheticStudy.Create(Small with { Rows = 0 }));
        Assert.Throws<ArgumentException>(() => SyntheticStudy.Create(Small with { Rows = 65535, Columns = 65535 }));
        Assert.Throws<ArgumentException>(() => SyntheticStudy.Create(Small with { Modality = SyntheticModality.US, Rows = 1024, Columns = 1024, Frames = int.MaxValue }));
        Assert.Throws<ArgumentException>(() => SyntheticStudy.Create(Small with { Series = 0 }));
        Assert.Throws<ArgumentException>(() => SyntheticStudy.Create(Small with { TransferSyntax = TransferSyntax.Get("1.2.840.10008.1.2.4.50") }));
        Assert.Throws<ArgumentException>(() => SyntheticStudy.Create(Small with { StudyInstanceUID = "abc" }));
    }

    private static string Hash(SyntheticStudyOptions options) => Convert.ToHexString(
        SHA256.HashData([.. SyntheticStudy.Create(options).SelectMany(d => DatasetWriter.Write(d, options.TransferSyntax))]));
}
