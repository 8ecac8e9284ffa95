using System.Globalization;
using System.IO.Compression;
using System.Text;
using PacsTools.Dicom.Data;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;
using PacsTools.Services.Tests.Web;
using PacsTools.Services.Web;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>What a DICOMweb server can do to our WADO-RS, QIDO-RS and STOW-RS.</summary>
internal static class WebClientRows
{
    // Connections that stay would lie in the pool of the process for a while, and could not be told from those that were forgotten.
    private const string Gone = "Connection: close\r\n";
    private const string Json = "Content-Type: application/dicom+json\r\n" + Gone;
    private const string Multipart = WebArchive.MultipartType + Gone;
    private const string Chunked = "Transfer-Encoding: chunked\r\n";
    private const string Head = "HTTP/1.1 200 OK\r\n";
    private const string Delimiter = "--" + WebArchive.Boundary + "\r\n";

    public static IReadOnlyList<HostileRow<ScuTarget>> All { get; } =
    [
        All3("speaks DICOM", "Network.ConnectionLost", (_, call) => Close(call, Encoding.Latin1.GetString(RawPdu.Abort().ToBytes()))),
        All3("closes instead of answering", "Network.ConnectionLost", (_, call) =>
        {
            call.MustClose = true;
            return Task.CompletedTask;
        }),
        All3("sends headers without end", "DicomWeb.BadResponse", (t, call) => EndlessAsync(t, call, Head, string.Concat(Enumerable.Repeat("X-More: and more\r\n", 1000)))),
        new("claims a length that is none", "DicomWeb.BadResponse | Data", async t => Together(
        [
            await WadoAsync(t, (_, call) => Close(call, $"{Head}Content-Length: -1\r\n\r\n")),
            (await QidoAsync(t, 10, (_, call) => Close(call, $"{Head}{Json}Content-Length: -1\r\n\r\n["))).Split(", ")[^1],
        ])),
        new("redirects in a circle, and to another host", "DicomWeb.Redirected", async t => Heard.Together(
        [
            await WadoAsync(t, (_, call) => call.AnswerAsync(302, $"{Gone}Location: {call.Target}\r\n", [])),
            await WadoAsync(t, (_, call) => call.AnswerAsync(307, $"{Gone}Location: http://localhost:1/web/studies\r\n", [])),
        ])),
        new("sends chunks whose lengths are none", "DicomWeb.BadResponse", async t => Together(
        [
            await WadoAsync(t, (_, call) => Close(call, $"{Head}{Multipart}{Chunked}\r\nFFFFFFFFFFFFFFFFF\r\n{Delimiter}")),
            await WadoAsync(t, (_, call) => Close(call, $"{Head}{Multipart}{Chunked}\r\nxyz\r\n{Delimiter}")),
            await WadoAsync(t, (_, call) => Close(call, $"{Head}{Multipart}{Chunked}\r\n2\r\n{Delimiter}")),
        ])),
        new("sends a multipart body without its last boundary", "Network.ConnectionLost; nothing is kept", t => KeptAsync(t, (_, call) => call.AnswerAsync(200, Multipart, Part(Instances.Of("1.2.6.1").ToFile())))),
        new("sends a multipart body in which the boundary does not occur", "DicomWeb.BadResponse", t => WadoAsync(t, (x, call) => EndlessAsync(x, call, $"{Head}{Multipart}\r\n", new string('x', 10_000)))),
        new("sends a part whose headers never end", "DicomWeb.BadResponse", t => WadoAsync(t, (x, call) => EndlessAsync(x, call, $"{Head}{Multipart}\r\n{Delimiter}", new string('h', 10_000)))),
        new("sends less, or more, than its length says", "Network.ConnectionLost; nothing is kept", t => KeptAsync(t, (_, call) => call.BreakOffAsync(Multipart, Part(Instances.Of("1.2.6.2").ToFile()), 100_000))),
        new("sends a compressed body of 256 MB in 250 KB", "DicomWeb.BadResponse | Data", async t => Together(
        [
            await WadoAsync(t, (x, call) => Packed(x, call, Multipart, "")),
            await QidoAsync(t, 10, (x, call) => Packed(x, call, Json, "[{\"00080005\":{\"vr\":\"LT\",\"Value\":[\"")),
        ])),
        new("sends a body compressed in ways nobody asked for", "DicomWeb.BadResponse", t => WadoAsync(t, (_, call) => call.AnswerAsync(200, Multipart + "Content-Encoding: gzip, xyz\r\n", [1, 2, 3]))),
        new("sends compressed data that are none", "DicomWeb.BadResponse", t => WadoAsync(t, (_, call) => call.AnswerAsync(200, Multipart + "Content-Encoding: gzip\r\n", [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]))),
        new("sends UIDs that are paths", "success; every file lies below the folder, under a harmless name", async t =>
        {
            var told = await WadoAsync(t, (_, call) => call.AnswerAsync(200, Multipart, WebArchive.Multipart(Instances.Uids.Where(u => u.Length <= 64).Select(u => Instances.Of(u, series: u).ToFile()))));
            Assert.All(t.Received(), f => Assert.All(Path.GetRelativePath(t.Folder["out"], f).Split('/'), n => Assert.Matches("^[0-9A-Za-z][-_.0-9A-Za-z%~$]*$", n)));
            return told + "; every file lies below the folder, under a harmless name";
        }),
        new("sends instances of another study", "nothing is kept", async t => (await KeptAsync(t, (_, call) => call.AnswerAsync(200, Multipart, WebArchive.Multipart([Instances.Of("1.2.6.3", "9.9.9").ToFile()])))).Split("; ")[^1]),
        new("sends 20,000 parts that are no instances", "nothing is kept", async t => (await KeptAsync(t, (x, call) => Count(x, call, Multipart, WebArchive.Multipart(Enumerable.Repeat("noise"u8.ToArray(), 20_000))))).Split("; ")[^1]),
        new("answers byte by byte, and then not at all", "Timeout.DicomWeb", async t => await t.PassAsync(WadoAsync(t, async (_, call) =>
        {
            foreach (var c in $"{Head}{Multipart}\r\n{Delimiter}")
                await call.SendAsync(c.ToString());
            await Task.Delay(Timeout.InfiniteTimeSpan, call.Stop);
        }), 30)),
        new("answers a search with arrays 1,000,000 deep", "Data", t => QidoAsync(t, 10, (x, call) => Count(x, call, Json, Encoding.ASCII.GetBytes("[{\"00080005\":" + new string('[', 1_000_000))))),
        new("answers a search with sequences 10,000 deep", "Data", t => QidoAsync(t, 10, (x, call) => Count(x, call, Json, Encoding.ASCII.GetBytes("[" + string.Concat(Enumerable.Repeat("{\"00081140\":{\"vr\":\"SQ\",\"Value\":[", 10_000)))))),
        new("answers a search with one match that never ends", "Data", t => QidoAsync(t, 10, (x, call) => EndlessAsync(x, call, $"{Head}{Json}\r\n[{{\"00080005\":{{\"vr\":\"LT\",\"Value\":[\"", new string('a', 100_000)))),
        new("answers a search with matches that never end", "5000 matches, then left", t => QidoAsync(t, 5000, async (x, call) =>
        {
            await call.SendAsync($"{Head}{Json}\r\n[");
            for (var i = 0; ; i++)
                await call.SendAsync(string.Create(CultureInfo.InvariantCulture, $"{(i > 0 ? "," : "")}{{\"0020000D\":{{\"vr\":\"UI\",\"Value\":[\"1.{i}\"]}}}}"));
        })),
        new("answers a search with pages that never end", "5000 matches, then left", t => QidoAsync(t, 5000, (x, call) =>
        {
            var offset = int.Parse(call.Target.Split("offset=")[1], CultureInfo.InvariantCulture);
            return Count(x, call, Json, Encoding.ASCII.GetBytes("[" + string.Join(',', Enumerable.Range(offset, 1000).Select(i => string.Create(CultureInfo.InvariantCulture, $"{{\"0020000D\":{{\"vr\":\"UI\",\"Value\":[\"1.{i}\"]}}}}"))) + "]"));
        })),
        new("answers a search with the same page for ever", "1 matches, success", t => QidoAsync(t, 5000, (_, call) => call.AnswerAsync(200, Json, "[{\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.1\"]}}]"u8.ToArray()))),
        new("answers a store with an answer that never ends", "Data", t => StowAsync(t, (x, call) => EndlessAsync(x, call, $"{Head}{Json}\r\n{{\"00081199\":{{\"vr\":\"SQ\",\"Value\":[", new string(' ', 100_000) + "{},"))),
        new("answers a store for another instance", "DicomWeb.BadResponse", t => StowAsync(t, (_, call) => call.AnswerAsync(
            202, Json, "{\"00081199\":{\"vr\":\"SQ\",\"Value\":[{\"00081155\":{\"vr\":\"UI\",\"Value\":[\"9.9.9\"]}}]}}"u8.ToArray()))),
    ];

    private static HostileRow<ScuTarget> All3(string name, string told, Func<ScuTarget, HttpCall, Task> answer) => new(name, told, async t =>
        Together([await WadoAsync(t, answer), (await QidoAsync(t, 10, answer)).Split(", ")[^1], await StowAsync(t, answer)]));

    private static string Together(IEnumerable<string> told) => Heard.Together(told);

    private static PacsNode Node(HttpPeer peer) => PacsNode.Parse("WEB@127.0.0.1:1") with { DicomWebUri = peer.Base };

    private static HttpPeer Listen(ScuTarget target, Func<ScuTarget, HttpCall, Task> answer) => new(call => answer(target, call));

    private static async Task<string> WadoAsync(ScuTarget target, Func<ScuTarget, HttpCall, Task> answer)
    {
        using var peer = Listen(target, answer);
        var report = await target.Coordinator.Start(target.Retrieve(1, RetrieveMethod.DicomWeb) with { Node = Node(peer) }, target.Log, default).DrainAsync();
        return Told.Describe(report.Error);
    }

    private static async Task<string> KeptAsync(ScuTarget target, Func<ScuTarget, HttpCall, Task> answer)
    {
        var before = target.Received().Count;
        var told = await WadoAsync(target, answer);
        return $"{told}; {(target.Received().Count == before ? "nothing" : "something")} is kept";
    }

    private static async Task<string> QidoAsync(ScuTarget target, int enough, Func<ScuTarget, HttpCall, Task> answer)
    {
        using var peer = Listen(target, answer);
        var matches = 0;
        try
        {
            await foreach (var match in new QidoRsClient(new DicomWebClient(Node(peer), TimeSpan.FromSeconds(30), target.Time)).SearchAsync("studies", "", DicomTags.StudyInstanceUID, _ => false, default))
            {
                if (++matches == enough)
                    return $"{matches} matches, then left";
            }

            return $"{matches} matches, success";
        }
        catch (Exception e)
        {
            return matches > 0 ? $"{matches} matches, {Told.Describe(e)}" : Told.Describe(e);
        }
    }

    private static async Task<string> StowAsync(ScuTarget target, Func<ScuTarget, HttpCall, Task> answer)
    {
        using var peer = Listen(target, answer);
        Exception? error = null;
        await foreach (var report in new StowSender(target.Time).SendAsync(new SendRequest { Node = Node(peer), Retry = RetryPolicy.None }, ScuOperation.Of(target.FilePath), target.Log))
            error = report.Error;
        return Told.Describe(error);
    }

    private static async Task EndlessAsync(ScuTarget target, HttpCall call, string head, string more)
    {
        await call.SendAsync(head);
        while (true)
        {
            await call.SendAsync(more);
            target.SentBeside += more.Length;
        }
    }

    private static Task Close(HttpCall call, string text)
    {
        call.MustClose = true;
        return call.SendAsync(text);
    }

    private static Task Count(ScuTarget target, HttpCall call, string headers, byte[] body)
    {
        target.SentBeside += body.Length;
        return call.AnswerAsync(200, headers, body);
    }

    private static Task Packed(ScuTarget target, HttpCall call, string headers, string first)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.ASCII.GetBytes(first));
            var same = new byte[1 << 20];
            Array.Fill(same, (byte)'a');
            for (var i = 0; i < 256; i++)
                gzip.Write(same);
        }

        return Count(target, call, headers + "Content-Encoding: gzip\r\n", packed.ToArray());
    }

    private static byte[] Part(byte[] file) => [.. Encoding.ASCII.GetBytes($"{Delimiter}Content-Type: application/dicom\r\n\r\n"), .. file];
}
