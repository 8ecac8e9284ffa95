using System.Management.Automation;
using System.Security;
using PacsTools.Binding;
using PacsTools.Dicom.Network;
using PacsTools.Pipeline;

namespace PacsTools.Commands;

/// <summary>What the cmdlets that start a listener have in common: its TLS, and whom it lets in by it.</summary>
public abstract class ListenerCmdlet : AsyncCmdlet
{
    /// <summary>Its certificate with its key, to speak TLS and nothing else (PS3.15 B.12): an X509Certificate2, the path of a PFX or PEM file, or a thumbprint of the certificate stores.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? TlsCertificate { get; set; }

    /// <summary>The PEM file of the key, if it is not in the file of the certificate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TlsCertificateKey { get; set; }

    /// <summary>The password of the PFX or of the key.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? TlsCertificatePassword { get; set; }

    /// <summary>Turn away whoever shows no certificate of a trusted authority, before any byte of DICOM is handled.</summary>
    [Parameter]
    public SwitchParameter RequireClientCertificate { get; set; }

    /// <summary>The authorities that clients' certificates must come from, and no others: X509Certificate2, or paths of PEM or DER files.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? TlsCaCertificate { get; set; }

    /// <summary>The TLS asked for; null for plain TCP.</summary>
    private protected TlsServerOptions? TlsServer() => TlsServerArguments.Build(
        new TlsArguments(SessionState)
        {
            Certificate = TlsCertificate,
            CertificateKey = TlsCertificateKey,
            CertificatePassword = TlsCertificatePassword,
            CaCertificate = TlsCaCertificate,
        },
        RequireClientCertificate);
}
