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
    /// <exception cref="Dicom.Errors.TlsException">A certificate of ours is missing or cannot be read.</exception>
    public static SslClientAuthenticationOptions For(TlsSettings settings, Uri server) =>
        TlsWeb.Build(settings.ToClient(), server.IdnHost, $"{server.IdnHost}:{server.Port}");
}
