using System.Text;
using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Sending;
using PacsTools.Services.Tests.Web;
using PacsTools.Services.Web;
using PacsTools.TestKit.Data;
using PacsTools.TestKit.Processes;

namespace PacsTools.Services.Tests.Sending;

/// <summary>STOW-RS to a server that does what a test says.</summary>
public sealed class StowSenderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly RecordingLog _log = new();
    private readonly System.Collections.Concurrent.ConcurrentQueue<TimeSpan> _delays = [];

    [Fact]
    public async Task Files_go_as_they_lie_on_disk_in_one_request()
    {
        var (instances, paths) = Files(3);
        byte[]? body = null;
        string? type = null;
        using var recording = new HttpPeer(call =>
        {
            (body, type) = (call.Body, call.Headers["Content-Type"]);
            return call.AnswerAsync(200, Json, Answer(instances.Select(i => (i, (int?)null))));
        });
        var reports = await SendAsync(recording, paths);
        Assert.All(reports, r => Assert.Equal((SendOutcome.Stored, (ushort?)0, 1, null), (r.Result!.Outcome, r.Result.Status, r.Result.Attempts, r.Error)));
        Assert.Equal(["POST /web/studies"], recording.Requests);
        using var reader = new MultipartReader(new MemoryStream(body!), WebMediaType.Parse(type)["boundary"], recording.Base);
        foreach (var path in paths)
        {
            Assert.Equal("application/dicom", (await reader.NextAsync())!.Name);
            var part = new MemoryStream();
            while (await reader.ReadAsync() is { IsEmpty: false } bytes)
                part.Write(bytes.Span);
            Assert.Equal(File.ReadAllBytes(path), part.ToArray());
        }

        Assert.Null(await reader.NextAsync());
    }

    [Fact]
    public async Task The_rate_holds_here_too()
    {
        var (instances, paths) = Files(4);
        using var peer = new HttpPeer(call => call.AnswerAsync(200, Json, Answer(instances.Select(i => (i, (int?)null)))));
        var rate = paths.Sum(p => new FileInfo(p).Length);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var reports = await SendAsync(peer, paths, new RateLimit(rate));
        Assert.All(reports, r => Assert.Equal(SendOutcome.Stored, r.Result!.Outcome));
        // One second's bytes, of which a quarter may go at once.
        Assert.True(watch.Elapsed.TotalSeconds > 0.6, $"It took {watch.Elapsed}.");
    }

    [Fact]
    public async Task Each_instance_has_the_answer_the_server_gave_it()
    {
        var (instances, paths) = Files(4);
        using var peer = new HttpPeer(call => call.AnswerAsync(202, Json, Answer(
            [(instances[0], null), (instances[1], 0xB000)],
            [(instances[2], 0xA700)])));
        var reports = (await SendAsync(peer, paths)).ToDictionary(r => r.Path);
        Assert.Equal((SendOutcome.Stored, (ushort)0), (reports[paths[0]].Result!.Outcome, reports[paths[0]].Result!.Status!.Value));
        Assert.Equal((SendOutcome.StoredWithWarning, (ushort)0xB000), (reports[paths[1]].Result!.Outcome, reports[paths[1]].Result!.Status!.Value));
        Assert.Equal((SendOutcome.Failed, (ushort)0xA700), (reports[paths[2]].Result!.Outcome, Assert.IsType<DimseStatusException>(reports[paths[2]].Error).Status));
        Assert.Equal((SendOutcome.Failed, null), (reports[paths[3]].Result!.Outcome, reports[paths[3]].Result!.Status));
        Assert.Contains("did not say", reports[paths[3]].Error!.Message);
    }

    [Fact]
    public async Task A_request_refused_as_a_whole_is_made_again_file_by_file()
    {
        var (instances, paths) = Files(3);
        using var peer = new HttpPeer(call => Encoding.Latin1.GetString(call.Body).Contains(instances[1].SOPInstanceUID, StringComparison.Ordinal)
            ? call.AnswerAsync(400, "", [])
            : call.AnswerAsync(200, Json, Answer(instances.Select(i => (i, (int?)null)))));
        var reports = (await SendAsync(peer, paths)).ToDictionary(r => r.Path);
        Assert.Equal([SendOutcome.Stored, SendOutcome.Failed, SendOutcome.Stored], paths.Select(p => reports[p].Result!.Outcome));
        Assert.Equal("DicomWeb.Http400", Assert.IsType<DicomWebException>(reports[paths[1]].Error).Id);
        Assert.Equal(4, peer.Requests.Count);
        Assert.Equal(3, _log.Warnings.Count(w => w.Id == "Send.SentAgain"));
    }

    [Fact]
    public async Task What_the_server_may_have_is_not_sent_again_unseen()
    {
        var (instances, paths) = Files(2);
        var tries = 0;
        using var peer = new HttpPeer(call => Interlocked.Increment(ref tries) switch
        {
            // Too busy: it took nothing.
            1 => call.AnswerAsync(503, "", []),
            2 => call.AnswerAsync(502, "", []),
            _ => call.AnswerAsync(200, Json, Answer(instances.Select(i => (i, (int?)null)))),
        });
        var reports = await SendAsync(peer, paths, retries: 2);
        Assert.All(reports, r => Assert.Equal((SendOutcome.Stored, 3), (r.Result!.Outcome, r.Result.Attempts)));
        Assert.Contains("502", Assert.Single(_log.Warnings, w => w.Id == "Send.SentAgain").Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_there_was_no_room_for_is_sent_once_more_and_alone()
    {
        var (instances, paths) = Files(3);
        var requests = 0;
        using var peer = new HttpPeer(call => Interlocked.Increment(ref requests) == 1
            ? call.AnswerAsync(202, Json, Answer([(instances[0], null)], [(instances[1], 0xA700), (instances[2], 0xC000)]))
            : call.AnswerAsync(409, Json, Answer([], [(instances[1], 0xA700)])));
        var reports = (await SendAsync(peer, paths, retries: 1)).ToDictionary(r => r.Path, r => (r.Result!.Outcome, r.Result.Status, r.Result.Attempts));
        Assert.Equal((SendOutcome.Stored, (ushort)0, 1), reports[paths[0]]);
        Assert.Equal((SendOutcome.Failed, (ushort)0xA700, 2), reports[paths[1]]);
        Assert.Equal((SendOutcome.Failed, (ushort)0xC000, 1), reports[paths[2]]);
        Assert.Equal(2, peer.Requests.Count);
        Assert.Equal(TimeSpan.FromSeconds(5), Assert.Single(_delays));
        Assert.Empty(_log.Warnings);
    }

    [Fact]
    public async Task A_server_that_breaks_at_everything_is_not_tried_for_ever()
    {
        var (_, paths) = Files(60);
        using var peer = new HttpPeer(call => call.AnswerAsync(500, "", []));
        var reports = await SendAsync(peer, paths);
        Assert.Equal(60, reports.Count);
        Assert.All(reports, r => Assert.Equal("DicomWeb.Http500", Assert.IsType<DicomWebException>(r.Error).Id));
        Assert.InRange(peer.Requests.Count, 2, 6);
    }

    [Fact]
    public async Task Who_is_refused_is_refused_once()
    {
        var (_, paths) = Files(120);
        using var peer = new HttpPeer(call => call.AnswerAsync(401, "", []));
        var reports = await SendAsync(peer, paths);
        Assert.Equal(120, reports.Count);
        Assert.All(reports, r => Assert.Equal("DicomWeb.Unauthorized", Assert.IsType<DicomWebException>(r.Error).Id));
        Assert.Single(peer.Requests);
    }

    [Fact]
    public async Task What_is_no_instance_is_told_and_the_rest_goes()
    {
        var (instances, paths) = Files(1);
        File.WriteAllText(_folder["text.txt"], "nothing");
        using var peer = new HttpPeer(call => call.AnswerAsync(200, Json, Answer(instances.Select(i => (i, (int?)null)))));
        var reports = await SendAsync(peer, [_folder["text.txt"], .. paths]);
        Assert.Equal(["Send.NotDicom", null], reports.Select(r => (r.Error as SendException)?.Id));
        Assert.Equal(SendOutcome.Stored, reports[1].Result!.Outcome);
    }

    [Fact]
    public async Task Success_without_a_word_of_any_instance_is_no_more_than_a_warning()
    {
        var (_, paths) = Files(2);
        using var peer = new HttpPeer(call => call.AnswerAsync(200, "", []));
        var reports = await SendAsync(peer, paths);
        // PS3.18 Table 10.5.3-1 has 200 say that all are stored, and 10.5.3 demands the module that names them.
        Assert.All(reports, r =>
        {
            Assert.Equal((SendOutcome.StoredWithWarning, null, null), (r.Result!.Outcome, r.Result.Status, r.Error));
            Assert.Contains("HTTP 200", r.Result.Reason);
        });
    }

    [Fact]
    public async Task A_page_that_any_server_shows_stores_nothing()
    {
        var (_, paths) = Files(60);
        using var peer = new HttpPeer(call => call.AnswerAsync(200, "Content-Type: text/html\r\n", "<p>Welcome</p>"u8.ToArray()));
        var reports = await SendAsync(peer, paths);
        Assert.All(reports, r => Assert.Equal((SendOutcome.Failed, "DicomWeb.BadResponse"), (r.Result!.Outcome, ((DicomWebException)r.Error!).Id)));
        Assert.Single(peer.Requests);
    }

    [Fact]
    public async Task A_refusal_without_words_is_of_what_was_sent_and_of_nothing_else()
    {
        var (instances, paths) = Files(3);
        using var peer = new HttpPeer(call => Encoding.Latin1.GetString(call.Body).Contains(instances[0].SOPInstanceUID, StringComparison.Ordinal)
            ? call.AnswerAsync(409, "Content-Type: text/plain\r\n", "no"u8.ToArray())
            : call.AnswerAsync(200, Json, Answer(instances.Select(i => (i, (int?)null)))));
        var reports = (await SendAsync(peer, paths)).ToDictionary(r => r.Path);
        Assert.Equal([SendOutcome.Failed, SendOutcome.Stored, SendOutcome.Stored], paths.Select(p => reports[p].Result!.Outcome));
    }

    [Fact]
    public async Task The_list_an_instance_is_in_goes_before_its_number()
    {
        var (instances, paths) = Files(3);
        using var peer = new HttpPeer(call => call.AnswerAsync(202, Json, Answer([(instances[0], 0xC001)], [(instances[1], 0), (instances[2], 0xB000)])));
        var reports = (await SendAsync(peer, paths)).ToDictionary(r => r.Path);
        Assert.Equal((SendOutcome.StoredWithWarning, (ushort)0xC001, null), (reports[paths[0]].Result!.Outcome, reports[paths[0]].Result!.Status!.Value, reports[paths[0]].Error));
        Assert.Equal((SendOutcome.Failed, SendOutcome.Failed), (reports[paths[1]].Result!.Outcome, reports[paths[2]].Result!.Outcome));
        Assert.Equal([0x0110, 0x0110], paths[1..].Select(p => (int)Assert.IsType<DimseStatusException>(reports[p].Error).Status));
    }

    [Fact]
    public async Task A_file_that_goes_between_two_tries_concerns_no_other()
    {
        var (instances, paths) = Files(3);
        using var peer = new HttpPeer(call =>
        {
            if (File.Exists(paths[1]))
            {
                File.Delete(paths[1]);
                return call.AnswerAsync(503, "", []);
            }

            return call.AnswerAsync(200, Json, Answer([(instances[0], null), (instances[2], null)]));
        });
        // The second file is named twice: each naming has an end.
        var reports = await SendAsync(peer, [.. paths, paths[1]], retries: 1);
        Assert.Equal(4, reports.Count);
        Assert.Equal(2, reports.Count(r => r.Result!.Outcome == SendOutcome.Stored));
        Assert.All(reports.Where(r => r.Path == paths[1]), r => Assert.Equal((SendOutcome.Failed, "Send.CannotRead"), (r.Result!.Outcome, ((SendException)r.Error!).Id)));
        Assert.Empty(_log.Warnings);
    }

    public void Dispose() => _folder.Dispose();

    private const string Json = "Content-Type: application/dicom+json\r\n";

    private static byte[] Answer(IEnumerable<(TestInstance Instance, int? Warning)> stored, IEnumerable<(TestInstance Instance, int Reason)>? failed = null)
    {
        string Item(TestInstance i, string reason) => "{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"" + i.SOPInstanceUID + "\"]}" + reason + "}";
        var good = stored.Select(s => Item(s.Instance, s.Warning is { } w ? $",\"00081196\":{{\"vr\":\"US\",\"Value\":[{w}]}}" : ""));
        var bad = (failed ?? []).Select(f => Item(f.Instance, $",\"00081197\":{{\"vr\":\"US\",\"Value\":[{f.Reason}]}}"));
        return Encoding.ASCII.GetBytes($"{{\"00081199\":{{\"vr\":\"SQ\",\"Value\":[{string.Join(',', good)}]}},\"00081198\":{{\"vr\":\"SQ\",\"Value\":[{string.Join(',', bad)}]}}}}");
    }

    private (TestInstance[] Instances, string[] Paths) Files(int count)
    {
        TestInstance[] instances = [.. TestStudy.Create(TestStudy.Tiny(count))];
        return (instances, [.. instances.Select(i => i.Save(_folder.Path))]);
    }

    private async Task<List<SendReport>> SendAsync(HttpPeer peer, IReadOnlyList<string> paths, RateLimit? rate = null, int retries = 0)
    {
        var channel = Channel.CreateUnbounded<string>();
        foreach (var path in paths)
            channel.Writer.TryWrite(path);
        channel.Writer.Complete();
        var request = new SendRequest { Node = PacsNode.Parse("WEB@127.0.0.1:1") with { DicomWebUri = peer.Base }, Retry = new RetryPolicy(retries, new NoWaiting(_delays)), Rate = rate };
        var reports = new List<SendReport>();
        await foreach (var report in new StowSender(new FakeTimeProvider()).SendAsync(request, channel.Reader, _log))
            reports.Add(report);
        return reports;
    }
}
