using System.Net.Http.Headers;
using System.Text;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Web;

/// <summary>Sends requests to the DICOMweb services of a node (PS3.18): who we are, how long to wait, whom to trust. For one job; connections are shared.</summary>
/// <param name="node">A node with a DicomWebUri.</param>
/// <param name="silence">How long the server may be silent.</param>
/// <param name="time">The clock.</param>
/// <param name="isBulk">True if answers are long and read by a thread of their own.</param>
internal sealed class DicomWebClient(PacsNode node, TimeSpan silence, TimeProvider time, bool isBulk = false)
{
    public const string Json = "application/dicom+json";

    private const int MaxRedirects = 5;

    private readonly Uri _base = node.DicomWebUri ?? throw NoUri(node);

    /// <summary>The error for a node without DICOMweb services.</summary>
    public static DicomWebException NoUri(PacsNode node) => new("DicomWeb.NoUri", $"Nothing was sent: it is not known where {node} has its DICOMweb services.")
    {
        Advice = "Give their base as -DicomWebUri, as in https://pacs/dicom-web.",
    };

    /// <summary>Joins a path of UIDs and words of PS3.18 that begins below the base.</summary>
    public static string Path(params string[] parts) => string.Join('/', parts.Select(Uri.EscapeDataString));

    /// <summary>Asks for a resource.</summary>
    /// <param name="path">Its path below the base, with its query.</param>
    /// <param name="accept">What may come.</param>
    /// <param name="cancellationToken">Ends the request, the reading of its answer included.</param>
    /// <exception cref="DicomException">The server refused, or cannot be talked to.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<DicomWebResponse> GetAsync(string path, string accept, CancellationToken cancellationToken)
    {
        var uri = At(path);
        for (var hop = 0; ; hop++)
        {
            var patience = new WebPatience(_base, silence, time, cancellationToken);
            HttpResponseMessage? answer = null;
            try
            {
                using var request = Request(HttpMethod.Get, uri, accept);
                answer = await SendAsync(request, patience).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                    return await DicomWebResponse.OpenAsync(answer, patience, _base).ConfigureAwait(false);
                if (hop == MaxRedirects || Next(answer, uri) is not { } next)
                    throw DicomWebErrors.OfStatus(answer, _base, $"GET {path.Split('?')[0]}", time.GetUtcNow());
                uri = next;
            }
            catch
            {
                answer?.Dispose();
                patience.Dispose();
                throw;
            }

            answer.Dispose();
            patience.Dispose();
        }
    }

    /// <summary>Sends something to a resource. Never redirected: what was sent once would have to be sent again.</summary>
    /// <param name="path">Its path below the base.</param>
    /// <param name="content">Makes the body; given the clock, which is to be told that bytes move.</param>
    /// <param name="accept">What may be answered.</param>
    /// <param name="isAnswer">True for statuses, besides those of success, whose body says more than they do.</param>
    /// <param name="cancellationToken">Ends the request, the reading of its answer included.</param>
    /// <exception cref="DicomException">The server refused, or cannot be talked to.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public async Task<DicomWebResponse> PostAsync(string path, Func<WebPatience, HttpContent> content, string accept, Func<int, bool> isAnswer, CancellationToken cancellationToken)
    {
        var patience = new WebPatience(_base, silence, time, cancellationToken);
        HttpResponseMessage? answer = null;
        try
        {
            using var request = Request(HttpMethod.Post, At(path), accept);
            request.Content = content(patience);
            // A server that refuses us says so before it is sent gigabytes; one that knows nothing of it costs a moment.
            request.Headers.ExpectContinue = true;
            answer = await SendAsync(request, patience).ConfigureAwait(false);
            return answer.IsSuccessStatusCode || isAnswer((int)answer.StatusCode)
                ? await DicomWebResponse.OpenAsync(answer, patience, _base).ConfigureAwait(false)
                : throw DicomWebErrors.OfStatus(answer, _base, $"POST {path}", time.GetUtcNow());
        }
        catch
        {
            answer?.Dispose();
            patience.Dispose();
            throw;
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, WebPatience patience)
    {
        var transport = DicomWebTransport.For(node, isBulk);
        patience.Begin();
        try
        {
            return await transport.SendAsync(request, patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e)
        {
            throw patience.Reason(e);
        }
        catch (Exception e) when (DicomWebErrors.IsOfHttp(e))
        {
            if (patience.Token.IsCancellationRequested)
                throw patience.Reason(new OperationCanceledException(e.Message, e));
            // What the body could not be made from is not the server's fault.
            throw transport.Explain(e) ?? e.InnerException as DicomException ?? DicomWebErrors.Of(e, _base);
        }
        finally
        {
            patience.End();
        }
    }

    private HttpRequestMessage Request(HttpMethod method, Uri uri, string accept)
    {
        var request = new HttpRequestMessage(method, uri);
        request.Headers.TryAddWithoutValidation("Accept", accept);
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        request.Headers.TryAddWithoutValidation("User-Agent", "PacsTools");
        request.Headers.Authorization = Authorization();
        return request;
    }

    private AuthenticationHeaderValue? Authorization()
    {
        if (node.DicomWebToken is null && node.DicomWebCredential is null)
            return null;
        if (_base.Scheme != Uri.UriSchemeHttps && !_base.IsLoopback && !node.AllowUnencryptedAuthentication)
        {
            throw new DicomWebException("DicomWeb.Unencrypted", $"Nothing was sent to {_base}: password or token would go there in the clear.")
            {
                Advice = "Use https, or insist with -AllowUnencryptedAuthentication.",
            };
        }

        if (node.DicomWebToken is { } token)
            return new AuthenticationHeaderValue("Bearer", token.Reveal());
        var pair = $"{node.DicomWebCredential!.UserName}:{node.DicomWebCredential.Password.Reveal()}";
        return new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
    }

    private Uri At(string path) => new($"{_base.AbsoluteUri.TrimEnd('/')}/{path}");

    // Another path of the same server is followed; whoever sends us elsewhere would learn what we are and ask for.
    private static Uri? Next(HttpResponseMessage answer, Uri from)
    {
        if ((int)answer.StatusCode is not (301 or 302 or 303 or 307 or 308) || answer.Headers.Location is not { } location)
            return null;
        return Uri.TryCreate(from, location, out var next) && Uri.Compare(next, from, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0 ? next : null;
    }
}
