using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using PacsTools.Services.Simulation;
using PacsTools.Services.Simulation.Web;
using PacsTools.TestKit;

namespace PacsTools.Services.Tests.Simulation.Web;

/// <summary>What clients and enemies send: an answer or an end, and the next one is served.</summary>
public sealed class HttpTests
{
    private const string Good = "GET /dicom-web/studies?limit=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private const string Post = "POST /dicom-web/studies HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/related; type=\"application/dicom\"; boundary=b\r\n";

    public static TheoryData<string, string, string> Hostile => new()
    {
        { "noise", "\x16\x03\x01\x02\x00\x01\xFC\x03\x03\r\n\r\n", "400" },
        { "a DICOM association", "\x01\x00\x00\x00\x00\xCD\x00\x01\x00\x00SIM_PACS\n\n", "400" },
        { "another protocol", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505" },
        { "no version", "GET /dicom-web/studies\r\n\r\n", "400" },
        { "no host", "GET /dicom-web/studies HTTP/1.1\r\n\r\n", "400" },
        { "a space in a name", "GET /dicom-web/studies HTTP/1.1\r\nHost : x\r\n\r\n", "400" },
        { "a folded header", "GET /dicom-web/studies HTTP/1.1\r\nHost: x\r\n y\r\n\r\n", "400" },
        { "a bare return", "GET /dicom-web/studies HTTP/1.1\r\nHost: x\rEvil: y\r\n\r\n", "400" },
        { "an endless line", "GET /dicom-web/" + new string('a', 100_000), "431" },
        { "endless headers", "GET /dicom-web/studies HTTP/1.1\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 20_000)), "431" },
        { "many headers", "GET /dicom-web/studies HTTP/1.1\r\nHost: x\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 200)) + "\r\n", "431" },
        { "two lengths", Post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", "400" },
        { "a length and chunks", Post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", "400" },
        { "a negative length", Post + "Content-Length: -5\r\n\r\nhello", "400" },
        { "another coding", Post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", "501" },
        { "a chunk of no length", Post + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n--b\r\n", "400" },
        { "a chunk of all lengths", Post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n--b\r\n", "400" },
        { "a chunk that goes on", Post + "Transfer-Encoding: chunked\r\n\r\n2\r\n--b\r\n", "400" },
        { "an endless chunk line", Post + "Transfer-Encoding: chunked\r\n\r\n2;" + new string('x', 10_000), "400" },
        { "endless trailers", Post + "Transfer-Encoding: chunked\r\n\r\n3\r\n--b\r\n0\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 500)), "400" },
        { "a wrong boundary", Post + "Content-Length: 8\r\nConnection: close\r\n\r\n--c\r\n\r\nx", "400" },
        { "endless part headers", Post + "Content-Length: 200005\r\nConnection: close\r\n\r\n--b\r\n" + new string('h', 200_000), "400" },
        { "no boundary", "POST /dicom-web/studies HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/related\r\nContent-Length: 2\r\n\r\nab", "400" },
        { "a method that is none", "TRACE /dicom-web/studies HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "405" },
        { "another place", "GET /etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404" },
        { "a way out", "GET /dicom-web/studies/../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404" },
        { "a way out, encoded", "GET /dicom-web/studies/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404" },
        { "a NUL", "GET /dicom-web/studies/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "400" },
        { "a UID of 10,000 characters", "GET /dicom-web/studies/" + new string('1', 10_000) + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404" },
        { "several UIDs in one", "GET /dicom-web/studies/1%5C" + WebFixture.StudyUid + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404" },
        { "no UID", "GET /dicom-web/studies/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", "404" },
    };

    [Theory]
    [MemberData(nameof(Hostile))]
    public async Task Whatever_is_sent_is_answered_or_ended_and_the_next_is_served(string what, string bytes, string status)
    {
        using var fixture = new WebFixture();
        string answer = await fixture.RawAsync(bytes);
        Assert.True(answer.StartsWith($"HTTP/1.1 {status} ", StringComparison.Ordinal), $"{what}: {answer}");
        Assert.StartsWith("HTTP/1.1 200 ", await fixture.RawAsync(Good), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("GET /dicom-web/stu")]
    [InlineData("GET /dicom-web/studies HTTP/1.1\r\nHost: x\r\nX-Slow: ")]
    [InlineData(Post + "Content-Length: 100\r\n\r\n--b\r\n")]
    [InlineData(Post + "Transfer-Encoding: chunked\r\n\r\n5\r\n--")]
    public async Task Who_is_too_slow_is_let_go(string start)
    {
        var time = new FakeTimeProvider();
        using var fixture = new WebFixture(new PacsSimulatorOptions { TimeProvider = time });
        Task<string> slow = fixture.RawAsync(start);
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(61));
                return slow.IsCompleted;
            },
            "the connection is closed");
        Assert.DoesNotContain("200 OK", await slow, StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200 ", await fixture.RawAsync(Good), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_that_drips_does_not_live_longer_for_it()
    {
        var time = new FakeTimeProvider();
        using var fixture = new WebFixture(new PacsSimulatorOptions { TimeProvider = time, HttpLimits = HttpLimits.Default with { HeadTime = TimeSpan.FromSeconds(20) } });
        using var client = new TcpClient("127.0.0.1", fixture.Simulator.DicomWebUri!.Port);
        NetworkStream stream = client.GetStream();
        Task<int> end = stream.ReadAsync(new byte[1]).AsTask();
        await Eventually.TrueAsync(
            async () =>
            {
                time.Advance(TimeSpan.FromSeconds(5));
                try
                {
                    await stream.WriteAsync("x"u8.ToArray());
                }
                catch (IOException)
                {
                    return true;
                }

                return end.IsCompleted;
            },
            "the connection is closed");
    }

    [Fact]
    public async Task More_connections_than_there_may_be_are_refused_until_there_is_room()
    {
        using var fixture = new WebFixture(new PacsSimulatorOptions { HttpLimits = HttpLimits.Default with { MaxConnections = 2 } });
        using TcpClient first = await BusyAsync(fixture);
        using (TcpClient second = await BusyAsync(fixture))
        {
            await Eventually.TrueAsync(async () => (await fixture.RawAsync(Good)).StartsWith("HTTP/1.1 503 ", StringComparison.Ordinal), "two connections are open");
        }

        await Eventually.TrueAsync(async () => (await fixture.RawAsync(Good)).StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal), "one of them is gone");
    }

    [Fact]
    public async Task Connections_that_wait_for_nothing_make_room_for_others()
    {
        using var fixture = new WebFixture(new PacsSimulatorOptions { HttpLimits = HttpLimits.Default with { MaxConnections = 2 } });
        using TcpClient busy = await BusyAsync(fixture);
        using var silent = new TcpClient("127.0.0.1", fixture.Simulator.DicomWebUri!.Port);
        Assert.StartsWith("HTTP/1.1 200 ", await fixture.RawAsync(Good), StringComparison.Ordinal);
        Assert.Equal(0, await silent.GetStream().ReadAsync(new byte[1]));
    }

    // Told to go on with a body that does not come: the server is at work for it.
    private static async Task<TcpClient> BusyAsync(WebFixture fixture)
    {
        var client = new TcpClient("127.0.0.1", fixture.Simulator.DicomWebUri!.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(Post + "Expect: 100-continue\r\nContent-Length: 10\r\n\r\n"));
        Assert.True(await stream.ReadAsync(new byte[64]) > 0);
        return client;
    }

    [Fact]
    public async Task One_connection_serves_many_requests_sent_at_once()
    {
        using var fixture = new WebFixture();
        string keep = Good.Replace("Connection: close\r\n", "", StringComparison.Ordinal);
        string body = "5\r\n--b--\r\n0\r\n\r\n";
        string answer = await fixture.RawAsync(keep + Post + "Transfer-Encoding: chunked\r\n\r\n" + body + "\r\n" + keep + Good);
        string[] statuses = [.. Regex.Matches(answer, "HTTP/1.1 ([0-9]+) ").Select(match => match.Groups[1].Value)];
        Assert.Equal(["200", "400", "200", "200"], statuses);
    }

    [Fact]
    public async Task A_client_that_waits_is_told_to_go_on_and_one_that_is_refused_is_not()
    {
        using var fixture = new WebFixture(new PacsSimulatorOptions { DicomWebToken = new("secret") });
        const string expect = "Expect: 100-continue\r\nContent-Length: 8\r\nConnection: close\r\n";
        Assert.StartsWith("HTTP/1.1 401 ", await fixture.RawAsync(Post + expect + "\r\n"), StringComparison.Ordinal);
        string answer = await fixture.RawAsync(Post + "Authorization: Bearer secret\r\n" + expect + "\r\n--b\r\n\r\nx");
        Assert.StartsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 400 ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task HTTP_1_0_gets_a_body_that_ends_with_the_connection()
    {
        using var fixture = new WebFixture();
        string answer = await fixture.RawAsync("GET /dicom-web/studies?limit=1 HTTP/1.0\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 200 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Transfer-Encoding", answer, StringComparison.Ordinal);
        Assert.EndsWith("}]", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_frees_the_port_and_ends_who_waits()
    {
        using var fixture = new WebFixture(new PacsSimulatorOptions { Faults = SimulatorFaults.None with { StallAfter = 0 } });
        Task<string> stalled = fixture.RawAsync(Good);
        int port = fixture.Simulator.DicomWebUri!.Port;
        fixture.Simulator.Stop();
        Assert.Equal("", await stalled);
        using PacsSimulator again = PacsSimulator.Start(new PacsSimulatorOptions { DicomWeb = true, DicomWebPort = port });
        Assert.Equal(port, again.DicomWebUri!.Port);
        var error = Assert.Throws<Dicom.Errors.DicomNetworkException>(() => PacsSimulator.Start(new PacsSimulatorOptions { DicomWeb = true, DicomWebPort = port }));
        Assert.Equal(Dicom.Errors.NetworkFailure.PortInUse, error.Failure);
    }
}
