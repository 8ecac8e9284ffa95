using System.Globalization;
using System.Text;

namespace PacsTools.Services.Simulation.Web;

/// <summary>The answer to one request: whole, or in pieces of a length nobody knows beforehand.</summary>
internal sealed class HttpReply(HttpWire wire, HttpHead? request)
{
    private readonly List<(string Name, string Value)> _headers = [];

    /// <summary>True once the head of the answer is out.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>True if the connection ends with this answer.</summary>
    public bool Closes { get; set; } = request is not { KeepsAlive: true };

    /// <summary>Adds a header.</summary>
    public void Header(string name, string value) => _headers.Add((name, value));

    /// <summary>Answers with everything there is.</summary>
    public void Send(int status, string? contentType = null, ReadOnlySpan<byte> body = default)
    {
        if (contentType is not null)
            Header("Content-Type", contentType);
        if (status != 204)
            Header("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture));
        var head = Begin(status);
        wire.Write(body.Length <= 16 << 10 ? [.. head, .. body] : head);
        if (body.Length > 16 << 10)
            wire.Write(body);
    }

    /// <summary>Answers with an error in words.</summary>
    public void Send(HttpError error)
    {
        Closes |= error.EndsConnection;
        foreach (var (name, value) in error.Headers)
            Header(name, value);
        Send(error.Status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(error.Message + "\n"));
    }

    /// <summary>Begins an answer of unknown length; disposing the result without <see cref="HttpPieces.End"/> leaves it broken off.</summary>
    public HttpPieces Begin(int status, string contentType)
    {
        Header("Content-Type", contentType);
        // HTTP/1.0 knows no chunks: the end of the connection is the end of the body.
        var isChunked = request is { IsHttp11: true };
        if (isChunked)
            Header("Transfer-Encoding", "chunked");
        else
            Closes = true;
        wire.Write(Begin(status));
        return new HttpPieces(wire, isChunked);
    }

    /// <summary>Tells the client to send its body (RFC 9110 10.1.1).</summary>
    public void Continue()
    {
        if (!HasBegun)
            wire.Write("HTTP/1.1 100 Continue\r\n\r\n"u8);
    }

    private byte[] Begin(int status)
    {
        HasBegun = true;
        var head = new StringBuilder(256).Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {status} {Words(status)}\r\n");
        foreach (var (name, value) in _headers)
            head.Append(name).Append(": ").Append(value).Append("\r\n");
        if (Closes)
            head.Append("Connection: close\r\n");
        else if (request is { IsHttp11: false })
            head.Append("Connection: keep-alive\r\n");
        return Encoding.Latin1.GetBytes(head.Append("\r\n").ToString());
    }

    private static string Words(int status) => status switch
    {
        200 => "OK",
        202 => "Accepted",
        204 => "No Content",
        206 => "Partial Content",
        400 => "Bad Request",
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        409 => "Conflict",
        415 => "Unsupported Media Type",
        431 => "Request Header Fields Too Large",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        507 => "Insufficient Storage",
        _ => "Status",
    };
}
