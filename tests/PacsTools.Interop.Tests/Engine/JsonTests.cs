using System.Text.Json.Nodes;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Json;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Peers;
using PacsTools.TestKit.Processes;

namespace PacsTools.Interop.Tests.Engine;

/// <summary>DICOM JSON as DCMTK's dcm2json makes it.</summary>
public sealed class JsonTests
{
    // dcm2json leaves ISO 2022 to the C library, which mostly does not know it.
    public static TheoryData<TestModality, TestCharacterSet> Kinds => new(
        from modality in Enum.GetValues<TestModality>()
        from set in modality == TestModality.CT ? Enum.GetValues<TestCharacterSet>().Except([TestCharacterSet.Japanese]) : [TestCharacterSet.Utf8]
        select (modality, set));

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Ours_and_dcm2jsons_say_the_same_and_each_is_read(TestModality modality, TestCharacterSet set)
    {
        Requirement.Dcmtk();
        using var folder = new TemporaryFolder();
        string path = TestStudy.CreateOne(new TestStudyOptions { Modality = modality, CharacterSet = set, Rows = 16, Columns = 16 }).Save(folder.Path);
        DicomDataset dataset = DicomFile.Open(path, new DicomFileReadOptions { ReadPixelData = true }).Dataset;
        string theirs = await Dcmtk.ToJsonAsync(path);

        string ours = System.Text.Encoding.UTF8.GetString(DicomJsonWriter.Write(dataset));
        Assert.Equal(Comparable(theirs), Comparable(ours));
        Assert.Equal(ours, System.Text.Encoding.UTF8.GetString(DicomJsonWriter.Write(DicomJsonReader.Read(System.Text.Encoding.UTF8.GetBytes(theirs)))));
    }

    private static string Comparable(string json) => JsonNode.Parse(json)!.ToJsonString(new System.Text.Json.JsonSerializerOptions { WriteIndented = true });
}
