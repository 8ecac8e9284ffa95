using PacsTools.Dicom.Data;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Files;
using PacsTools.TestKit;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Dicom.Tests.Files;

/// <summary>Files to and from DCMTK, which reads and writes them with other eyes.</summary>
public sealed class DcmtkFileTests : IDisposable
{
    private static readonly DicomFileReadOptions s_everything = new() { ReadPixelData = true };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task DCMTK_reads_what_is_saved_in_every_native_syntax()
    {
        Requirement.Dcmtk();
        foreach (TransferSyntax syntax in (TransferSyntax[])[TransferSyntax.ImplicitVRLittleEndian, TransferSyntax.ExplicitVRLittleEndian, TransferSyntax.ExplicitVRBigEndian, TransferSyntax.DeflatedExplicitVRLittleEndian])
        {
            string path = _folder[syntax.UID];
            DicomFile.Save(path, new FileMetaInformation { TransferSyntaxUID = syntax.UID }, Sample());
            await Dcmtk.TestFilesAsync([path]);
            string dump = await Dcmtk.DumpAsync(path);
            Assert.Contains("(0010,0010) PN [Müller^Jörg]", dump, StringComparison.Ordinal);
            Assert.Contains("(0028,0010) US 2", dump, StringComparison.Ordinal);
            Assert.Contains("(7fe0,0010) OW 0102\\0304", dump, StringComparison.Ordinal);
            Assert.Contains("    (0010,0020) LO [inner]", dump, StringComparison.Ordinal);
            Assert.DoesNotContain("W:", dump, StringComparison.Ordinal);
        }
    }

    // dcmconv: +t transfer syntax, +e/-e lengths of sequences explicit or undefined, +g group lengths, +F/-F with or without group 2.
    [Theory]
    [InlineData("+ti")]
    [InlineData("+te")]
    [InlineData("+tb")]
    [InlineData("+td")]
    [InlineData("+ti -e")]
    [InlineData("+tb -e")]
    [InlineData("+te +g")]
    [InlineData("+td -e +g")]
    [InlineData("-F +ti")]
    [InlineData("-F +te -e")]
    [InlineData("-F +tb")]
    public async Task What_DCMTK_writes_is_the_same_data_set(string options)
    {
        Requirement.Dcmtk();
        string mine = _folder["mine.dcm"];
        string theirs = _folder["theirs.dcm"];
        DicomFile.Save(mine, new FileMetaInformation(), Sample());
        await Dcmtk.ConvertAsync(mine, theirs, options.Split(' '));
        var problems = new List<DatasetProblem>();
        DicomFile file = DicomFile.Open(theirs, new DicomFileReadOptions { ReadPixelData = true, Problems = problems });
        Assert.Empty(problems);

        // VRs of private elements do not survive implicit VR, so both are compared in it.
        string Implicit(DicomDataset dataset) => Convert.ToHexString(DatasetWriter.Write(dataset, TransferSyntax.ImplicitVRLittleEndian));
        Assert.Equal(Implicit(DicomFile.Open(mine, s_everything).Dataset), Implicit(file.Dataset));
    }

    private static DicomDataset Sample()
    {
        var deepest = new DicomDataset();
        deepest.SetString(DicomTags.PatientID, "deepest");
        var item = new DicomDataset();
        item.SetString(DicomTags.PatientID, "inner");
        item.SetItems(DicomTags.ReferencedStudySequence, deepest, new DicomDataset());
        var dataset = new DicomDataset();
        dataset.SetString(DicomTags.SpecificCharacterSet, "ISO_IR 192");
        dataset.SetString(DicomTags.SOPClassUID, "1.2.840.10008.5.1.4.1.1.7");
        dataset.SetString(DicomTags.SOPInstanceUID, "1.2.3");
        dataset.SetString(DicomTags.PatientName, "Müller^Jörg");
        dataset.SetItems(DicomTags.ReferencedStudySequence, item);
        dataset.SetString(new DicomTag(0x0009, 0x0010), "ACME");
        dataset.SetString(new DicomTag(0x0009, 0x1001), DicomVR.LO, "private");
        dataset.SetDouble(new DicomTag(0x0018, 0x9074), 1.5);
        dataset.SetUInt16(DicomTags.Rows, 2);
        dataset.SetTags(DicomTags.FrameIncrementPointer, DicomTags.Rows);
        dataset.SetUInt16(new DicomTag(0x0028, 0x0100), 16);
        dataset.SetUInt16(DicomTags.PixelRepresentation, 1);
        dataset.SetInt16(DicomTags.SmallestImagePixelValue, -2);
        dataset.SetBytes(DicomTags.PixelData, DicomVR.OW, new byte[] { 2, 1, 4, 3 });
        return dataset;
    }
}
