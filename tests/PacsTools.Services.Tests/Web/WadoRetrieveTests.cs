using System.IO.Compression;
using System.Text;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;
using PacsTools.Services.Tests.Retrieve;
using PacsTools.Services.Web;
using PacsTools.TestKit;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Web;

/// <summary>Retrieves by WADO-RS from a server that does what a test says.</summary>
public sealed class WadoRetrieveTests : RetrieveTestBase
{
    private static readonly byte[] s_nothing = [];

    [Fact]
    public async Task A_study_arrives_bit_for_bit_and_proven()
    {
        var instances = Instances(5);
        HttpCall? seen = null;
        using var archive = new WebArchive(instances, call =>
        {
            if (!WebArchive.IsSearch(call))
                seen = call;
            return Task.FromResult(false);
        });
        var node = archive.Node with { DicomWebCredential = new DicomWebCredential("someone", new PacsSecret("sésame")) };
        var report = await Report(Request(archive) with { Node = node });
        Assert.Null(report.Error);
        Assert.Equal((true, 5, 5, "DicomWeb"), (report.Complete, report.Expected, report.Stored, report.Method));
        AssertHere(instances);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("someone:sésame")), seen!.Headers["Authorization"]);
        Assert.Equal("multipart/related; type=\"application/dicom\"; transfer-syntax=*", seen.Headers["Accept"]);
        Assert.Null(report.Status);
        Assert.All(report.Instances, i => Assert.Equal("DicomWeb", i.Method));
    }

    [Fact]
    public async Task A_token_goes_as_such()
    {
        string? authorization = null;
        using var archive = new WebArchive(Instances(1), call =>
        {
            authorization = call.Headers["Authorization"];
            return Task.FromResult(false);
        });
        Assert.True((await Report(Request(archive) with { Node = archive.Node with { DicomWebToken = new PacsSecret("abc.def") } })).Complete);
        Assert.Equal("Bearer abc.def", authorization);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_DIMSE_cannot_tell_the_patient_DICOMweb_needs_none(bool resume)
    {
        var instances = Instances(3);
        using var archive = new WebArchive(instances);
        var request = Request(archive) with { Method = RetrieveMethod.Auto, Resume = resume };
        var report = await Report(request with { Node = request.Node with { QueryModel = QueryModel.Patient } });
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal((3, 3, "DicomWeb"), (report.Expected, report.Stored, report.Method));
        Assert.Equal(["CMove", "DicomWeb"], report.Attempts.Select(a => a.Method));
        Assert.Contains("PatientID", report.Attempts[0].Reason, StringComparison.Ordinal);
        AssertHere(instances);
    }

    [Fact]
    public async Task An_instance_cut_half_way_is_missing_and_leaves_nothing()
    {
        var instances = Instances(4);
        using var archive = new WebArchive(instances, BreakOff(instances, 2.5));
        var report = await Report(Request(archive));
        Assert.Equal(NetworkFailure.ConnectionLost, Assert.IsType<DicomNetworkException>(report.Error).Failure);
        Assert.Equal((4, 2, 2), (report.Expected, report.Stored, report.Missing));
        AssertHere(instances.Take(2).ToList());
    }

    [Fact]
    public async Task After_a_break_only_what_is_missing_is_asked_for()
    {
        var instances = Instances(4);
        using var archive = new WebArchive(instances, BreakOff(instances, 2.5));
        var report = await Pass(Start(Request(archive) with { Retry = new RetryPolicy(null, Time) }).DrainAsync());
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal(2, report.Attempts.Count);
        AssertHere(instances);
        var (study, series) = (instances[0].StudyInstanceUID, instances[0].SeriesInstanceUID);
        Assert.Equal([study, .. instances.Skip(2).Select(i => $"{study}/series/{series}/instances/{i.SOPInstanceUID}")], archive.Retrieved);
    }

    [Fact]
    public async Task Without_the_last_delimiter_the_last_instance_is_not_believed()
    {
        var instances = Instances(2);
        var body = WebArchive.Multipart(instances.Select(i => i.ToFile()));
        using var archive = new WebArchive(instances, Wado(call => call.AnswerAsync(200, WebArchive.MultipartType, body[..^(WebArchive.Boundary.Length + 8)])));
        var report = await Report(Request(archive));
        Assert.Equal((1, 1), (report.Stored, report.Missing));
        Assert.Equal(NetworkFailure.ConnectionLost, Assert.IsType<DicomNetworkException>(report.Error).Failure);
        AssertHere(instances.Take(1).ToList());
    }

    [Theory]
    [InlineData(401, "DicomWeb.Unauthorized")]
    [InlineData(403, "DicomWeb.Forbidden")]
    [InlineData(404, "DicomWeb.NotFound")]
    [InlineData(410, "DicomWeb.NotFound")]
    [InlineData(406, "DicomWeb.NotAcceptable")]
    [InlineData(409, "DicomWeb.Http409")]
    [InlineData(501, "DicomWeb.Http501")]
    public async Task What_is_refused_for_good_is_asked_for_once(int status, string id)
    {
        using var archive = new WebArchive(Instances(2), async call =>
        {
            await call.AnswerAsync(status, "", s_nothing);
            return true;
        });
        var report = await Report(Request(archive) with { Retry = new RetryPolicy(null, Time) });
        var error = Assert.IsType<DicomWebException>(report.Error);
        Assert.Equal((id, status), (error.Id, error.StatusCode!.Value));
        Assert.NotNull(error.Advice);
        Assert.Single(report.Attempts);
        Assert.Single(archive.Retrieved);
    }

    [Theory]
    [InlineData(503, "Retry-After: 7\r\n", 2, true)]
    [InlineData(500, "", 2, true)]
    [InlineData(503, "", 3, false)]
    [InlineData(503, "Retry-After: 3600\r\n", 1, false)]
    public async Task What_may_pass_is_tried_as_a_network_error_is(int status, string headers, int failures, bool passes)
    {
        var instances = Instances(2);
        var left = failures;
        using var archive = new WebArchive(instances, Wado(call => left-- > 0 ? call.AnswerAsync(status, headers, s_nothing) : null));
        var report = await Pass(Start(Request(archive) with { Retry = new RetryPolicy(null, Time) }).DrainAsync());
        Assert.Equal(passes, report.Complete);
        Assert.Equal(passes ? failures + 1 : failures, report.Attempts.Count);
        if (!passes)
            Assert.Equal("DicomWeb.Http503", Assert.IsType<DicomWebException>(report.Error).Id);
        if (headers.Contains(" 7", StringComparison.Ordinal))
            Assert.True(report.Attempts[1].StartedAt - report.Attempts[0].StartedAt >= TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_redirect_on_the_same_server_is_followed_and_one_to_another_is_not()
    {
        var instances = Instances(1);
        using var other = new WebArchive(instances);
        var to = "/web/moved";
        using var archive = new WebArchive(instances, Wado(call => call.Target.StartsWith("/web/studies", StringComparison.Ordinal) ? call.AnswerAsync(307, $"Location: {to}\r\n", s_nothing)
            : call.AnswerAsync(200, WebArchive.MultipartType, WebArchive.Multipart(instances.Select(i => i.ToFile())))));
        var node = archive.Node with { DicomWebToken = new PacsSecret("x") };
        Assert.True((await Report(Request(archive) with { Node = node })).Complete);
        to = other.Peer.Base + "/studies/" + instances[0].StudyInstanceUID;
        var report = await Report(Request(archive) with { Node = node, Destination = Folder["other"] });
        Assert.Equal("DicomWeb.Redirected", Assert.IsType<DicomWebException>(report.Error).Id);
        Assert.Empty(other.Peer.Requests);
    }

    [Theory]
    [InlineData("//")]
    [InlineData("https:")]
    public async Task A_redirect_to_what_is_no_address_is_not_followed(string location)
    {
        using var archive = new WebArchive(Instances(1), Wado(call => call.AnswerAsync(302, $"Location: {location}\r\n", s_nothing)));
        var error = Assert.IsType<DicomWebException>((await Report(Request(archive))).Error);
        Assert.Equal("DicomWeb.Redirected", error.Id);
        Assert.Contains("to what is no address", error.Message);
        Assert.Single(archive.Retrieved);
    }

    [Fact]
    public async Task Redirects_in_a_circle_come_to_an_end()
    {
        using var archive = new WebArchive(Instances(1), Wado(call => call.AnswerAsync(302, $"Location: {call.Target}\r\n", s_nothing)));
        Assert.Equal("DicomWeb.Redirected", Assert.IsType<DicomWebException>((await Report(Request(archive))).Error).Id);
        Assert.InRange(archive.Retrieved.Count(), 2, 10);
    }

    [Fact]
    public async Task What_was_compressed_unasked_is_taken()
    {
        var instances = Instances(2);
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(WebArchive.Multipart(instances.Select(i => i.ToFile())));
        using var archive = new WebArchive(instances, Wado(call => call.AnswerAsync(200, WebArchive.MultipartType + "Content-Encoding: gzip\r\n", packed.ToArray())));
        Assert.True((await Report(Request(archive))).Complete);
        AssertHere(instances);
    }

    [Theory]
    [InlineData("Content-Type: text/html\r\n", "<html>")]
    [InlineData("Content-Type: multipart/related; type=\"application/dicom+json\"; boundary=x\r\n", "--x--")]
    [InlineData("Content-Type: multipart/related; type=\"application/dicom\"\r\n", "--x--")]
    [InlineData("", "DICM")]
    public async Task What_is_no_answer_is_an_error(string headers, string body)
    {
        using var archive = new WebArchive(Instances(1), Wado(call => call.AnswerAsync(200, headers, Encoding.ASCII.GetBytes(body))));
        Assert.Equal("DicomWeb.BadResponse", Assert.IsType<DicomWebException>((await Report(Request(archive))).Error).Id);
    }

    [Fact]
    public async Task Endless_headers_and_endless_preambles_are_cut_short()
    {
        using var headers = new WebArchive(Instances(1), Wado(call => Endless(call, "HTTP/1.1 200 OK\r\n", "X-Header: some value that goes on and on\r\n")));
        Assert.Equal("DicomWeb.BadResponse", Assert.IsType<DicomWebException>((await Report(Request(headers))).Error).Id);
        using var preamble = new WebArchive(Instances(1), Wado(call => Endless(call, "HTTP/1.1 200 OK\r\n" + WebArchive.MultipartType + "\r\n", "no delimiter in here\r\n")));
        Assert.Equal("DicomWeb.BadResponse", Assert.IsType<DicomWebException>((await Report(Request(preamble))).Error).Id);
        await Eventually.TrueAsync(() => preamble.Peer.BrokenOff == 1, "the connection is closed");
    }

    [Fact]
    public async Task An_instance_of_another_study_is_unexpected_and_not_kept()
    {
        var instances = Instances(2);
        var stranger = Instances(1, seed: 9)[0];
        using var archive = new WebArchive(instances, Wado(call => call.AnswerAsync(200, WebArchive.MultipartType, WebArchive.Multipart([stranger.ToFile(), .. instances.Select(i => i.ToFile())]))));
        var (files, error) = await Collect(Start(Request(archive)));
        Assert.Null(error);
        Assert.Equal([InstanceOutcome.Unexpected, InstanceOutcome.Stored, InstanceOutcome.Stored], files.Select(f => f.Outcome));
        Assert.Equal((stranger.SOPInstanceUID, stranger.StudyInstanceUID, null), (files[0].SOPInstanceUID, files[0].StudyInstanceUID, files[0].Path));
        AssertHere(instances);
        Assert.Contains(Log.Warnings, w => w.Id == "Retrieve.Unexpected");
        var report = await Report(Request(archive) with { Destination = Folder["again"] });
        Assert.Equal((true, 2, 1), (report.Complete, report.Stored, report.Unexpected));
    }

    [Theory]
    [InlineData("../../../../evil")]
    [InlineData("/etc/evil")]
    [InlineData("..\\..\\evil")]
    public async Task A_hostile_UID_stays_inside_the_destination(string uid)
    {
        var good = Instances(1)[0];
        var evil = new RawDataSet().Text(0x00080016, "UI", good.SOPClassUID).Text(0x00080018, "UI", uid)
            .Text(0x0020000D, "UI", good.StudyInstanceUID).Text(0x0020000E, "UI", "../../x").ToBytes(explicitVR: true);
        byte[] file = [.. TestInstance.FileHead(good.SOPClassUID, uid, TestStudy.ExplicitLittleEndian), .. evil];
        using var archive = new WebArchive([good], Wado(call => call.AnswerAsync(200, WebArchive.MultipartType, WebArchive.Multipart([good.ToFile(), file]))));
        var report = await Report(Request(archive));
        Assert.Equal((1, 1), (report.Stored, report.Unexpected));
        Assert.Equal(2, Files().Count);
        Assert.Equal(2, Directory.EnumerateFiles(Folder.Path, "*", SearchOption.AllDirectories).Count());
    }

    [Fact]
    public async Task Parts_that_are_no_instances_are_passed_over_and_told()
    {
        var instances = Instances(1);
        using var archive = new WebArchive(instances, Wado(call => call.AnswerAsync(200, WebArchive.MultipartType, WebArchive.Multipart(["nothing"u8.ToArray(), new byte[4000], instances[0].ToFile()]))));
        var report = await Report(Request(archive));
        Assert.Equal((1, 0), (report.Stored, report.Missing));
        Assert.Equal(2, Log.Warnings.Count(w => w.Id == "DicomWeb.NoInstance"));
        Assert.DoesNotContain(Files(), f => f.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_instance_may_come_without_a_multipart_around_it()
    {
        var instances = Instances(1);
        var (type, file) = ("Content-Type: application/dicom\r\n", instances[0].ToFile());
        using var archive = new WebArchive(instances, Wado(call => call.AnswerAsync(200, type, file)));
        var request = Request(archive) with { Level = RetrieveLevel.Image, SeriesInstanceUIDs = [instances[0].SeriesInstanceUID], SOPInstanceUIDs = [instances[0].SOPInstanceUID] };
        Assert.True((await Report(request)).Complete);
        AssertHere(instances);
        using var cut = new WebArchive(instances, Wado(call => call.BreakOffAsync(type, file[..^10], file.Length)));
        var report = await Report(request with { Node = cut.Node, Destination = Folder["cut"] });
        Assert.Equal((0, 1), (report.Stored, report.Missing));
        Assert.Empty(Files("cut"));
    }

    [Fact]
    public async Task What_the_server_calls_partial_is_not_complete_unless_proven()
    {
        var instances = Instances(3);
        using var archive = new WebArchive(instances, Wado(call => call.AnswerAsync(206, WebArchive.MultipartType, WebArchive.Multipart(instances.Take(2).Select(i => i.ToFile())))));
        var report = await Report(Request(archive));
        Assert.Equal(("Retrieve.Incomplete", 2, 1), (Assert.IsType<RetrieveException>(report.Error).Id, report.Stored, report.Missing));
        Assert.Contains("HTTP 206", report.Error.Message);
        report = await Report(Request(archive) with { NoVerify = true, Destination = Folder["unverified"] });
        Assert.False(report.Complete);
    }

    [Fact]
    public async Task A_silent_server_is_a_timeout_and_no_part_stays()
    {
        var instances = Instances(2);
        using var archive = new WebArchive(instances, Wado(async call =>
        {
            await call.SendAsync($"HTTP/1.1 200 OK\r\n{WebArchive.MultipartType}\r\n");
            await call.SendAsync(WebArchive.Multipart(instances.Select(i => i.ToFile()))[..^200]);
            await Task.Delay(Timeout.Infinite, call.Stop);
        }));
        var report = await Pass(Start(Request(archive) with { Timeout = TimeSpan.FromSeconds(60) }).DrainAsync(), step: 10);
        Assert.Equal("DicomWeb", Assert.IsType<DicomTimeoutException>(report.Error).Operation);
        Assert.Equal((1, 1), (report.Stored, report.Missing));
        AssertHere(instances.Take(1).ToList());
    }

    [Fact]
    public async Task Cancelling_closes_the_connection_at_once_and_leaves_no_part()
    {
        var instances = Instances(2);
        // Not the number of connections that broke off: the QIDO-RS beside it may be under way too.
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var archive = new WebArchive(instances, Wado(async call =>
        {
            await call.SendAsync($"HTTP/1.1 200 OK\r\n{WebArchive.MultipartType}\r\n");
            await call.SendAsync(WebArchive.Multipart(instances.Select(i => i.ToFile()))[..^200]);
            try
            {
                while (true)
                {
                    await Task.Delay(10, call.Stop);
                    await call.SendAsync("x");
                }
            }
            catch (IOException)
            {
                closed.SetResult();
                throw;
            }
        }));
        using var cancel = new CancellationTokenSource();
        var run = Start(Request(archive), cancel.Token);
        await using (var files = run.Instances.GetAsyncEnumerator())
        {
            Assert.True(await files.MoveNextAsync());
            await cancel.CancelAsync();
        }

        Assert.True(run.Report.IsCanceled);
        Assert.Single(Files());
        await closed.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Password_and_token_are_not_sent_in_the_clear_to_another_host_unless_insisted_on()
    {
        var node = PacsNode.Parse("WEB@192.0.2.1:104") with { DicomWebUri = new Uri("http://192.0.2.1/web"), DicomWebToken = new PacsSecret("x") };
        var client = new DicomWebClient(node, TimeSpan.FromSeconds(1), Time);
        Assert.Equal("DicomWeb.Unencrypted", (await Assert.ThrowsAsync<DicomWebException>(() => client.GetAsync("studies", "*/*", CancellationToken.None))).Id);
    }

    [Fact]
    public async Task A_server_that_knows_no_paging_is_asked_until_nothing_new_comes()
    {
        var instances = Instances(3);
        var series = instances[0].SeriesInstanceUID;
        using var archive = new WebArchive(instances, async call =>
        {
            if (!WebArchive.IsSearch(call))
                return false;
            var json = call.Path.EndsWith("/series", StringComparison.Ordinal)
                ? $$$"""[{"0020000E":{"vr":"UI","Value":["{{{series}}}"]}}]"""
                : $"[{string.Join(',', instances.Select(i => $$$"""{"00080018":{"vr":"UI","Value":["{{{i.SOPInstanceUID}}}"]}}"""))}]";
            await call.AnswerAsync(200, "Content-Type: application/dicom+json\r\n", Encoding.ASCII.GetBytes(json));
            return true;
        });
        var report = await Report(Request(archive));
        Assert.Equal((true, 3), (report.Complete, report.Expected));
        Assert.Equal(4, archive.Peer.Requests.Count(r => r.Contains('?')));
    }

    [Fact]
    public async Task Auto_delivers_by_DICOMweb_where_no_association_can_be_had()
    {
        var instances = Instances(3);
        using var archive = new WebArchive(instances);
        var port = TestKit.Processes.LoopbackPort.Take();
        var report = await Report(Request(archive) with { Node = archive.Node with { Port = port }, Method = RetrieveMethod.Auto });
        Assert.True(report.Complete, report.Error?.Message);
        Assert.Equal(["CMove", "DicomWeb"], report.Attempts.Select(a => a.Method));
        Assert.Contains("connection refused", report.Attempts[0].Reason);
        Assert.Equal((3, "DicomWeb"), (report.Expected, report.Method));
    }

    [Fact]
    public async Task Resuming_asks_for_what_is_not_here()
    {
        var instances = Instances(4);
        using var archive = new WebArchive(instances);
        Assert.True((await Report(Request(archive))).Complete);
        File.Delete(Files().Single(f => f.Contains(instances[2].SOPInstanceUID, StringComparison.Ordinal)));
        var report = await Report(Request(archive) with { Resume = true });
        Assert.Equal((true, 1, 3), (report.Complete, report.Stored, report.Duplicate));
        Assert.EndsWith("/instances/" + instances[2].SOPInstanceUID, archive.Retrieved.Last());
        AssertHere(instances);
    }

    [Fact]
    public async Task A_UID_alone_is_looked_up_and_only_a_match_of_its_own_counts()
    {
        using var archive = new SimulatedArchive(null, dicomWeb: true);
        var request = new RetrieveRequest { Node = archive.Node, StudyInstanceUID = "", Retry = new RetryPolicy(0, Time) };
        var lookup = new WebUidLookup(Time);
        var (study, series) = await lookup.ParentsOfInstanceAsync(request, archive.SOPInstanceUIDs.First(), Log, CancellationToken.None);
        Assert.Equal(archive.StudyInstanceUID, study);
        Assert.Equal(study, await lookup.StudyOfSeriesAsync(request, series, Log, CancellationToken.None));
        await Assert.ThrowsAsync<ArgumentException>(() => lookup.StudyOfSeriesAsync(request, "1.2.*", Log, CancellationToken.None));

        // One that ignores the key.
        const string Other = """[{"0020000D":{"vr":"UI","Value":["1.1"]},"0020000E":{"vr":"UI","Value":["1.1.9"]}}]""";
        using var careless = new WebArchive(Instances(1), Wado(call => null, Other));
        Assert.Equal("DicomWeb.NotFound", (await Assert.ThrowsAsync<DicomWebException>(() => lookup.StudyOfSeriesAsync(request with { Node = careless.Node }, "1.2.3", Log, CancellationToken.None))).Id);
        Assert.Equal("1.1", await lookup.StudyOfSeriesAsync(request with { Node = careless.Node }, "1.1.9", Log, CancellationToken.None));
    }

    [Fact]
    public void Without_an_address_nothing_is_sent() => Assert.Equal(
        "DicomWeb.NoUri",
        Assert.Throws<DicomWebException>(() => Start(new RetrieveRequest { Node = PacsNode.Parse("A@pacs:104"), StudyInstanceUID = "1.2.3", Method = RetrieveMethod.DicomWeb })).Id);

    private static Func<HttpCall, Task<bool>> Wado(Func<HttpCall, Task?> answer) => async call =>
    {
        if (WebArchive.IsSearch(call) || answer(call) is not { } answered)
            return false;
        await answered;
        return true;
    };

    // Answers every search with this.
    private static Func<HttpCall, Task<bool>> Wado(Func<HttpCall, Task?> answer, string matches) => async call =>
    {
        if (!WebArchive.IsSearch(call))
            return await Wado(answer)(call);
        await call.AnswerAsync(200, "Content-Type: application/dicom+json\r\n", Encoding.ASCII.GetBytes(matches));
        return true;
    };

    // Breaks the first answer off after so many instances.
    private static Func<HttpCall, Task<bool>> BreakOff(IReadOnlyList<TestInstance> instances, double after)
    {
        var body = WebArchive.Multipart(instances.Select(i => i.ToFile()));
        var first = true;
        return Wado(call =>
        {
            if (!first)
                return null;
            first = false;
            return call.BreakOffAsync(WebArchive.MultipartType, body[..(int)(body.Length * after / instances.Count)], body.Length);
        });
    }

    private static async Task Endless(HttpCall call, string head, string more)
    {
        await call.SendAsync(head);
        while (true)
            await call.SendAsync(more);
    }

    private RetrieveRequest Request(WebArchive archive) => new()
    {
        Node = archive.Node,
        StudyInstanceUID = archive.Instances[0].StudyInstanceUID,
        Destination = Folder["out"],
        Method = RetrieveMethod.DicomWeb,
        Retry = new RetryPolicy(0, Time),
    };
}
