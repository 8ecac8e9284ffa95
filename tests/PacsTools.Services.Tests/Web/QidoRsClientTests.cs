using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Web;

namespace PacsTools.Services.Tests.Web;

public sealed class QidoRsClientTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_goes_on_telling_is_not_heard_for_ever(bool pages)
    {
        var told = 0;
        using var peer = new HttpPeer(call => call.AnswerAsync(200, "Content-Type: application/dicom+json\r\n", Answer(pages ? 3 : 30)));
        var qido = new QidoRsClient(new DicomWebClient(PacsNode.Parse("WEB@127.0.0.1:1") with { DicomWebUri = peer.Base }, TimeSpan.FromSeconds(30), TimeProvider.System), mostMatches: 10);
        var error = await Assert.ThrowsAsync<DicomWebException>(async () =>
        {
            await foreach (var match in qido.SearchAsync("studies", "", DicomTags.StudyInstanceUID, _ => told >= 30, TestContext.Current.CancellationToken))
                Assert.NotNull(match.GetString(DicomTags.StudyInstanceUID));
        });
        Assert.Equal("DicomWeb.BadResponse", error.Id);
        Assert.Contains("more than 10 matches", error.Message);

        byte[] Answer(int matches) => Encoding.ASCII.GetBytes(
            $"[{string.Join(',', Enumerable.Range(0, matches).Select(_ => $"{{\"0020000D\":{{\"vr\":\"UI\",\"Value\":[\"1.2.{++told}\"]}}}}"))}]");
    }
}
