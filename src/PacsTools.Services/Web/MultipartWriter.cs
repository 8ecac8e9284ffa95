using System.Security.Cryptography;
using System.Text;

namespace PacsTools.Services.Web;

/// <summary>Writes a multipart/related body (RFC 2046 5.1, RFC 2387): each part's bytes go straight to the stream.</summary>
internal sealed class MultipartWriter
{
    private readonly Stream _stream;
    private bool _begun;

    public MultipartWriter(Stream stream, string boundary)
    {
        _stream = stream;
        Boundary = boundary;
    }

    public string Boundary { get; }

    /// <summary>A boundary no content can contain but by chance: it has 128 random bits.</summary>
    public static string NewBoundary() => "part-" + Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();

    /// <summary>The media type of a body whose parts are of a type (PS3.18 8.6.1.2.1).</summary>
    public static string MediaType(string boundary, string partType) => $"multipart/related; type=\"{partType}\"; boundary={boundary}";

    /// <summary>Begins a part. What is written to the stream from now on is its content.</summary>
    public void BeginPart(string contentType)
    {
        _stream.Write(Encoding.ASCII.GetBytes($"{Delimiter()}\r\nContent-Type: {contentType}\r\n\r\n"));
        _begun = true;
    }

    /// <summary>Says that there are no more parts; a body without this is one that was broken off.</summary>
    public void End() => _stream.Write(Encoding.ASCII.GetBytes($"{Delimiter()}--\r\n"));

    private string Delimiter() => (_begun ? "\r\n--" : "--") + Boundary;
}
