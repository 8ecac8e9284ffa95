using System.Globalization;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Diagnosis;

/// <summary>What an administrator can do about a rung that does not hold, in plain words.</summary>
internal static class DiagnosisAdvice
{
    private static readonly TimeSpan s_longestProbe = TimeSpan.FromSeconds(3);

    /// <summary>How long to listen for what a port speaks, twice.</summary>
    public static TimeSpan ProbeLimit(PacsNode node) => node.Timeout is { } given && given < s_longestProbe ? given : s_longestProbe;

    public static string Detail(Exception error, PortProtocol speaks) => speaks switch
    {
        PortProtocol.Http => $"an HTTP server answers on this port; to DICOM it gave no answer ({error.Message})",
        PortProtocol.Tls => $"TLS is spoken on this port; plain DICOM got no answer ({error.Message})",
        PortProtocol.Ssh => $"an SSH server answers on this port; to DICOM it gave no answer ({error.Message})",
        _ => error.Message,
    };

    public static string For(PacsNode node, DiagnosisStage stage, Exception error, PortProtocol speaks = PortProtocol.Unknown) => speaks switch
    {
        PortProtocol.Http => HttpServer(node),
        PortProtocol.Tls => TlsExpected(node),
        PortProtocol.Ssh => $"Port {Port(node)} belongs to SSH: ask for the DICOM port of {node.CalledAETitle}.",
        _ => error switch
        {
            AssociationRejectedException e => Rejected(node, e),
            TlsException e => Tls(node, e),
            UserIdentityException e => e.Advice,
            DicomNetworkException e => Network(node, stage, e),
            DicomTimeoutException e => TimedOut(node, stage, e),
            NoAcceptedContextException => NoContext(node, stage),
            AssociationAbortedException => $"The archive ended the association itself: its log says why. Often {node.CallingAETitle} may do less than it asked for, or the archive is being restarted.",
            DicomProtocolException e => NoDicom(node, e),
            DimseStatusException e => Status(node, e),
            DiagnosisException { Id: "Diagnosis.KeysIgnored" } => "Do not rely on filters with this archive; its vendor has to repair that.",
            _ => "The log of the archive may say more.",
        },
    };

    private static string Rejected(PacsNode node, AssociationRejectedException e)
    {
        var codes = string.Create(CultureInfo.InvariantCulture, $"(rejected {(e.Result == 2 ? "transient" : "permanent")}, source {(e.RejectSource == 1 ? "user" : "provider")}, reason {e.Reason})");
        return e.ReasonName switch
        {
            "CallingAENotRecognized" => $"The archive does not know the calling AE {node.CallingAETitle} {codes}: ask for it to be added, or use one that it knows (-CallingAETitle).",
            "CalledAENotRecognized" => $"The archive is not called {node.CalledAETitle} {codes}: ask for its AE title and give it (-CalledAETitle).",
            "TemporaryCongestion" or "LocalLimitExceeded" => $"The archive has no association to spare {codes}: try again later, or have its limit raised.",
            "ApplicationContextNotSupported" or "ProtocolVersionNotSupported" => $"The archive speaks another kind of DICOM {codes}: have its version checked.",
            _ => e.IsTransient
                ? $"The archive does not want us now {codes}: try again later."
                : $"The archive does not want us and does not say why {codes}: often it does not know the calling AE {node.CallingAETitle} or this address. Its log tells.",
        };
    }

    private static string Network(PacsNode node, DiagnosisStage stage, DicomNetworkException e) => e.Failure switch
    {
        NetworkFailure.NameNotResolved => $"The name {node.HostName} is not known here: check its spelling and the DNS, or use the address.",
        NetworkFailure.ConnectionRefused => $"The host {node.HostName} answers, and nothing listens on port {Port(node)}: check the port, and that the archive is running.",
        NetworkFailure.Unreachable => $"There is no way to {node.HostName}: check the address, the network and VPN, and the firewalls between.",
        NetworkFailure.ConnectionLost when stage == DiagnosisStage.Associate =>
            $"Port {Port(node)} takes connections and hangs up without an answer: often the archive admits only known addresses, or expects TLS, or it is no DICOM port.",
        NetworkFailure.ConnectionLost => "The archive, or a firewall on the way, hung up in the middle: the log of the archive says which.",
        _ => "Check host, port and network.",
    };

    private static string Tls(PacsNode node, TlsException e) => e.Kind switch
    {
        TlsFailure.NotSpoken => $"No TLS is spoken on port {Port(node)}: leave out -UseTls, or ask for the port with TLS.",
        TlsFailure.ProtocolVersion => "The archive has neither TLS 1.2 nor TLS 1.3: have it updated.",
        TlsFailure.NoCommonCipher => "The archive offers no cipher suite that is still safe: have its TLS profile updated (BCP 195).",
        TlsFailure.CertificateExpired => "The certificate of the archive, or one above it, has expired: have it renewed.",
        TlsFailure.CertificateNotYetValid => "The certificate of the archive is not valid yet: check the clocks on both sides.",
        TlsFailure.NameMismatch => $"The certificate of the archive is for another name than {node.HostName}: use that name, or have the certificate made for this one.",
        TlsFailure.UnknownAuthority => "The certificate of the archive comes from an authority that is not trusted here: name that authority, or pin the certificate (-TlsThumbprint).",
        TlsFailure.PinMismatch => "The archive shows another certificate than the pinned one: somebody is in between, or it was renewed. Ask before you change the pin.",
        TlsFailure.ClientCertificateRequired => "The archive demands a certificate of ours: give one (-TlsCertificate).",
        TlsFailure.ClientCertificateRejected => "The archive does not accept our certificate: have its authority trusted there.",
        TlsFailure.CertificateNotFound or TlsFailure.CertificateUnreadable or TlsFailure.CertificatePassword or TlsFailure.NoPrivateKey => "Check our own certificate: -TlsCertificate and its password.",
        _ => "Check the TLS settings of both sides; the log of the archive says more.",
    };

    private static string TimedOut(PacsNode node, DiagnosisStage stage, DicomTimeoutException e) => stage switch
    {
        DiagnosisStage.Resolve => $"The name server did not answer: check the DNS, or use the address of {node.HostName}.",
        DiagnosisStage.Connect => $"Nothing answers at {node.HostName}, port {Port(node)}, not even with a refusal: a firewall drops the packets, or the host is down or the address wrong.",
        DiagnosisStage.Tls => $"Port {Port(node)} takes connections and does not answer a TLS handshake: it expects plain DICOM, or hangs. Try without -UseTls.",
        DiagnosisStage.Associate => $"Port {Port(node)} takes connections and never answers: it is no DICOM port, it expects TLS, or the archive hangs.",
        DiagnosisStage.Echo or DiagnosisStage.Find => $"The archive accepted the association and then kept silent for {e.Limit.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s: it is overloaded or hangs. Give more time (-TimeoutSeconds), or look at the archive.",
        _ => "Give more time (-TimeoutSeconds), or look at the archive.",
    };

    private static string NoContext(PacsNode node, DiagnosisStage stage) => stage switch
    {
        DiagnosisStage.Echo => $"The archive does not offer C-ECHO to {node.CallingAETitle}: have it allowed there.",
        DiagnosisStage.Find => $"The archive does not offer C-FIND in the {node.QueryModel} Root model to {node.CallingAETitle}: have it allowed, or try -QueryModel {(node.QueryModel == QueryModel.Study ? "Patient" : "Study")}.",
        DiagnosisStage.Associate => $"The archive accepts {node.CallingAETitle} and offers it neither C-ECHO nor C-FIND: have the services allowed for it. Get-PacsCapability shows what it offers.",
        _ => $"The archive does not offer C-MOVE in the {node.QueryModel} Root model to {node.CallingAETitle}: have it allowed, or use -Method CGet.",
    };

    private static string NoDicom(PacsNode node, DicomProtocolException e) =>
        e.Message.Contains("HTTP", StringComparison.Ordinal) ? HttpServer(node)
        : e.Message.Contains("TLS", StringComparison.Ordinal) ? TlsExpected(node)
        : $"What answers on port {Port(node)} breaks the protocol: check that it is the DICOM port of the archive.";

    private static string Status(PacsNode node, DimseStatusException e)
    {
        var status = DimseStatus.Lookup(DimseService.Any, e.Status);
        return $"The archive answered with status {e.Status.ToString("X4", CultureInfo.InvariantCulture)}{(e.ErrorComment is { Length: > 0 } comment ? $" ({comment})" : "")}. {status.Advice ?? $"Its log says why; it may not allow this to {node.CallingAETitle}."}";
    }

    private static string HttpServer(PacsNode node) => $"An HTTP server answers on port {Port(node)}: it is the port of a web page or of DICOMweb. Ask for the DICOM port.";

    private static string TlsExpected(PacsNode node) => $"TLS is expected on port {Port(node)}: use -UseTls, or ask for the port without TLS.";

    private static string Port(PacsNode node) => node.Port.ToString(CultureInfo.InvariantCulture);
}
