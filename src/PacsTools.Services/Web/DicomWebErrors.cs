using System.Globalization;
using System.Net;
using System.Net.Sockets;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Web;

/// <summary>Turns what HTTP has to say of a failure into errors of ours, with words that name the server and a way out.</summary>
internal static class DicomWebErrors
{
    public static DicomWebException OfStatus(HttpResponseMessage response, Uri server, string what, DateTimeOffset now)
    {
        var code = (int)response.StatusCode;
        var (id, advice) = code switch
        {
            401 => ("DicomWeb.Unauthorized", "Give the user name and password or the token of the DICOMweb server: -DicomWebCredential or -DicomWebToken."),
            403 => ("DicomWeb.Forbidden", "The server knows who we are and does not allow this: look at its user's permissions."),
            404 or 410 => ("DicomWeb.NotFound", "Check the UID, whether the archive holds it, and that -DicomWebUri is the base of its DICOMweb services, as in https://pacs/dicom-web."),
            406 or 415 => ("DicomWeb.NotAcceptable", "The server cannot deliver DICOM instances as they are stored; retrieve by C-MOVE or C-GET."),
            >= 300 and < 400 => ("DicomWeb.Redirected", "Requests are not passed on to another host: give the address of that host as -DicomWebUri if it is to be trusted."),
            _ => ("DicomWeb.Http" + code.ToString(CultureInfo.InvariantCulture), code >= 500 ? "The server's log says why; try again later." : "The server's log says why."),
        };
        var words = id == "DicomWeb.Redirected" ? $"redirected {what}{To(response.Headers.Location, server)} (HTTP {code})" : $"answered HTTP {code}{Reason(response)} to {what}";
        var wait = response.Headers.RetryAfter is { } after ? after.Delta ?? (after.Date - now) : null;
        return new DicomWebException(id, string.Create(CultureInfo.InvariantCulture, $"{server} {words}"))
        {
            StatusCode = code,
            IsTransient = code is 408 or 429 or 500 or 502 or 503 or 504,
            RetryAfter = wait > TimeSpan.Zero ? wait : null,
            Advice = advice,
        };
    }

    /// <summary>The error for an answer that cannot be used.</summary>
    /// <param name="server">Who answered.</param>
    /// <param name="what">With what.</param>
    /// <param name="cause">Why it cannot be used; null if there is no more to say.</param>
    /// <param name="status">The HTTP status where that says something all the same; null if the answer is worth nothing.</param>
    public static DicomWebException BadResponse(Uri server, string what, Exception? cause = null, int? status = null) => new("DicomWeb.BadResponse", $"{server} {what}", cause)
    {
        StatusCode = status,
        Advice = "Check that -DicomWebUri is the base of the DICOMweb services and not of something else, as in https://pacs/dicom-web.",
    };

    /// <summary>The error for an answer that ends too early.</summary>
    public static DicomNetworkException BrokenOff(Uri server, Exception? cause = null) =>
        new($"{server} broke its answer off before its end", isTransient: true, cause) { Failure = NetworkFailure.ConnectionLost };

    /// <summary>True for what the HTTP stack throws of itself.</summary>
    public static bool IsOfHttp(Exception e) => e is HttpRequestException or IOException or InvalidDataException;

    /// <summary>What an exception of the HTTP stack means.</summary>
    public static DicomException Of(Exception error, Uri server) => error switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } e =>
            new DicomNetworkException($"the host name '{server.Host}' does not resolve", isTransient: false, e) { Failure = NetworkFailure.NameNotResolved },
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } e => Connecting(e, server),
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } e =>
            new DicomNetworkException($"the proxy did not connect us to {server}: {e.Message}", isTransient: false, e),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } e => BadResponse(server, "answered with headers beyond all bounds", e),
        HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse } e => BadResponse(server, "does not speak HTTP", e),
        HttpIOException { HttpRequestError: HttpRequestError.InvalidResponse } e => BadResponse(server, "does not speak HTTP", e),
        InvalidDataException e => BadResponse(server, "answered with a compressed body that is damaged", e),
        _ => BrokenOff(server, error),
    };

    private static DicomNetworkException Connecting(HttpRequestException error, Uri server) => Innermost(error) switch
    {
        SocketException { SocketErrorCode: SocketError.ConnectionRefused } =>
            new($"nothing accepts connections at {server} (connection refused)", true, error) { Failure = NetworkFailure.ConnectionRefused },
        SocketException { SocketErrorCode: SocketError.HostUnreachable or SocketError.NetworkUnreachable or SocketError.HostDown or SocketError.NetworkDown or SocketError.TimedOut } e =>
            new($"{server} cannot be reached ({e.Message})", true, error) { Failure = NetworkFailure.Unreachable },
        var e => new($"connecting to {server} failed: {e.Message}", true, error),
    };

    private static Exception Innermost(Exception error) => error.InnerException is { } inner ? Innermost(inner) : error;

    private static string To(Uri? location, Uri server)
    {
        if (location is null)
            return "";
        if (!Uri.TryCreate(server, location, out var target))
            return " to what is no address";
        var authority = target.GetLeftPart(UriPartial.Authority);
        return authority == server.GetLeftPart(UriPartial.Authority) ? " to itself" : $" to {authority}";
    }

    private static string Reason(HttpResponseMessage response) =>
        Enum.IsDefined(response.StatusCode) ? $" ({response.StatusCode})" : "";
}
