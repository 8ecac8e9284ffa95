using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using PacsTools.Dicom.Errors;

namespace PacsTools.Dicom.Network;

/// <summary>Judges the certificate of one peer in one handshake, and keeps what it saw: the platform's own error only says that the callback said no.</summary>
internal sealed class TlsPeerCheck(TlsTrust trust, string peer, string? expectedName, bool required)
{
    /// <summary>What is wrong; null if nothing is.</summary>
    public TlsException? Flaw { get; private set; }

    /// <summary>True to accept whatever comes and only keep what was seen.</summary>
    public bool OnlyLook { get; init; }

    public X509Certificate2? Certificate { get; private set; }

    public IReadOnlyList<X509Certificate2> Chain { get; private set; } = [];

    /// <summary>How the platform is to build the chain. Revocation is not looked up: archives stand in networks that reach no responder.</summary>
    public X509ChainPolicy Policy() => PolicyFor(trust);

    /// <summary>The callback's shape. True if the peer may be talked to.</summary>
    public bool Judge(X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        // The platform's own go when the connection does.
        Certificate = certificate is null ? null : new X509Certificate2(certificate);
        if (chain is not null)
            Chain = [.. chain.ChainElements.Select(e => new X509Certificate2(e.Certificate))];
        if (Chain.Count == 0 && Certificate is not null)
            Chain = [new X509Certificate2(Certificate)];
        Flaw = Find(chain, errors);
        return Flaw is null || OnlyLook;
    }

    private static X509ChainPolicy PolicyFor(TlsTrust trust)
    {
        var policy = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (trust.Authorities.Count > 0)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(trust.Authorities.ToArray());
        }

        return policy;
    }

    private TlsException? Find(X509Chain? chain, SslPolicyErrors errors)
    {
        if (Certificate is null)
            return required ? new TlsException(TlsFailure.CertificateMissing, $"{peer} showed no certificate and one is required") : null;
        var shown = Words(Certificate);
        if (trust.Pins.Count > 0 && !TlsPin.Matches(Certificate, trust.Pins))
            return new TlsException(TlsFailure.PinMismatch, $"the certificate of {peer} ({shown}) is not the pinned one: its SHA-256 thumbprint is {TlsPin.Of(Certificate)}");
        if (trust.SkipCertificateCheck)
            return null;
        var pinned = trust.Pins.Count > 0 && trust.Authorities.Count == 0;
        if (FindInChain(chain, errors, pinned, shown) is { } flaw)
            return flaw;
        return pinned || expectedName is null || Certificate.MatchesHostname(expectedName)
            ? null
            : new TlsException(TlsFailure.NameMismatch, $"the certificate of {peer} is not for '{expectedName}' but for {NamesOf(Certificate)}");
    }

    private TlsException? FindInChain(X509Chain? chain, SslPolicyErrors errors, bool pinned, string shown)
    {
        var status = (chain?.ChainStatus ?? []).Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);

        // An authority given by name is trusted even if it is not the root of its own chain.
        const X509ChainStatusFlags NoAuthority = X509ChainStatusFlags.UntrustedRoot | X509ChainStatusFlags.PartialChain;
        if (pinned || IsBelowOurs(chain))
            status &= ~NoAuthority;
        if ((status & X509ChainStatusFlags.NotTimeValid) != 0)
            return OutOfTime(shown);
        if ((status & NoAuthority) != 0)
        {
            var issuer = Chain.Count > 0 ? Chain[^1].Issuer : Certificate!.Issuer;
            return new TlsException(TlsFailure.UnknownAuthority, $"the certificate of {peer} ({shown}) comes from an authority that is not trusted here: {issuer}");
        }

        if (status != X509ChainStatusFlags.NoError)
        {
            var why = string.Join(' ', chain!.ChainStatus.Where(s => (s.Status & status) != 0).Select(s => s.StatusInformation.Trim()).Distinct());
            return new TlsException(TlsFailure.CertificateInvalid, $"the certificate of {peer} ({shown}) is not acceptable ({status}): {why}");
        }

        return (errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0 && chain is null
            ? new TlsException(TlsFailure.CertificateInvalid, $"the certificate of {peer} ({shown}) could not be checked")
            : null;
    }

    private bool IsBelowOurs(X509Chain? chain) => chain is not null && trust.Authorities.Count > 0
        && chain.ChainElements.Any(e => trust.Authorities.Any(a => a.RawDataMemory.Span.SequenceEqual(e.Certificate.RawDataMemory.Span)));

    private TlsException OutOfTime(string shown)
    {
        var now = DateTime.Now;
        var late = Chain.FirstOrDefault(c => c.NotAfter < now);
        return late is not null
            ? new TlsException(TlsFailure.CertificateExpired, $"the certificate {(IsOwn(late) ? $"of {peer}" : $"of an authority of {peer}")} ({Words(late)}) expired on {Day(late.NotAfter)}")
            : Chain.FirstOrDefault(c => c.NotBefore > now) is { } early
                ? new TlsException(TlsFailure.CertificateNotYetValid, $"the certificate {(IsOwn(early) ? $"of {peer}" : $"of an authority of {peer}")} ({Words(early)}) is valid only from {Day(early.NotBefore)} on: one of the two clocks may be wrong")
                : new TlsException(TlsFailure.CertificateExpired, $"the certificate of {peer} ({shown}) is not valid at this time");
    }

    private bool IsOwn(X509Certificate2 one) => one.RawDataMemory.Span.SequenceEqual(Certificate!.RawDataMemory.Span);

    private static string Words(X509Certificate2 certificate) => certificate.Subject.Length > 0 ? certificate.Subject : $"serial number {certificate.SerialNumber}";

    private static string Day(DateTime local) => local.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", System.Globalization.CultureInfo.InvariantCulture);

    private static string NamesOf(X509Certificate2 certificate)
    {
        var alternative = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>().FirstOrDefault();
        var names = alternative is null ? [] : alternative.EnumerateDnsNames().Concat(alternative.EnumerateIPAddresses().Select(a => a.ToString())).ToArray();
        return names.Length > 0 ? string.Join(", ", names) : Words(certificate);
    }
}
