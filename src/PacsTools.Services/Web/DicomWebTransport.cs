using System.Collections.Concurrent;
using System.Net.Security;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Web;

/// <summary>The connections of this process to DICOMweb servers: one pool for each way of making them, kept as long as the process.</summary>
internal static class DicomWebTransport
{
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(1);

    // A server that knows nothing of Expect: 100-continue says nothing.
    private static readonly TimeSpan s_goAhead = TimeSpan.FromMilliseconds(250);

    // Names may come to mean other addresses.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    private static readonly ConcurrentDictionary<Settings, Lazy<HttpMessageInvoker>> s_pools = new();

    /// <summary>The pool for a node.</summary>
    public static HttpMessageInvoker For(PacsNode node)
    {
        // A certificate that could not be read may be there the next time: failures are not kept.
        var settings = new Settings(node.DicomWebUri!.IsLoopback, PacsDefaults.AssociationTimeout, node.Tls, node.Tls is null ? null : new Uri(node.DicomWebUri.GetLeftPart(UriPartial.Authority)));
        return s_pools.GetOrAdd(settings, s => new Lazy<HttpMessageInvoker>(() => new HttpMessageInvoker(Create(s)), LazyThreadSafetyMode.PublicationOnly)).Value;
    }

    private static SocketsHttpHandler Create(Settings settings) => new()
    {
        // Redirects are the client's to judge: a password must not follow one to another host.
        AllowAutoRedirect = false,
        UseCookies = false,
        // As the system says, HTTPS_PROXY included; never for this host itself.
        UseProxy = !settings.IsLoopback,
        ConnectTimeout = settings.ConnectTimeout,
        PooledConnectionIdleTimeout = s_idle,
        PooledConnectionLifetime = s_lifetime,
        MaxResponseHeadersLength = 64,
        SslOptions = settings is { Tls: { } tls, Server: { } server } ? HttpsOptions.For(tls, server) : new SslClientAuthenticationOptions(),
        Expect100ContinueTimeout = s_goAhead,
        // What is left of an answer that nobody wants is not read: it may be a study.
        MaxResponseDrainSize = 64 << 10,
    };

    /// <summary>Everything in which two connections may differ that are not to be shared.</summary>
    private sealed record Settings(bool IsLoopback, TimeSpan ConnectTimeout, TlsSettings? Tls, Uri? Server);
}
