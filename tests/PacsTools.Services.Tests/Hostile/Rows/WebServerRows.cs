using System.Globalization;
using System.Text;
using PacsTools.TestKit.Scripting;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>The simulator's DICOMweb. Answers are HTTP statuses; none of them is "closed".</summary>
internal static class WebServerRows
{
    private const string Good = "GET /dicom-web/studies?limit=1 HTTP/1.1\r\nHost: x\r\n";
    private const string Post = "POST /dicom-web/studies HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: multipart/related; type=\"application/dicom\"; boundary=b\r\n";
    private const string Close = "Connection: close\r\n\r\n";
    private const string Part = "--b\r\nContent-Type: application/dicom\r\n\r\n";

    public static IReadOnlyList<HostileRow<SimulatorTarget>> All { get; } =
    [
        Row("speaks DICOM", "400", t => Encoding.Latin1.GetString(t.Request().ToRequest().ToBytes()) + "\r\n\r\n"),
        Row("speaks TLS", "400", "\x16\x03\x01\x02\x00\x01\xFC\x03\x03\r\n\r\n"),
        Row("speaks HTTP/2", "505", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
        Row("asks in a line that never ends", "431", "GET /dicom-web/" + new string('a', 200_000)),
        Row("sends headers without end", "431", Good + string.Concat(Enumerable.Repeat("X: y\r\n", 20_000))),
        Row("hides a second request behind two lengths", "400", Post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello"),
        Row("hides a second request behind a length and chunks", "400", Post + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
        Row("sends lengths that are none", "400", Post + "Content-Length: -5\r\n\r\nhello"),
        Row("sends chunks whose lengths are none", "400", Post + "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n--b\r\n"),
        Row("sends chunks that are longer than they say", "400", Post + "Transfer-Encoding: chunked\r\n\r\n2\r\n--b\r\n"),
        Row("sends a chunk line without end", "400", Post + "Transfer-Encoding: chunked\r\n\r\n2;" + new string('x', 100_000)),
        Row("sends trailers without end", "400", Post + "Transfer-Encoding: chunked\r\n\r\n3\r\n--b\r\n0\r\n" + string.Concat(Enumerable.Repeat("X: y\r\n", 5000))),
        Row("stores a multipart body without its last boundary", "400", Sized(Part + "noise")),
        Row("stores a multipart body in which the boundary does not occur", "400", Sized(new string('x', 300_000))),
        Row("stores a part whose headers never end", "400", Sized("--b\r\n" + new string('h', 200_000))),
        Row("stores 5,000 empty parts", "409", Sized(string.Concat(Enumerable.Repeat(Part + "\r\n", 5000)) + "--b--\r\n")),
        Row("stores a compressed body that is a bomb", "400", t => Sized(Encoding.Latin1.GetString(Bytes.Bomb([], 64)), "Content-Encoding: gzip\r\n")),
        Row("stores a deflated instance of 512 MB", "200", _ => Sized(Part + Encoding.Latin1.GetString(DeflatedFile()) + "\r\n--b--\r\n")),
        Row("stores UIDs that are paths", "202", _ => Sized(string.Concat(Instances.Uids.Where(u => u.Length <= 64 && !u.Contains('\0')).Select(u => Part + Encoding.Latin1.GetString(Instances.Of(u, u, u).ToFile()) + "\r\n")) + "--b--\r\n")),
        Row("asks for what lies outside", "404", "GET /dicom-web/studies/%2e%2e%2f%2e%2e%2fetc%2fpasswd HTTP/1.1\r\nHost: x\r\n" + Close),
        Row("asks for 5,000 keys", "400", "GET /dicom-web/studies?" + string.Join('&', Enumerable.Range(0, 2000).Select(i => string.Create(CultureInfo.InvariantCulture, $"0011{i:X4}=1"))) + " HTTP/1.1\r\nHost: x\r\n" + Close),
        Row("asks for a page beyond all numbers", "400", "GET /dicom-web/studies?limit=99999999999999999999&offset=-1 HTTP/1.1\r\nHost: x\r\n" + Close),
        new("promises a body of 9 EB and closes its side", Heard.Closed, async t =>
        {
            await using var c = await WebConnection.ConnectAsync(t);
            await c.SendAsync(Post + "Content-Length: 9223372036854775807\r\n\r\n" + Part);
            c.ShutdownSend();
            return await c.StatusesAsync();
        }),
        new("drips a head, one byte every two seconds", "closed after the time a head may take", async t =>
        {
            await using var c = await WebConnection.ConnectAsync(t);
            var end = c.StatusesAsync();
            for (var i = 0; !end.IsCompleted && i < 10_000 && await c.SendAsync("x"); i++)
                t.Time.Advance(TimeSpan.FromSeconds(2));
            return await t.PassAsync(end) + " after the time a head may take";
        }),
        new("falls silent in the middle of a body", "closed after the time a read may take", async t =>
        {
            await using var c = await WebConnection.ConnectAsync(t);
            await c.SendAsync(Post + "Content-Length: 1000\r\n\r\n" + Part + "noise");
            return await t.PassAsync(c.StatusesAsync(), 30) + " after the time a read may take";
        }),
        new("asks without end and reads no answer", "closed after the time a write may take", async t =>
        {
            await using var c = await WebConnection.ConnectAsync(t);
            var many = string.Concat(Enumerable.Repeat(Good + "\r\n", 2000));
            var sending = Task.Run(async () =>
            {
                while (await c.SendAsync(many))
                {
                }

                return "closed after the time a write may take";
            });
            return await t.PassAsync(sending, 30);
        }),
        new("makes 300 connections and says nothing on them", "the longest silent are closed; an honest client is served meanwhile", async t =>
        {
            List<WebConnection> all = [];
            for (var i = 0; i < 300; i++)
                all.Add(await WebConnection.ConnectAsync(t));
            await t.ServeHonestAsync();
            Assert.Equal(Heard.Closed, await all[0].StatusesAsync());
            foreach (var c in all)
                await c.DisposeAsync();
            return "the longest silent are closed; an honest client is served meanwhile";
        }),
        new("keeps every connection there may be busy with bodies that do not come", "503 for the next; an honest client is served when one has gone", async t =>
        {
            List<WebConnection> all = [];
            for (var i = 0; i < SimulatorTarget.MaxConnections; i++)
            {
                all.Add(await WebConnection.ConnectAsync(t));
                await all[^1].SendAsync(Post.Replace("Connection: close\r\n", "", StringComparison.Ordinal) + "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n");
                // Only who is told to go on is at work.
                await all[^1].ReadAsync();
            }

            await using var next = await WebConnection.ConnectAsync(t);
            var refused = await next.AskAsync(Good + Close);
            all[0].Reset();
            await TestKit.Eventually.TrueAsync(
                async () =>
                {
                    await using var honest = await WebConnection.ConnectAsync(t);
                    return await honest.AskAsync(Good + Close) == "200";
                },
                "there is room again");
            foreach (var c in all)
                await c.DisposeAsync();
            return refused + " for the next; an honest client is served when one has gone";
        }),
        new("resets at every byte of a request that stores", "1 instance kept, the one that came whole", async t =>
        {
            var file = Instances.Of("1.2.3.4.77").ToFile();
            var request = Encoding.Latin1.GetBytes(Sized(Part + Encoding.Latin1.GetString(file) + "\r\n--b--\r\n"));
            var before = t.Instances;
            for (var length = 0; length < request.Length - 1; length++)
            {
                var c = await WebConnection.ConnectAsync(t);
                await c.SendAsync(request.AsMemory(0, length));
                c.Reset();
            }

            await TestKit.Eventually.TrueAsync(() => !t.Remains().Any(), "nothing stays of what was not whole");
            await using var last = await WebConnection.ConnectAsync(t);
            await last.SendAsync(request);
            Assert.Equal("200", await last.StatusesAsync());
            return $"{t.Instances - before} instance kept, the one that came whole";
        }),
    ];

    private static HostileRow<SimulatorTarget> Row(string name, string answer, string bytes) => Row(name, answer, _ => bytes);

    private static HostileRow<SimulatorTarget> Row(string name, string answer, Func<SimulatorTarget, string> bytes) => new(name, answer, async t =>
    {
        await using var c = await WebConnection.ConnectAsync(t);
        return await c.AskAsync(bytes(t));
    });

    private static string Sized(string body, string headers = "") => string.Create(CultureInfo.InvariantCulture, $"{Post}{headers}Content-Length: {body.Length}\r\n\r\n{body}");

    private static byte[] DeflatedFile() =>
        [.. TestKit.Data.TestInstance.FileHead(DicomTarget.CT, "1.2.9.8", "1.2.840.10008.1.2.1.99"), .. Bytes.Bomb(Instances.Header("1.2.9.8").ToBytes(explicitVR: true), 512)];
}
