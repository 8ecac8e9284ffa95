using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;
using PacsTools.Services.Metrics;
using PacsTools.Services.Transcripts;

namespace PacsTools.Services.Observation;

/// <summary>What watches every association of this side: metrics always, transcripts where a job keeps one. The simulator, who plays the other side, is not watched.</summary>
internal sealed class AssociationWatch(Association association, TimeProvider time) : AssociationObserver
{
    private readonly MetricObserver _metrics = new(association.IsRequestor, time);
    private readonly TranscriptObserver _transcript = new(association);

    // Whoever counts must have someone who adds up.
    static AssociationWatch() => _ = MetricStore.Shared;

    public static Func<Association, AssociationObserver> Of(TimeProvider time) => association => new AssociationWatch(association, time);

    public override void OnPdu(Pdu pdu, bool sent)
    {
        _metrics.OnPdu(pdu, sent);
        _transcript.OnPdu(pdu, sent);
    }

    public override void OnCommand(AcceptedContext context, CommandSet command, bool sent)
    {
        _metrics.OnCommand(context, command, sent);
        _transcript.OnCommand(context, command, sent);
    }

    public override void OnDataset(AcceptedContext context, ReadOnlyMemory<byte> dataset, bool sent) => _transcript.OnDataset(context, dataset, sent);

    public override void OnEnded(Exception? failure)
    {
        _metrics.OnEnded(failure);
        _transcript.OnEnded(failure);
    }
}
