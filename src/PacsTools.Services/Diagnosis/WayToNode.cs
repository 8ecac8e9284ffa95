using System.Globalization;
using System.Net;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Diagnosis;

/// <summary>Follows a requestor on its way to a node and keeps a rung for each step, so that every step is timed on the one connection it belongs to.</summary>
internal sealed class WayToNode
{
    private static readonly TimeSpan s_soon = TimeSpan.FromDays(30);

    private readonly PacsNode _node;
    private readonly DiagnosisStage _last;
    private readonly TimeProvider _time;
    private readonly List<DiagnosisRung> _rungs = [];
    private long _since;

    public WayToNode(PacsNode node, DiagnosisStage last, TimeProvider time)
    {
        _node = node;
        // Without TLS there is no such rung.
        _last = last == DiagnosisStage.Tls && node.Tls is not { Enabled: true } ? DiagnosisStage.Connect : last;
        _time = time;
        _since = time.GetTimestamp();
    }

    /// <summary>The steps that were taken.</summary>
    public IReadOnlyList<DiagnosisRung> Rungs => _rungs;

    /// <summary>The step that comes next.</summary>
    public DiagnosisStage Next => _rungs.Count switch
    {
        0 => DiagnosisStage.Resolve,
        1 => DiagnosisStage.Connect,
        2 when _node.Tls is { Enabled: true } => DiagnosisStage.Tls,
        _ => DiagnosisStage.Associate,
    };

    /// <summary>Time since the last step.</summary>
    public TimeSpan Elapsed => _time.GetElapsedTime(_since);

    public void OnStep(ConnectionStep step)
    {
        if (step.Stage == ConnectionStage.Resolved)
            Reached(DiagnosisStage.Resolve, IPAddress.TryParse(_node.HostName, out _) ? $"{_node.HostName} is an address" : $"{_node.HostName} is {string.Join(", ", step.Addresses)}");
        else
            Reached(DiagnosisStage.Connect, $"connected to {step.Remote} from {step.Local}");
    }

    /// <summary>The transport is ready, and nothing of DICOM has been sent on it.</summary>
    public void OnSecured(Association association)
    {
        if (association.Tls is not { } tls)
            return;
        var certificate = tls.PeerCertificate is { } shown ? $"certificate of {shown.Subject}, issued by {shown.Issuer}" : "no certificate";
        var expiry = tls.ExpiresAt is { } end ? string.Create(CultureInfo.InvariantCulture, $", valid until {end:yyyy-MM-dd}") : "";
        Add(DiagnosisStage.Tls, $"{tls.Protocol} with {tls.CipherSuite}; {certificate}{expiry}{(tls.CertificateShown ? "; we showed ours" : "")}",
            tls.ExpiresAt is { } soon && soon - _time.GetUtcNow() < s_soon ? $"The certificate, or one above it, ends on {soon.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}: have it renewed." : null);
    }

    private void Reached(DiagnosisStage stage, string detail)
    {
        Add(stage, detail, null);
        if (stage >= _last)
            throw new EndOfWayException();
    }

    private void Add(DiagnosisStage stage, string detail, string? advice)
    {
        _rungs.Add(new DiagnosisRung { Node = _node, Stage = stage, Success = true, Duration = Elapsed, Detail = detail, Advice = advice });
        _since = _time.GetTimestamp();
    }

    /// <summary>No further step is wanted; thrown through the requestor, which closes what it opened.</summary>
    public sealed class EndOfWayException : Exception;
}
