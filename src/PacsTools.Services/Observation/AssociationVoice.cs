using System.Globalization;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Dicom.Pdus;

namespace PacsTools.Services.Observation;

/// <summary>Tells of one association that this side asked for: when it is answered, what each operation came to, when it ends.</summary>
internal sealed class AssociationVoice(Association association, TimeProvider time)
{
    private readonly long _asked = time.GetTimestamp();

    public void OnPdu(Pdu pdu)
    {
        if (!association.IsRequestor || JobVoice.Current is not { } log)
            return;
        if (pdu is AAssociateAc ac)
        {
            var version = ac.UserInformation.ImplementationVersionName ?? ac.UserInformation.ImplementationClassUID;
            log.Verbose(Text($"Association with {association.Peer} as {association.CallingAETitle}: {ac.PresentationContexts.Count(c => c.IsAccepted)} of {ac.PresentationContexts.Count} presentation contexts accepted by {version}, maximum PDU {ac.UserInformation.MaxPduLength}, {Elapsed(time.GetElapsedTime(_asked))}."));
        }
        else if (pdu is AAssociateRj rj)
        {
            log.Verbose($"Association with {association.Peer} as {association.CallingAETitle}: {AssociationRejectedException.Describe(rj.Result, rj.Source, rj.Reason)}.");
        }
    }

    public void OnOperation(EndedOperation ended)
    {
        if (JobVoice.Current is not { } log)
            return;
        var responses = ended.Pending == 0 ? string.Empty : Text($"{ended.Pending} pending responses, ");
        var counts = ended.Name is "C-MOVE" or "C-GET" ? Text($"{ended.Completed} completed, {ended.Warning} with warnings, {ended.Failed} failed, ") : string.Empty;
        var status = ended.Status is { } code ? $"status {code:X4}H" : $"no answer ({ended.Failure?.Message.TrimEnd('.') ?? "the association ended"})";
        log.Verbose(Text($"{ended.Name} {ended.MessageId} {association.Peer}: {responses}{counts}{status}, {Elapsed(ended.Duration)}."));
    }

    public void OnEnded(Exception? failure)
    {
        if (association.IsRequestor && JobVoice.Current is { } log)
            log.Verbose($"Association with {association.Peer} {(failure is null ? "released" : $"ended: {failure.Message.TrimEnd('.')}")}.");
    }

    private static string Elapsed(TimeSpan time) => Text($"{time.TotalMilliseconds:0.0} ms");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
