using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Web;

/// <summary>The connections of this process to DICOMweb servers: one pool for each way of making them, kept as long as the process.</summary>
internal sealed class DicomWebTransport
{
    private static readonly TimeSpan s_idle = TimeSpan.FromMinutes(1);

    // A server that knows nothing of Expect: 100-continue says nothing.
    private static readonly TimeSpan s_goAhead = TimeSpan.FromMilliseconds(250);

    // Names may come to mean other addresses.
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    private static readonly ConcurrentDictionary<Settings, Lazy<DicomWebTransport>> s_pools = new();

    private readonly HttpMessageInvoker _invoker;
    private readonly Settings _settings;
    private volatile bool _wasAsked;
    private volatile bool _wasAnswered;

    private DicomWebTransport(Settings settings)
    {
        _settings = settings;
        var handler = new SocketsHttpHandler
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
            Expect100ContinueTimeout = s_goAhead,
            // What is left of an answer that nobody wants is not read: it may be a study.
            MaxResponseDrainSize = 64 << 10,
        };
        handler.ConnectCallback = async (context, cancellationToken) => Open(await ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false));
        if (settings.Secured is { } server)
        {
            handler.SslOptions = HttpsOptions.For(settings.Tls, server, () => _wasAsked = true);
            handler.PlaintextStreamFilter = Look;
        }

        _invoker = new HttpMessageInvoker(handler);
    }

    /// <summary>The pool for a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="isBulk">True if answers are long and read by a thread of their own.</param>
    /// <exception cref="TlsException">A certificate of ours is missing or cannot be read.</exception>
    public static DicomWebTransport For(PacsNode node, bool isBulk = false)
    {
        var uri = node.DicomWebUri!;
        // What was judged of one server, and by one trust, is no judgement of another.
        var settings = uri.Scheme == Uri.UriSchemeHttps
            ? new Settings(uri.IsLoopback, PacsDefaults.AssociationTimeout, new Uri(uri.GetLeftPart(UriPartial.Authority)), node.Tls, Stamp(node.Tls), isBulk)
            : new Settings(uri.IsLoopback, PacsDefaults.AssociationTimeout, null, null, "", isBulk);
        // A certificate that could not be read may be there the next time: failures are not kept.
        return s_pools.GetOrAdd(settings, s => new Lazy<DicomWebTransport>(() => new DicomWebTransport(s), LazyThreadSafetyMode.PublicationOnly)).Value;
    }

    /// <summary>Sends a request and waits for the head of its answer.</summary>
    public async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await _invoker.SendAsync(request, cancellationToken).ConfigureAwait(false);
        _wasAnswered = true;
        return answer;
    }

    /// <summary>What it means for TLS that a request failed so; null if TLS has nothing to do with it.</summary>
    public TlsException? Explain(Exception error)
    {
        if (_settings.Secured is not { } server)
            return null;
        var failure = (error as HttpRequestException)?.HttpRequestError;
        var contact = new TlsWebContact(
            IsConnected: failure is not HttpRequestError.SecureConnectionError,
            WasClosed: failure is HttpRequestError.Unknown or HttpRequestError.ResponseEnded,
            _wasAnswered,
            _wasAsked,
            Shown: _settings.Tls?.Certificate is not null);
        return TlsWeb.Explain(error, HttpsOptions.PeerOf(server), contact);
    }

    private static async Task<Socket> ConnectAsync(DnsEndPoint to, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(to.Host, cancellationToken).ConfigureAwait(false);
        return await OwnThread.RunAsync(() => TcpConnector.Connect(addresses, to.Port, TimeProvider.System, cancellationToken)).ConfigureAwait(false);
    }

    private NetworkStream Open(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            return _settings.IsBulk ? new BlockingNetworkStream(socket) : new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            // It was reset at once.
            socket.Dispose();
            throw;
        }
    }

    // Where the platform has our certificate at hand it does not tell when it is asked for it.
    private ValueTask<Stream> Look(SocketsHttpPlaintextStreamFilterContext context, CancellationToken cancellationToken)
    {
        _wasAsked |= context.PlaintextStream is SslStream { IsMutuallyAuthenticated: true };
        return ValueTask.FromResult(context.PlaintextStream);
    }

    // A certificate renewed in its file is another one.
    private static string Stamp(TlsSettings? settings)
    {
        if (settings is null)
            return "";
        IEnumerable<string?> files = [settings.Certificate?.Path, settings.Certificate?.KeyPath, .. settings.CaCertificates.Select(c => c.Path)];
        return string.Join(' ', files.OfType<string>().Select(f => File.GetLastWriteTimeUtc(f).Ticks.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Everything in which two connections may differ that are not to be shared.</summary>
    private sealed record Settings(bool IsLoopback, TimeSpan ConnectTimeout, Uri? Secured, TlsSettings? Tls, string Stamp, bool IsBulk);
}
