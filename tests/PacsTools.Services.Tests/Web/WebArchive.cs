using System.Net.Security;
using System.Text;
using PacsTools.Services.Nodes;
using PacsTools.TestKit.Data;

namespace PacsTools.Services.Tests.Web;

/// <summary>A DICOMweb server of a few instances that a test can make misbehave in any way.</summary>
internal sealed class WebArchive : IDisposable
{
    public const string Boundary = "==part==";
    public const string MultipartType = "Content-Type: multipart/related; type=\"application/dicom\"; boundary=\"" + Boundary + "\"\r\n";

    private readonly Func<HttpCall, Task<bool>>? _first;

    /// <param name="instances">What it holds, all of one study.</param>
    /// <param name="first">Answers a request and returns true, or returns false to have it answered as it should be.</param>
    /// <param name="tls">Its side of TLS; null for plain HTTP.</param>
    public WebArchive(IReadOnlyList<TestInstance> instances, Func<HttpCall, Task<bool>>? first = null, SslServerAuthenticationOptions? tls = null)
    {
        Instances = instances;
        _first = first;
        Peer = new HttpPeer(AnswerAsync, tls);
    }

    public IReadOnlyList<TestInstance> Instances { get; }

    public HttpPeer Peer { get; }

    public PacsNode Node => PacsNode.Parse("WEB@127.0.0.1:1") with { DicomWebUri = Peer.Base };

    /// <summary>Paths asked for by WADO-RS, below the study.</summary>
    public IEnumerable<string> Retrieved => Peer.Requests.Where(r => !r.Contains('?')).Select(r => r[(r.IndexOf("studies/", StringComparison.Ordinal) + 8)..]);

    public static byte[] Multipart(IEnumerable<byte[]> parts)
    {
        var body = new MemoryStream();
        foreach (var part in parts)
        {
            body.Write(Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Type: application/dicom\r\n\r\n"));
            body.Write(part);
            body.Write("\r\n"u8);
        }

        body.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
        return body.ToArray();
    }

    public static bool IsSearch(HttpCall call) => call.Target.Contains('?');

    public void Dispose() => Peer.Dispose();

    /// <summary>What the path names.</summary>
    public List<TestInstance> Select(string path)
    {
        var parts = path.Split('/');
        return [.. Instances.Where(i => i.StudyInstanceUID == parts[1] && (parts.Length < 4 || i.SeriesInstanceUID == parts[3]) && (parts.Length < 6 || i.SOPInstanceUID == parts[5]))];
    }

    private async Task AnswerAsync(HttpCall call)
    {
        if (_first is not null && await _first(call))
            return;
        if (IsSearch(call))
        {
            var path = call.Path[..call.Path.LastIndexOf('/')];
            var found = Select(path);
            var json = call.Path.EndsWith("/series", StringComparison.Ordinal)
                ? found.GroupBy(i => i.SeriesInstanceUID).Select(s => $$$"""{"0020000E":{"vr":"UI","Value":["{{{s.Key}}}"]},"00201209":{"vr":"IS","Value":[{{{s.Count()}}}]}}""")
                : found.Select(i => $$$"""{"00080016":{"vr":"UI","Value":["{{{i.SOPClassUID}}}"]},"00080018":{"vr":"UI","Value":["{{{i.SOPInstanceUID}}}"]}}""");
            await call.AnswerAsync(200, "Content-Type: application/dicom+json\r\n", Encoding.ASCII.GetBytes($"[{string.Join(',', Page(json, call.Target))}]"));
            return;
        }

        var instances = Select(call.Path);
        if (instances.Count == 0)
            await call.AnswerAsync(404, "", []);
        else
            await call.AnswerAsync(200, MultipartType, Multipart(instances.Select(i => i.ToFile())));
    }

    private static IEnumerable<string> Page(IEnumerable<string> all, string target)
    {
        var query = target.Split('?')[1].Split('&').Select(p => p.Split('=')).ToDictionary(p => p[0], p => int.Parse(p[1], System.Globalization.CultureInfo.InvariantCulture));
        return all.Skip(query["offset"]).Take(query["limit"]);
    }
}
