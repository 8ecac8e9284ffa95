using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;
using PacsTools.Services.Metrics;
using PacsTools.Services.Transcripts;

namespace PacsTools.Services.Observation;

/// <summary>
/// What watches every association of this side: metrics always, transcripts and remarks where a job wants them. The simulator, who plays the other side, is
/// not watched.
/// </summary>
internal sealed class AssociationWatch(Association association, TimeProvider time) : AssociationObserver
{
    private readonly RequestTracker _requests = new(time);
    private readonly AssociationMetrics _metrics = new(association.IsRequestor);
    private readonly TranscriptObserver _transcript = new(association);
    private readonly AssociationVoice _voice = new(association, time);

    // Whoever counts must have someone who adds up.
    static AssociationWatch() => _ = MetricStore.Shared;

    public static Func<Association, AssociationObserver> Of(TimeProvider time) => association => new AssociationWatch(association, time);

    public override void OnPdu(Pdu pdu, bool sent)
    {
        _metrics.OnPdu(pdu);
        _transcript.OnPdu(pdu, sent);
        _voice.OnPdu(pdu);
    }

    public override void OnCommand(AcceptedContext context, CommandSet command, bool sent)
    {
        _transcript.OnCommand(context, command, sent);
        if (sent)
            AssociationMetrics.OnSent(command);
        if (_requests.Note(command, sent) is { } ended)
            Tell(ended);
    }

    public override void OnDataset(AcceptedContext context, ReadOnlyMemory<byte> dataset, bool sent) => _transcript.OnDataset(context, dataset, sent);

    public override void OnEnded(Exception? failure)
    {
        foreach (var ended in _requests.EndAll(failure))
            Tell(ended);
        _metrics.OnEnded();
        _transcript.OnEnded(failure);
        _voice.OnEnded(failure);
    }

    private void Tell(EndedOperation ended)
    {
        AssociationMetrics.OnOperation(ended);
        _voice.OnOperation(ended);
    }
}
