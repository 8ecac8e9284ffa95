using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Binding;

/// <summary>What the command line says of TLS for something that listens.</summary>
internal static class TlsServerArguments
{
    /// <summary>Null for plain TCP.</summary>
    /// <exception cref="Pipeline.TerminatingErrorException">It cannot be right.</exception>
    public static TlsServerOptions? Build(TlsArguments tls, bool requireClientCertificate)
    {
        if (tls.Certificate is null)
        {
            return tls.CertificateKey is null && tls.CertificatePassword is null && tls.CaCertificate is null && !requireClientCertificate
                ? null
                : throw Arguments.Invalid("-TlsCertificate is needed: who listens with TLS has to show a certificate.");
        }

        if (tls.CaCertificate is not null && !requireClientCertificate)
            throw Arguments.Invalid("-TlsCaCertificate says whose clients to trust: give -RequireClientCertificate too.");
        var own = tls.Own().Load(needsKey: true);
        return new TlsServerOptions
        {
            Certificate = own.Certificate,
            Intermediates = own.Others,
            RequireClientCertificate = requireClientCertificate,
            Trust = new TlsSettings { CaCertificates = tls.Authorities() }.ToTrust(),
        };
    }
}
