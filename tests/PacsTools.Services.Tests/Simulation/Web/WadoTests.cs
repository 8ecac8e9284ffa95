using System.Net;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Files;
using PacsTools.Services.Web;

namespace PacsTools.Services.Tests.Simulation.Web;

/// <summary>Retrieves (PS3.18 10.4).</summary>
public sealed class WadoTests : IDisposable
{
    private const string Parts = "multipart/related; type=\"application/dicom\"";
    private readonly WebFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(null)]
    [InlineData("*/*")]
    [InlineData(Parts)]
    [InlineData("multipart/related;type=application/dicom;transfer-syntax=*")]
    [InlineData(Parts + "; transfer-syntax=1.2.840.10008.1.2.1")]
    [InlineData("image/jpeg, multipart/related; type=\"application/dicom\"; transfer-syntax=\"1.2.840.10008.1.2.1\"; q=0.1")]
    public async Task A_study_comes_as_it_lies_on_disk(string? accept)
    {
        using HttpResponseMessage response = await _fixture.GetAsync("studies/" + WebFixture.StudyUid, accept);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("\"application/dicom\"", response.Content.Headers.ContentType!.Parameters.Single(p => p.Name == "type").Value);
        List<(WebMediaType Type, byte[] Content)> parts = await WebFixture.PartsAsync(response);
        Assert.All(parts, part => Assert.Equal(("application/dicom", "1.2.840.10008.1.2.1"), (part.Type.Name, part.Type["transfer-syntax"])));
        Assert.Equal(_fixture.Files.Take(6).Select(File.ReadAllBytes).Select(Convert.ToHexString).Order(), parts.Select(part => Convert.ToHexString(part.Content)).Order());
    }

    [Fact]
    public async Task A_series_and_an_instance_are_what_they_are()
    {
        List<DicomDataset> found = await _fixture.FindAsync($"studies/{WebFixture.StudyUid}/instances");
        string url = found[0].GetString(DicomTags.RetrieveURL)!;
        using HttpResponseMessage instance = await _fixture.GetAsync(url);
        Assert.Single(await WebFixture.PartsAsync(instance));
        using HttpResponseMessage series = await _fixture.GetAsync(url[..url.IndexOf("/instances", StringComparison.Ordinal)]);
        Assert.Equal(3, (await WebFixture.PartsAsync(series)).Count);
        using HttpResponseMessage file = await _fixture.GetAsync(url, "application/dicom");
        Assert.Equal("application/dicom", file.Content.Headers.ContentType!.MediaType);
        Assert.Contains(Convert.ToHexString(await file.Content.ReadAsByteArrayAsync()), _fixture.Files.Select(f => Convert.ToHexString(File.ReadAllBytes(f))));
    }

    [Theory]
    [InlineData("image/jpeg")]
    [InlineData("application/dicom")]
    [InlineData("multipart/related; type=\"application/octet-stream\"")]
    [InlineData(Parts + "; transfer-syntax=1.2.840.10008.1.2.4.50")]
    public async Task What_is_not_stored_so_is_not_acceptable(string accept)
    {
        using HttpResponseMessage response = await _fixture.GetAsync("studies/" + WebFixture.StudyUid, accept);
        Assert.Equal(HttpStatusCode.NotAcceptable, response.StatusCode);
    }

    [Theory]
    [InlineData("studies/1.2.3")]
    [InlineData("studies/1.2.3/metadata")]
    [InlineData("studies/" + WebFixture.StudyUid + "/series/1.2.3")]
    [InlineData("studies/" + WebFixture.StudyUid + "/series/1.2.3/instances/1.2.4")]
    [InlineData("studies/" + WebFixture.StudyUid + "/rendered")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using HttpResponseMessage response = await _fixture.GetAsync(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Metadata_is_the_header_without_the_pixels()
    {
        List<DicomDataset> metadata = await _fixture.FindAsync($"studies/{WebFixture.StudyUid}/metadata");
        Assert.Equal(6, metadata.Count);
        foreach (DicomDataset one in metadata)
        {
            string path = _fixture.Files.Single(f => f.Contains(one.GetString(DicomTags.SOPInstanceUID)!, StringComparison.Ordinal));
            Assert.Equal(DicomFile.Open(path).Dataset.Where(e => e.Tag != DicomTags.PixelData).Select(e => (e.Tag, e.VR)), one.Select(e => (e.Tag, e.VR)));
        }
    }

    [Fact]
    public async Task A_file_without_meta_information_comes_with_it()
    {
        byte[] whole = File.ReadAllBytes(_fixture.Files[6]);
        DicomFile file = DicomFile.Open(_fixture.Files[6]);
        using var folder = new TestKit.Processes.TemporaryFolder();
        File.WriteAllBytes(folder["bare.dcm"], whole[(int)file.DatasetOffset..]);
        using var simulator = Services.Simulation.PacsSimulator.Start(new() { Path = folder.Path, DicomWeb = true });
        using HttpResponseMessage response = await _fixture.Http.GetAsync(new Uri($"{simulator.DicomWebUri}/studies/1.2.826.0.1.3680043.9.7307.2.2"));
        File.WriteAllBytes(folder["got.dcm"], Assert.Single(await WebFixture.PartsAsync(response)).Content);
        DicomFile got = DicomFile.Open(folder["got.dcm"]);
        Assert.Equal(file.Dataset.GetString(DicomTags.SOPInstanceUID), got.FileMeta.MediaStorageSOPInstanceUID);
        Assert.Equal(whole[(int)file.DatasetOffset..], File.ReadAllBytes(folder["got.dcm"])[(int)got.DatasetOffset..]);
    }
}
