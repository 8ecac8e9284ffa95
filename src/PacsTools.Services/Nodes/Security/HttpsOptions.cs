using System.Net.Security;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Nodes;

/// <summary>The TLS settings of a node for its DICOMweb services, so that https trusts what DICOM does.</summary>
internal static class HttpsOptions
{
    /// <summary>
    /// For <see cref="SocketsHttpHandler.SslOptions"/>. A certificate that will not do comes out as a <see cref="Dicom.Errors.TlsException"/> somewhere below the
    /// HttpRequestException.
    /// </summary>
    /// <param name="settings">What to trust and to show; null for the system's authorities and nothing.</param>
    /// <param name="server">Host and port.</param>
    /// <param name="onCertificateRequest">Told when the server asks for our certificate.</param>
    /// <exception cref="Dicom.Errors.TlsException">A certificate of ours is missing or cannot be read.</exception>
    public static SslClientAuthenticationOptions For(TlsSettings? settings, Uri server, Action onCertificateRequest) =>
        TlsWeb.Build(settings?.ToClient() ?? new TlsClientOptions(), server.IdnHost, PeerOf(server), onCertificateRequest);

    /// <summary>The server in words.</summary>
    public static string PeerOf(Uri server) => $"{server.IdnHost}:{server.Port}";
}
