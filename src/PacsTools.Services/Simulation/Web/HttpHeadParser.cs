using System.Buffers;
using System.Globalization;
using System.Text;

namespace PacsTools.Services.Simulation.Web;

/// <summary>
/// Reads a request head strictly: what two programs could read differently (RFC 9112 6.3, 11.2) is refused, since whoever tests a client here
/// wants to hear of it.
/// </summary>
internal static class HttpHeadParser
{
    private static readonly SearchValues<char> s_token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    /// <param name="bytes">The head without the empty line that ends it.</param>
    /// <param name="maxHeaders">How many headers there may be.</param>
    /// <exception cref="HttpError">It is none.</exception>
    public static HttpHead Parse(ReadOnlySpan<byte> bytes, int maxHeaders)
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\n');
        var head = RequestLine(lines[0].TrimEnd('\r'));
        if (lines.Length - 1 > maxHeaders)
            throw HttpError.Malformed($"there are more than {maxHeaders} headers", 431);
        head = head with { Headers = [.. lines.Skip(1).Select(line => Header(line.TrimEnd('\r')))] };
        if (head.IsHttp11 && head["Host"] is null)
            throw HttpError.Malformed("the Host header is missing");
        return head with { ContentLength = Length(head) };
    }

    private static HttpHead RequestLine(string line)
    {
        var parts = line.Split(' ');
        if (parts is not [{ Length: > 0 } method, { Length: > 0 } target, var version] || !IsToken(method) || target.Any(c => c is <= ' ' or >= '\x7f'))
            throw HttpError.Malformed("that is no HTTP request");
        return version switch
        {
            "HTTP/1.1" => new HttpHead(method, target, true, []),
            "HTTP/1.0" => new HttpHead(method, target, false, []),
            _ when version.StartsWith("HTTP/", StringComparison.Ordinal) => throw HttpError.Malformed("only HTTP/1.1 and 1.0 are spoken here", 505),
            _ => throw HttpError.Malformed("that is no HTTP request"),
        };
    }

    private static (string Name, string Value) Header(string line)
    {
        var colon = line.IndexOf(':');
        // A space before the colon and a folded line are both refused by RFC 9112 5.1 and 5.2.
        if (colon <= 0 || !IsToken(line.AsSpan(0, colon)) || line.AsSpan().ContainsAny('\0', '\r'))
            throw HttpError.Malformed("a header cannot be read");
        return (line[..colon], line[(colon + 1)..].Trim(' ', '\t'));
    }

    private static long? Length(HttpHead head)
    {
        var coding = head["Transfer-Encoding"];
        var length = head["Content-Length"];
        if (coding is not null && length is not null)
            throw HttpError.Malformed("Content-Length and Transfer-Encoding contradict each other");
        if (coding is not null)
            return coding.Equals("chunked", StringComparison.OrdinalIgnoreCase) && head.IsHttp11 ? null : throw HttpError.Malformed("only the transfer coding 'chunked' is understood", 501);
        if (length is null)
            return 0;
        return long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes) ? bytes : throw HttpError.Malformed("Content-Length is no number");
    }

    private static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(s_token);
}
