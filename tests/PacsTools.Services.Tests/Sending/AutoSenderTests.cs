using System.Text;
using System.Threading.Channels;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Sending;
using PacsTools.Services.Tests.Web;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Sending;

/// <summary>C-STORE first, and STOW-RS for what nothing was sent of: never both for one file.</summary>
public sealed class AutoSenderTests : SendTestBase
{
    [Fact]
    public async Task Where_nothing_listens_files_go_by_the_web_and_say_why()
    {
        using var web = Web();
        var files = Files(3);
        var reports = await AutoAsync(To(LoopbackPort.Closed(), retries: 1), web, files);
        Assert.Equal(files.Order(), reports.Select(r => r.Path).Order());
        Assert.All(reports, r => Assert.Equal((SendOutcome.Stored, SendMethod.DicomWeb, 1, null), (r.Result!.Outcome, r.Result.Method, r.Result.Attempts, r.Error)));
        Assert.All(reports, r => Assert.Contains("refused", r.Result!.Reason, StringComparison.Ordinal));
        Assert.Single(Log.Verboses, v => v.Contains("STOW-RS", StringComparison.Ordinal));
        Assert.Single(Delays);
    }

    [Fact]
    public async Task Where_the_association_is_rejected_too()
    {
        using var web = Web();
        await using var peer = ScriptedPeer.Listen(async connection =>
        {
            await connection.ExpectAsync(RawPdu.AssociateRq);
            await connection.SendAsync(RawPdu.Reject(1, 1, 7));
        });
        var reports = await AutoAsync(To(peer), web, Files(2));
        Assert.All(reports, r => Assert.Equal(SendMethod.DicomWeb, r.Result!.Method));
    }

    [Fact]
    public async Task What_was_sent_stays_on_its_road_whatever_became_of_it()
    {
        using var web = Web();
        var statuses = new Queue<ushort?>([0, 0xC000, null]);
        await using var peer = ScriptedPeer.Listen(Archive(_ => statuses.Dequeue()));
        var files = Files(3);
        var reports = await AutoAsync(To(peer, retries: 0), web, files);
        Assert.Equal([SendOutcome.Stored, SendOutcome.Failed, SendOutcome.Failed], reports.Select(r => r.Result!.Outcome));
        Assert.All(reports, r => Assert.Equal(SendMethod.CStore, r.Result!.Method));
        Assert.Empty(web.Requests);
    }

    [Fact]
    public async Task What_the_archive_had_not_been_sent_when_it_went_away_goes_by_the_web()
    {
        using var web = Web();
        await using var peer = ScriptedPeer.Listen(Archive(_ => null));
        var request = To(peer, retries: 0);
        // The port stays open and nobody answers there any more.
        request = request with { Node = request.Node with { Timeout = TimeSpan.FromSeconds(1) } };
        var files = Files(3);
        var reports = (await AutoAsync(request, web, files)).ToDictionary(r => r.Path);
        Assert.Equal((SendOutcome.Failed, SendMethod.CStore, 1), Facts(reports[files[0]]));
        Assert.All(files.Skip(1), f => Assert.Equal((SendOutcome.Stored, SendMethod.DicomWeb, 1), Facts(reports[f])));
    }

    [Fact]
    public async Task Who_demanded_TLS_is_not_sent_elsewhere_in_the_clear()
    {
        using var web = Web();
        var request = To(LoopbackPort.Closed(), retries: 0);
        request = request with { Node = request.Node with { Tls = new TlsSettings { Enabled = true } } };
        var report = Assert.Single(await AutoAsync(request, web, Files(1)));
        Assert.Equal((SendOutcome.Failed, SendMethod.CStore, 0), Facts(report));
        Assert.Empty(web.Requests);
    }

    [Fact]
    public async Task When_both_roads_are_closed_both_reasons_are_told()
    {
        var web = Web();
        var address = web.Base;
        web.Dispose();
        var request = To(LoopbackPort.Closed(), retries: 0);
        var report = Assert.Single(await AutoAsync(request with { Node = request.Node with { DicomWebUri = address } }, null, Files(1)));
        Assert.Equal(SendOutcome.Failed, report.Result!.Outcome);
        Assert.IsType<DicomNetworkException>(report.Error);
        Assert.Contains($"{address}", report.Result.Reason, StringComparison.Ordinal);
        Assert.Contains($"{request.Node.Port}", report.Result.Reason, StringComparison.Ordinal);
    }

    private static (SendOutcome, SendMethod, int) Facts(SendReport report) => (report.Result!.Outcome, report.Result.Method, report.Result.Attempts);

    // Says of every file there is that it is stored, whichever of them a request brings.
    private HttpPeer Web() => new(call => call.AnswerAsync(200, "Content-Type: application/dicom+json\r\n", Encoding.ASCII.GetBytes(
        "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[" + string.Join(',', Directory.GetFiles(Folder["files"]).Select(f =>
            "{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"" + Path.GetFileNameWithoutExtension(f) + "\"]}}")) + "]}}")));

    private async Task<List<SendReport>> AutoAsync(SendRequest request, HttpPeer? web, string[] files)
    {
        var paths = Channel.CreateUnbounded<string>();
        foreach (var file in files)
            paths.Writer.TryWrite(file);
        paths.Writer.Complete();
        request = web is null ? request : request with { Node = request.Node with { DicomWebUri = web.Base } };
        List<SendReport> reports = [];
        await foreach (var report in new AutoSender().SendAsync(request, paths.Reader, Log, TestContext.Current.CancellationToken))
            reports.Add(report);
        return reports;
    }
}
