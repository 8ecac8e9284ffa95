using System.Net;
using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Services.Simulation.Web;

namespace PacsTools.Services.Tests.Simulation.Web;

/// <summary>Stores (PS3.18 10.5).</summary>
public sealed class StowTests : IDisposable
{
    private const string OtherStudy = "1.2.826.0.1.3680043.9.7307.2.9";
    private readonly WebFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData("studies")]
    [InlineData("studies/" + OtherStudy)]
    public async Task What_is_stored_is_found_and_comes_back_byte_for_byte(string path)
    {
        byte[][] files = WebFixture.Others(3);
        using HttpResponseMessage response = await _fixture.StoreAsync(path, files);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        DicomDataset result = Assert.Single(await WebFixture.ReadAsync(response));
        IReadOnlyList<DicomDataset> stored = result.GetItems(DicomTags.ReferencedSOPSequence);
        Assert.Equal(3, stored.Count);
        Assert.False(result.Contains(DicomTags.FailedSOPSequence));
        Assert.Equal((3, 10), (_fixture.Simulator.Studies, _fixture.Simulator.Instances));
        using HttpResponseMessage back = await _fixture.GetAsync("studies/" + OtherStudy);
        Assert.Equal(files.Select(Convert.ToHexString).Order(), (await WebFixture.PartsAsync(back)).Select(part => Convert.ToHexString(part.Content)).Order());
        using HttpResponseMessage one = await _fixture.GetAsync(stored[0].GetString(DicomTags.RetrieveURL)!);
        Assert.Single(await WebFixture.PartsAsync(one));
    }

    [Fact]
    public async Task Each_instance_has_its_own_outcome()
    {
        byte[] other = WebFixture.Others()[0];
        using HttpResponseMessage response = await _fixture.StoreAsync("studies/" + OtherStudy, File.ReadAllBytes(_fixture.Files[0]), other, "noise"u8.ToArray(), []);
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        DicomDataset result = Assert.Single(await WebFixture.ReadAsync(response));
        Assert.Single(result.GetItems(DicomTags.ReferencedSOPSequence));
        Assert.Equal(0xA900, Assert.Single(result.GetItems(DicomTags.FailedSOPSequence)).GetInt32(DicomTags.FailureReason));
        Assert.Equal([0xC000, 0xC000], result.GetItems(DicomTags.OtherFailuresSequence).Select(item => item.GetInt32(DicomTags.FailureReason)));
        Assert.Equal(8, _fixture.Simulator.Instances);
        using HttpResponseMessage none = await _fixture.StoreAsync("studies/1.2.3", other);
        Assert.Equal(HttpStatusCode.Conflict, none.StatusCode);
    }

    [Theory]
    [InlineData("--the-boundary\r\nContent-Type: application/dicom\r\n\r\nbreaks off", null, 400)]
    [InlineData("no boundary at all", null, 400)]
    [InlineData("--the-boundary--\r\n", null, 400)]
    [InlineData("", null, 400)]
    [InlineData("x", "application/dicom", 415)]
    [InlineData("x", "multipart/related; type=\"application/dicom+json\"; boundary=the-boundary", 415)]
    public async Task What_is_no_such_body_is_refused_and_leaves_nothing(string body, string? type, int status)
    {
        using HttpResponseMessage response = type is null
            ? await _fixture.PostAsync("studies", Encoding.Latin1.GetBytes(body))
            : await _fixture.PostAsync("studies", Encoding.Latin1.GetBytes(body), type);
        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(7, _fixture.Simulator.Instances);
        Assert.Empty(Directory.GetFiles(_fixture.Simulator.PrivateFolder));
    }

    [Fact]
    public async Task A_client_that_goes_in_the_middle_leaves_nothing()
    {
        byte[] other = WebFixture.Others()[0];
        using (var client = new System.Net.Sockets.TcpClient("127.0.0.1", _fixture.Simulator.DicomWebUri!.Port))
        {
            var head = $"POST {WebTarget.Root}/studies HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/related; boundary=b\r\nContent-Length: 99999\r\n\r\n--b\r\n\r\n";
            await client.GetStream().WriteAsync((byte[])[.. Encoding.Latin1.GetBytes(head), .. other]);
            await TestKit.Eventually.TrueAsync(() => Directory.GetFiles(_fixture.Simulator.PrivateFolder).Length == 1, "the instance is on its way in");
        }

        await TestKit.Eventually.TrueAsync(() => Directory.GetFiles(_fixture.Simulator.PrivateFolder).Length == 0, "the part file is gone");
        Assert.Equal(7, _fixture.Simulator.Instances);
    }
}
