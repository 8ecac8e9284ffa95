using System.Text;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Json;
using PacsTools.Services.Files;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Files;

public class BulkDataUriTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Only_a_value_in_one_piece_has_a_place_in_its_file(bool isEncapsulated)
    {
        using var folder = new TemporaryFolder();
        var instance = isEncapsulated ? EncapsulatedInstance.Create("1.2.840.10008.1.2.4.50") : TestStudy.CreateOne(TestStudy.Tiny(1));
        var path = instance.Save(folder.Path);
        var json = Encoding.UTF8.GetString(DicomJsonWriter.Write(DicomFile.Open(path).Dataset, new DicomJsonWriteOptions { BulkData = BulkDataUri.In(path) }));
        var uri = json[(json.IndexOf("\"BulkDataURI\":\"", StringComparison.Ordinal) + 15)..].Split('"')[0];
        if (isEncapsulated)
            Assert.Equal(new Uri(path).AbsoluteUri, uri);
        else
            Assert.Matches(@"^file:///.*\?offset=\d+&length=32$", uri);
    }
}
