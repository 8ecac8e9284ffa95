using System.Management.Automation;
using System.Security;
using PacsTools.Binding;
using PacsTools.Services.Nodes;

namespace PacsTools.Commands;

/// <content>How the connection is secured, and who the user is.</content>
public abstract partial class PacsCmdlet
{
    private TlsArguments? _tls;

    /// <summary>Speak TLS (PS3.15 B.12). Every other TLS parameter implies it; -UseTls:$false keeps them for an https DicomWebUri alone.</summary>
    [Parameter]
    public SwitchParameter UseTls { get; set; }

    /// <summary>Our certificate with its key, for archives that ask for one: an X509Certificate2, the path of a PFX or PEM file, or a thumbprint of the certificate stores.</summary>
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

    /// <summary>Private authorities to trust, and no others: X509Certificate2, or paths of PEM or DER files.</summary>
    /// <value>The authorities this machine trusts</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object[]? TlsCaCertificate { get; set; }

    /// <summary>Thumbprints (SHA-256 or SHA-1) of which the certificate of the archive must have one; its issuer and name count only with -TlsCaCertificate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? TlsThumbprint { get; set; }

    /// <summary>The name to expect in the certificate of the archive, if it is not the host name.</summary>
    /// <value>The host name</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? TlsTargetName { get; set; }

    /// <summary>Accept any certificate of the archive; a pin still counts. Then nobody knows who is at the other end.</summary>
    [Parameter]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>Who the user is (PS3.7 D.3.3.7): name and passcode, or the name alone if the password is empty.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>Who the user is, as a token: a SecureString, a string or bytes.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? UserIdentityToken { get; set; }

    /// <summary>What the token is.</summary>
    /// <value>None; it must be given with -UserIdentityToken</value>
    [Parameter]
    public UserIdentityTokenType UserIdentityType { get; set; }

    /// <summary>Have the archive confirm the user identity, and go no further if it does not.</summary>
    [Parameter]
    public SwitchParameter ConfirmUserIdentity { get; set; }

    private PacsNode Secured(PacsNode node)
    {
        // None of these comes from the pipeline: certificates are read once, however many objects do.
        _tls ??= new TlsArguments(SessionState)
        {
            Use = Given(UseTls, nameof(UseTls)),
            Certificate = TlsCertificate,
            CertificateKey = TlsCertificateKey,
            CertificatePassword = TlsCertificatePassword,
            CaCertificate = TlsCaCertificate,
            Thumbprint = TlsThumbprint,
            TargetName = TlsTargetName,
            SkipCertificateCheck = Given(SkipCertificateCheck, nameof(SkipCertificateCheck)),
        };
        var type = IsGiven(nameof(UserIdentityType)) ? UserIdentityType : (UserIdentityTokenType?)null;
        return UserIdentityArguments.Apply(_tls.Apply(node), Credential, UserIdentityToken, type, Given(ConfirmUserIdentity, nameof(ConfirmUserIdentity)));
    }

    // A switch that was given as $false holds against a node that says otherwise; one that was not given does not.
    private bool? Given(SwitchParameter value, string name) => IsGiven(name) ? value.IsPresent : null;
}
