using System.Collections;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation;

namespace PacsTools.Services.Tests.Simulation.Web;

/// <summary>What the faults do on DICOMweb, and who is let in.</summary>
public sealed class WebFaultTests
{
    private const string Study = "studies/" + WebFixture.StudyUid;

    [Theory]
    [InlineData("CallingAENotRecognized", 401)]
    [InlineData("CalledAENotRecognized", 403)]
    [InlineData("TemporaryCongestion", 503)]
    [InlineData("LocalLimitExceeded", 503)]
    public async Task A_rejection_is_a_status(string reason, int status)
    {
        using WebFixture fixture = With("RejectAssociation", reason);
        foreach (string path in (string[])["studies", Study, Study + "/metadata"])
        {
            using HttpResponseMessage response = await fixture.GetAsync(path);
            Assert.Equal(status, (int)response.StatusCode);
        }
    }

    [Theory]
    [InlineData("A700", 503, 507)]
    [InlineData("C000", 500, 500)]
    [InlineData("A900", 409, 409)]
    [InlineData("0124", 403, 403)]
    [InlineData("0112", 404, 404)]
    [InlineData("0000", 204, 204)]
    public async Task A_status_is_one_of_HTTP(string status, int asked, int stored)
    {
        using WebFixture fixture = With("Status", status);
        using HttpResponseMessage get = await fixture.GetAsync("studies");
        using HttpResponseMessage post = await fixture.StoreAsync("studies", WebFixture.Others());
        Assert.Equal((asked, stored), ((int)get.StatusCode, (int)post.StatusCode));
        Assert.Equal(7, fixture.Simulator.Instances);
    }

    [Fact]
    public async Task Every_nth_fails_and_the_answer_says_that_it_is_not_whole()
    {
        using WebFixture fixture = With("FailEvery", 3);
        using HttpResponseMessage response = await fixture.GetAsync(Study);
        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(4, (await WebFixture.PartsAsync(response)).Count);
    }

    [Fact]
    public async Task All_that_fail_are_an_error_with_the_status()
    {
        using WebFixture fixture = With("FailEvery", 1, "Status", "A700");
        using HttpResponseMessage response = await fixture.GetAsync(Study);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        using HttpResponseMessage post = await fixture.StoreAsync("studies", WebFixture.Others());
        Assert.Equal(HttpStatusCode.Conflict, post.StatusCode);
        DicomDataset failed = Assert.Single(Assert.Single(await WebFixture.ReadAsync(post)).GetItems(DicomTags.FailedSOPSequence));
        Assert.Equal(0xA700, failed.GetInt32(DicomTags.FailureReason));
        Assert.Equal(7, fixture.Simulator.Instances);
    }

    [Fact]
    public async Task Every_nth_is_dropped_and_nobody_is_told()
    {
        using WebFixture fixture = With("DropEvery", 3);
        using HttpResponseMessage response = await fixture.GetAsync(Study);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(4, (await WebFixture.PartsAsync(response)).Count);
        using HttpResponseMessage post = await fixture.StoreAsync("studies", WebFixture.Others(3));
        Assert.Equal(HttpStatusCode.OK, post.StatusCode);
        Assert.Equal(3, Assert.Single(await WebFixture.ReadAsync(post)).GetItems(DicomTags.ReferencedSOPSequence).Count);
        Assert.Equal(9, fixture.Simulator.Instances);
    }

    [Fact]
    public async Task Every_nth_is_warned_of_though_it_is_done()
    {
        using WebFixture fixture = With("WarnEvery", 2, "Status", "B007");
        using HttpResponseMessage response = await fixture.GetAsync(Study);
        Assert.True(response.Headers.Contains("Warning"));
        Assert.Equal(6, (await WebFixture.PartsAsync(response)).Count);
        using HttpResponseMessage post = await fixture.StoreAsync("studies", WebFixture.Others(2));
        Assert.Equal(HttpStatusCode.Accepted, post.StatusCode);
        IReadOnlyList<DicomDataset> stored = Assert.Single(await WebFixture.ReadAsync(post)).GetItems(DicomTags.ReferencedSOPSequence);
        Assert.Equal([null, 0xB007], stored.Select(item => item.GetInt32(DicomTags.WarningReason)));
        Assert.Equal(9, fixture.Simulator.Instances);
    }

    [Theory]
    [InlineData("studies", 0)]
    [InlineData("instances", 2)]
    [InlineData(Study, 0)]
    [InlineData(Study, 2)]
    [InlineData(Study + "/metadata", 2)]
    public async Task An_answer_is_broken_off(string path, int after)
    {
        using WebFixture fixture = With("AbortAfter", after);
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            using HttpResponseMessage response = await fixture.GetAsync(path);
            await response.Content.ReadAsByteArrayAsync();
        });
        string raw = await fixture.RawAsync($"GET /dicom-web/{path} HTTP/1.1\r\nHost: x\r\n\r\n");
        Assert.Equal(after == 0, raw.Length == 0);
        if (after > 0)
            Assert.Equal(after, raw.Split(path == Study ? "DICM" : "\"00080018\"").Length - 1);
    }

    [Fact]
    public async Task An_answer_stalls_and_the_end_of_one_is_lost()
    {
        foreach ((string knob, object value) in ((string, object)[])[("StallAfter", 2), ("LoseFinalResponse", true)])
        {
            using WebFixture fixture = With(knob, value);
            using HttpResponseMessage response = await fixture.GetAsync(Study);
            Stream body = await response.Content.ReadAsStreamAsync();
            int seen = 0;
            using var text = new StreamReader(body, Encoding.Latin1);
            var buffer = new char[1 << 16];
            string all = "";
            while (seen < (knob == "StallAfter" ? 2 : 6))
            {
                all += new string(buffer, 0, await text.ReadAsync(buffer));
                seen = all.Split("DICM").Length - 1;
            }

            Task<int> more = text.ReadAsync(buffer, 0, buffer.Length);
            fixture.Simulator.Stop();
            await Assert.ThrowsAnyAsync<IOException>(async () =>
            {
                while (await more > 0) more = text.ReadAsync(buffer, 0, buffer.Length);
            });
        }
    }

    [Fact]
    public async Task Answers_are_late()
    {
        var time = new FakeTimeProvider();
        using var fixture = new WebFixture(new PacsSimulatorOptions { TimeProvider = time, Faults = SimulatorFaults.None with { Delay = TimeSpan.FromSeconds(5) } });
        Task<HttpResponseMessage> late = fixture.GetAsync("studies?PatientID=P1");
        await TestKit.Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return late.IsCompleted;
            },
            "the answer is there");
        using HttpResponseMessage response = await late;
        Assert.InRange((time.GetUtcNow() - time.Start).TotalSeconds, 5, double.MaxValue);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Matches_are_capped_and_spoilt()
    {
        using WebFixture fixture = With("ResultCap", 4, "IllegalValues", true, "WrongCharacterSet", "ISO_IR 144");
        using HttpResponseMessage response = await fixture.GetAsync("instances?includefield=StudyDate");
        Assert.Contains("exceeded", Assert.Single(response.Headers.GetValues("Warning")), StringComparison.Ordinal);
        List<DicomDataset> found = await WebFixture.ReadAsync(response);
        Assert.Equal(4, found.Count);
        Assert.All(found, match => Assert.Null(match.GetDate(DicomTags.StudyDate)));
        Assert.NotEqual("MÜLLER^JÜRGEN", Assert.Single(await fixture.FindAsync("studies?PatientID=P2")).GetString(DicomTags.PatientName));
        using HttpResponseMessage few = await fixture.GetAsync("instances?limit=4");
        Assert.False(few.Headers.Contains("Warning"));
    }

    [Fact]
    public async Task Faults_are_confined_and_pass()
    {
        using WebFixture fixture = With("RejectAssociation", "TemporaryCongestion", "Only", "Wado", "Times", 1);
        Assert.Equal(2, (await fixture.FindAsync("studies")).Count);
        using HttpResponseMessage first = await fixture.GetAsync(Study);
        using HttpResponseMessage second = await fixture.GetAsync(Study);
        Assert.Equal((503, 200), ((int)first.StatusCode, (int)second.StatusCode));
        using WebFixture dimse = With("RejectAssociation", true, "Only", new[] { "Echo", "Find", "Move", "Get", "Store" });
        Assert.Equal(2, (await dimse.FindAsync("studies")).Count);
    }

    [Fact]
    public async Task Nobody_is_served_without_the_user_or_the_token()
    {
        using var fixture = new WebFixture(new PacsSimulatorOptions { DicomWebCredential = new DicomWebCredential("jürgen", new PacsSecret("pass:wörd")), DicomWebToken = new PacsSecret("t0ken") });
        using (HttpResponseMessage response = await fixture.GetAsync("studies"))
        {
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal(["Basic", "Bearer"], response.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
        }

        Assert.Equal(HttpStatusCode.OK, await StatusAsync("Basic", Basic("jürgen:pass:wörd")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("bearer", "t0ken"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("Basic", Basic("jürgen:pass")));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("Bearer", "T0KEN"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("Bearer", Basic("jürgen:pass:wörd")));
        Assert.DoesNotContain("t0ken", fixture.Simulator.Node.ToString(), StringComparison.Ordinal);

        static string Basic(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

        async Task<HttpStatusCode> StatusAsync(string scheme, string value)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "studies");
            request.Headers.Authorization = new AuthenticationHeaderValue(scheme, value);
            using HttpResponseMessage response = await fixture.Http.SendAsync(request);
            return response.StatusCode;
        }
    }

    private static WebFixture With(params object[] knobs)
    {
        var table = new Hashtable();
        for (int i = 0; i < knobs.Length; i += 2) table[knobs[i]] = knobs[i + 1];
        return new WebFixture(new PacsSimulatorOptions { Faults = FaultParser.Parse(table) });
    }
}
