using System.Globalization;
using System.Runtime.CompilerServices;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Transcripts;

/// <summary>Writes what passes on one association to the transcripts it concerns.</summary>
internal sealed class TranscriptObserver(Association association) : AssociationObserver
{
    private static int s_lastNumber;

    private readonly int _number = Interlocked.Increment(ref s_lastNumber);

    // Who has not seen the association's beginning, because another job opened it, is told of it first.
    private readonly ConditionalWeakTable<ProtocolTranscript, object> _told = [];

    public override void OnPdu(Pdu pdu, bool sent)
    {
        foreach (var transcript in Concerned())
        {
            if (pdu is AAssociateRq)
                _told.TryAdd(transcript, transcript);
            Line(transcript, sent, PduText.Describe(pdu));
        }
    }

    public override void OnCommand(AcceptedContext context, CommandSet command, bool sent)
    {
        foreach (var transcript in Concerned())
            Line(transcript, sent, CommandText.Describe(context, command));
    }

    public override void OnDataset(AcceptedContext context, ReadOnlyMemory<byte> dataset, bool sent)
    {
        foreach (var transcript in Concerned())
            Line(transcript, sent, DatasetText.Describe(context, dataset, transcript.WithPatientValues));
    }

    public override void OnEnded(Exception? failure)
    {
        foreach (var transcript in Concerned())
            Line(transcript, null, failure is null ? "association closed" : $"association failed: {failure.Message}");
    }

    private IReadOnlyList<ProtocolTranscript> Concerned() =>
        !association.IsRequestor ? ProtocolTranscript.Open : ProtocolTranscript.Current is { } own ? [own] : [];

    private void Line(ProtocolTranscript transcript, bool? sent, string text)
    {
        if (_told.TryAdd(transcript, transcript))
            Write(transcript, "  ", $"association with {association.Peer}, opened before: {PduText.Contexts(association.Contexts)}");
        Write(transcript, sent switch { true => "->", false => "<-", null => "  " }, text);
    }

    private void Write(ProtocolTranscript transcript, string direction, string text) =>
        transcript.Write(string.Create(CultureInfo.InvariantCulture, $"#{_number} {direction} {text}"));
}
