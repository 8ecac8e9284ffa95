using System.Management.Automation;
using System.Security;
using PacsTools.Dicom.Errors;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;

namespace PacsTools.Binding;

/// <summary>What the command line says of TLS.</summary>
internal sealed class TlsArguments(SessionState session)
{
    private CertificateReference? _own;
    private IReadOnlyList<CertificateReference>? _authorities;

    /// <summary>Null if -UseTls was not given.</summary>
    public bool? Use { get; init; }

    public object? Certificate { get; init; }

    public string? CertificateKey { get; init; }

    public SecureString? CertificatePassword { get; init; }

    public object[]? CaCertificate { get; init; }

    public string[]? Thumbprint { get; init; }

    public string? TargetName { get; init; }

    /// <summary>Null if -SkipCertificateCheck was not given.</summary>
    public bool? SkipCertificateCheck { get; init; }

    private bool HasAny => Certificate is not null || CaCertificate is not null || Thumbprint is not null || TargetName is not null || SkipCertificateCheck is true;

    /// <summary>Puts it over what the node says. Any setting turns TLS on, unless -UseTls:$false keeps it for https alone.</summary>
    /// <exception cref="TerminatingErrorException">It cannot be right.</exception>
    public PacsNode Apply(PacsNode node)
    {
        if (Certificate is null && (CertificateKey is not null || CertificatePassword is not null))
            throw Arguments.Invalid("-TlsCertificateKey and -TlsCertificatePassword belong to -TlsCertificate: give that too.");
        if (Use is null && !HasAny)
            return SkipCertificateCheck is false && node.Tls is { } own ? node with { Tls = own with { SkipCertificateCheck = false } } : node;
        var tls = node.Tls ?? new TlsSettings();
        var enabled = Use ?? true;
        if (!enabled && !HasAny && node.Tls is null)
            return node;
        tls = tls with { Enabled = enabled };
        if (Certificate is not null)
            tls = tls with { Certificate = Own() };
        if (CaCertificate is not null)
            tls = tls with { CaCertificates = Authorities() };
        if (Thumbprint is not null)
            tls = Arguments.Check(() => tls with { Thumbprint = Thumbprint }, Thumbprint);
        if (TargetName is not null)
            tls = Arguments.Check(() => tls with { TargetName = TargetName }, TargetName);
        return node with { Tls = SkipCertificateCheck is { } skip ? tls with { SkipCertificateCheck = skip } : tls };
    }

    /// <summary>Our own certificate, read here so that a wrong path or password is told before anything is connected.</summary>
    /// <exception cref="TerminatingErrorException">There is none, or none that can be used.</exception>
    public CertificateReference Own() => _own ??= Load(Certificate!, nameof(Certificate), CertificateKey, CertificatePassword, needsKey: true);

    /// <summary>The authorities to trust.</summary>
    public IReadOnlyList<CertificateReference> Authorities() => _authorities ??= [.. (CaCertificate ?? []).Select(c => Load(c, nameof(CaCertificate), null, null, needsKey: false))];

    private CertificateReference Load(object given, string name, string? keyPath, SecureString? password, bool needsKey)
    {
        try
        {
            var reference = Arguments.Check(() => CertificateArgument.Read(given, session, keyPath, password), given);
            reference.Load(needsKey);
            return reference;
        }
        catch (TlsException error)
        {
            throw new TerminatingErrorException(ErrorMap.ToRecord(error, $"-Tls{name}"));
        }
    }
}
