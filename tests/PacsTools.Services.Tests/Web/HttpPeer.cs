using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace PacsTools.Services.Tests.Web;

/// <summary>An HTTP server that answers with exactly the bytes a test says, without the help of any HTTP library.</summary>
internal sealed class HttpPeer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<HttpCall, Task> _answer;
    private readonly SslServerAuthenticationOptions? _tls;

    public HttpPeer(Func<HttpCall, Task> answer, SslServerAuthenticationOptions? tls = null)
    {
        _answer = answer;
        _tls = tls;
        _listener.Start();
        _ = Task.Run(AcceptAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Base => new(string.Create(CultureInfo.InvariantCulture, $"{(_tls is null ? "http" : "https")}://127.0.0.1:{Port}/web"));

    /// <summary>Method and path of every request, in their order.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Connections that the client closed while an answer was being made.</summary>
    public int BrokenOff;

    /// <summary>Connections that were made.</summary>
    public int Connections;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = Task.Run(() => ServeAsync(client));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            Interlocked.Increment(ref Connections);
            Stream stream = client.GetStream();
            try
            {
                if (_tls is not null)
                {
                    var secured = new SslStream(stream);
                    stream = secured;
                    await secured.AuthenticateAsServerAsync(_tls, _stop.Token);
                }

                while (await HttpCall.ReadAsync(stream, _stop.Token) is { } call)
                {
                    Requests.Enqueue($"{call.Method} {call.Target}");
                    await _answer(call);
                    if (call.MustClose)
                        return;
                }
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or AuthenticationException)
            {
                Interlocked.Increment(ref BrokenOff);
            }
        }
    }
}

/// <summary>One request, and the bare connection for its answer.</summary>
internal sealed class HttpCall
{
    private readonly Stream _stream;

    private HttpCall(Stream stream, string method, string target, Dictionary<string, string> headers, byte[] body, CancellationToken stop)
    {
        (_stream, Method, Target, Headers, Body, Stop) = (stream, method, target, headers, body, stop);
    }

    public string Method { get; }

    public string Target { get; }

    /// <summary>The path below the base, without the query.</summary>
    public string Path => Target.Split('?')[0]["/web/".Length..];

    public Dictionary<string, string> Headers { get; }

    public byte[] Body { get; }

    /// <summary>Set when the test is over.</summary>
    public CancellationToken Stop { get; }

    public bool MustClose { get; set; }

    public static async Task<HttpCall?> ReadAsync(Stream stream, CancellationToken stop)
    {
        var lines = new List<string>();
        var line = new StringBuilder();
        var one = new byte[1];
        while (true)
        {
            if (await stream.ReadAsync(one, stop) == 0)
                return null;
            if (one[0] != '\n')
            {
                line.Append((char)one[0]);
                continue;
            }

            var text = line.ToString().TrimEnd('\r');
            line.Clear();
            if (text.Length == 0)
                break;
            lines.Add(text);
        }

        var headers = lines.Skip(1).Select(l => l.Split(':', 2)).ToDictionary(p => p[0], p => p[1].Trim(), StringComparer.OrdinalIgnoreCase);
        var body = new MemoryStream();
        if (headers.TryGetValue("Content-Length", out var length))
            await CopyAsync(stream, body, int.Parse(length, CultureInfo.InvariantCulture), stop);
        else if (headers.ContainsKey("Transfer-Encoding"))
            await ReadChunksAsync(stream, body, stop);
        var first = lines[0].Split(' ');
        return new HttpCall(stream, first[0], first[1], headers, body.ToArray(), stop);
    }

    public Task SendAsync(byte[] bytes) => _stream.WriteAsync(bytes, Stop).AsTask();

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>A whole answer with its length.</summary>
    public async Task AnswerAsync(int status, string headers, byte[] body)
    {
        await SendAsync(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} X\r\n{headers}Content-Length: {body.Length}\r\n\r\n"));
        await SendAsync(body);
    }

    /// <summary>An answer that claims more than comes.</summary>
    public async Task BreakOffAsync(string headers, byte[] body, int claimed)
    {
        await SendAsync(string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 200 X\r\n{headers}Content-Length: {claimed}\r\n\r\n"));
        await SendAsync(body);
        MustClose = true;
    }

    private static async Task ReadChunksAsync(Stream stream, MemoryStream body, CancellationToken stop)
    {
        while (true)
        {
            var size = int.Parse(await LineAsync(stream, stop), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            await CopyAsync(stream, body, size, stop);
            await LineAsync(stream, stop);
            if (size == 0)
                return;
        }
    }

    private static async Task<string> LineAsync(Stream stream, CancellationToken stop)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, stop) == 1 && one[0] != '\n')
            line.Append((char)one[0]);
        return line.ToString().TrimEnd('\r');
    }

    private static async Task CopyAsync(Stream stream, MemoryStream body, int count, CancellationToken stop)
    {
        var bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, stop);
        body.Write(bytes);
    }
}
