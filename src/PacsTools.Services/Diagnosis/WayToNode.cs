using System.Net;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Diagnosis;

/// <summary>Follows a requestor on its way to a node and keeps a rung for each step, so that every step is timed on the one connection it belongs to.</summary>
internal sealed class WayToNode
{
    private readonly PacsNode _node;
    private readonly DiagnosisStage _last;
    private readonly TimeProvider _time;
    private readonly List<DiagnosisRung> _rungs = [];
    private long _since;

    public WayToNode(PacsNode node, DiagnosisStage last, TimeProvider time)
    {
        _node = node;
        _last = last;
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

    private void Reached(DiagnosisStage stage, string detail)
    {
        _rungs.Add(new DiagnosisRung { Node = _node, Stage = stage, Success = true, Duration = Elapsed, Detail = detail });
        _since = _time.GetTimestamp();
        if (stage >= _last)
            throw new EndOfWayException();
    }

    /// <summary>No further step is wanted; thrown through the requestor, which closes what it opened.</summary>
    public sealed class EndOfWayException : Exception;
}
