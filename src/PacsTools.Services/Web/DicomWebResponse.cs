using System.IO.Compression;

namespace PacsTools.Services.Web;

/// <summary>An answer whose headers have come and whose body is still on its way.</summary>
internal sealed class DicomWebResponse : IDisposable
{
    private readonly HttpResponseMessage _message;
    private readonly WebPatience _patience;

    private DicomWebResponse(HttpResponseMessage message, WebPatience patience, Uri server, Stream body)
    {
        _message = message;
        _patience = patience;
        Server = server;
        Body = new WebBody(body, server, patience);
        MediaType = WebMediaType.Parse(message.Content.Headers.NonValidated.TryGetValues("Content-Type", out var values) ? values.ToString() : null);
    }

    public Uri Server { get; }

    public int StatusCode => (int)_message.StatusCode;

    public WebMediaType MediaType { get; }

    public Stream Body { get; }

    /// <summary>Cancelled when the body is waited for no longer.</summary>
    public CancellationToken Stop => _patience.Token;

    /// <summary>True if the end of the body can be told from a connection that broke.</summary>
    public bool HasKnownEnd => _message.Content.Headers.ContentLength is not null || _message.Headers.TransferEncodingChunked == true;

    /// <summary>True if there is no body.</summary>
    public bool IsEmpty => StatusCode == 204 || _message.Content.Headers.ContentLength == 0;

    /// <exception cref="DicomWebException">The body is encoded in a way nobody asked for.</exception>
    public static async Task<DicomWebResponse> OpenAsync(HttpResponseMessage message, WebPatience patience, Uri server)
    {
        var body = await message.Content.ReadAsStreamAsync(patience.Token).ConfigureAwait(false);
        // Nobody asked for it, and some proxies do it all the same.
        foreach (var encoding in message.Content.Headers.ContentEncoding.Reverse())
        {
            body = encoding.ToLowerInvariant() switch
            {
                "gzip" or "x-gzip" => new GZipStream(body, CompressionMode.Decompress),
                "deflate" => new ZLibStream(body, CompressionMode.Decompress),
                "br" => new BrotliStream(body, CompressionMode.Decompress),
                "identity" => body,
                _ => throw DicomWebErrors.BadResponse(server, $"answered in the content encoding '{encoding}', which nobody asked for"),
            };
        }

        return new DicomWebResponse(message, patience, server, body);
    }

    public void Dispose()
    {
        Body.Dispose();
        _message.Dispose();
        _patience.Dispose();
    }
}
