using System.Management.Automation;
using System.Security;
using PacsTools.Binding;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Commands;

/// <content>TLS and users.</content>
public sealed partial class StartPacsSimulatorCommand
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

    /// <summary>Users that may associate (PS3.7 D.3.3.7), by name and passcode, or by the name alone if the password is empty; all others are rejected.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSCredential[] Credential { get; set; } = [];

    /// <summary>A token that may associate.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public object? UserIdentityToken { get; set; }

    /// <summary>What the token is.</summary>
    [Parameter]
    public UserIdentityTokenType UserIdentityType { get; set; }

    private TlsServerOptions? TlsServer() => TlsServerArguments.Build(
        new TlsArguments(SessionState)
        {
            Certificate = TlsCertificate,
            CertificateKey = TlsCertificateKey,
            CertificatePassword = TlsCertificatePassword,
            CaCertificate = TlsCaCertificate,
        },
        RequireClientCertificate);

    private IReadOnlyList<UserIdentity> Users()
    {
        if ((UserIdentityToken is null) == IsGiven(nameof(UserIdentityType)))
            throw Arguments.Invalid("-UserIdentityToken and -UserIdentityType belong together: the type says what the token is.");
        var users = Credential.Select(UserIdentityArguments.Of);
        return UserIdentityToken is null ? [.. users] : [.. users, UserIdentityArguments.Of(UserIdentityToken, UserIdentityType)];
    }
}
