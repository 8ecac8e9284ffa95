using System.Buffers;
using System.Collections.Immutable;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Encoding;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Files;
using PacsTools.Dicom.Network;

namespace PacsTools.Services.Storage;

/// <summary>
/// Takes the instances of one association, one after the other. Bytes are held only until the header has told where they
/// belong, which it almost always does within the first buffer; from then on they go from the receive buffer to the file.
/// </summary>
internal sealed class InstanceReceiver(IInstanceReception reception, IInstanceSource association) : IDatasetSink
{
    /// <summary>Refused: not authorized (PS3.7 C.5.17).</summary>
    private const ushort NotAuthorized = 0x0124;

    private readonly List<Delivery> _deliveries = [];
    private readonly ArrayBufferWriter<byte> _held = new();
    private CStoreRequest _request = null!;
    private AcceptedContext _context = null!;
    private ImmutableArray<IReceiveSubscription> _subscriptions = [];
    private HeaderScanner? _scanner;
    private ArrivalHub.Arrival? _arrival;
    private bool _routed;
    private (ushort Status, string Comment)? _refusal;

    /// <summary>Receives the data set of a C-STORE request and makes the answer, which is yet to be sent.</summary>
    /// <exception cref="Dicom.Errors.DicomException">The association failed; nothing of the instance stays.</exception>
    public CStoreResponse Receive(IncomingMessage message, CStoreRequest request)
    {
        _request = request;
        _context = message.Context;
        // In this order: whoever is asked about the instance had its attributes read.
        _subscriptions = reception.Subscriptions;
        _scanner = new HeaderScanner(TransferSyntax.Get(_context.TransferSyntax), reception.WantedTags);
        _routed = false;
        _refusal = null;
        try
        {
            message.ReadDatasetTo(this);
            if (message.Received == 0)
                return Refuse(StorageFault.CannotUnderstand, "There is no data set");
            if (!_routed)
                Route();
            foreach (var delivery in _deliveries)
                delivery.Complete();
            return Answer(message.Received);
        }
        finally
        {
            foreach (var delivery in _deliveries)
                delivery.BreakOff();
            _deliveries.Clear();
            // Whatever ended it before its answer was made broke it off.
            _arrival?.End(null);
            _arrival = null;
            _held.ResetWrittenCount();
            _scanner = null;
            _subscriptions = [];
        }
    }

    public void Write(IReadOnlyList<ReadOnlyMemory<byte>> slices)
    {
        var headerEnds = Look(slices);
        if (!_routed)
        {
            if (!headerEnds)
            {
                Hold(slices);
                return;
            }

            Route();
        }

        foreach (var delivery in _deliveries)
            delivery.Write(slices);
    }

    private bool Look(IReadOnlyList<ReadOnlyMemory<byte>> slices)
    {
        var headerEnds = false;
        foreach (var slice in slices)
            headerEnds = _scanner!.Advance(slice.Span);
        return headerEnds;
    }

    private void Hold(IReadOnlyList<ReadOnlyMemory<byte>> slices)
    {
        foreach (var slice in slices)
            _held.Write(slice.Span);
    }

    private void Route()
    {
        _routed = true;
        var instance = new IncomingInstance(_scanner)
        {
            SOPClassUID = _request.AffectedSOPClassUID,
            SOPInstanceUID = _request.AffectedSOPInstanceUID,
            TransferSyntaxUID = _context.TransferSyntax,
            CallingAETitle = association.SendingAETitle,
            CalledAETitle = association.ReceivingAETitle,
            MoveOriginatorAETitle = _request.MoveOriginatorAETitle,
            MoveOriginatorMessageId = _request.MoveOriginatorMessageId,
        };
        // What is filed under the name of another instance is lost, and may take that one's place.
        if (instance.Mismatch is { } what)
        {
            _refusal = (StorageFault.DataSetDoesNotMatch, $"The data set is of another {what}");
            return;
        }

        if (FileHeader(instance) is not { } header)
        {
            _refusal = (StorageFault.CannotUnderstand, "The UIDs of the request cannot stand in a file");
            return;
        }

        foreach (var subscription in _subscriptions)
            Offer(subscription, instance, header);
        if (_deliveries.Count == 0 && reception.OpenReception is { } open)
            Offer(open, instance, header);

        if (_deliveries.Count > 0)
            _arrival = reception.Arrivals?.Begin(instance);
        if (_held.WrittenCount > 0)
        {
            ReadOnlyMemory<byte>[] held = [_held.WrittenMemory];
            foreach (var delivery in _deliveries)
                delivery.Write(held);
        }
    }

    private void Offer(IReceiveSubscription subscription, IncomingInstance instance, byte[] header)
    {
        if (subscription.IsOver || subscription.Begin(instance, association) is not { } target)
            return;
        var delivery = new Delivery(subscription, instance, association);
        _deliveries.Add(delivery);
        delivery.Open(reception.FlushToDisk ? target with { FlushToDisk = true } : target, header);
    }

    // Built for everything that comes, wanted or not: what it costs is nothing beside the data set.
    private static byte[]? FileHeader(IncomingInstance instance)
    {
        try
        {
            return new FileMetaInformation
            {
                MediaStorageSOPClassUID = instance.SOPClassUID,
                MediaStorageSOPInstanceUID = instance.SOPInstanceUID,
                TransferSyntaxUID = instance.TransferSyntaxUID,
                SourceApplicationEntityTitle = instance.CallingAETitle,
                SendingApplicationEntityTitle = instance.CallingAETitle,
                ReceivingApplicationEntityTitle = instance.CalledAETitle,
            }.Encode();
        }
        catch (DicomDataException)
        {
            return null;
        }
    }

    private CStoreResponse Refuse(ushort status, string comment)
    {
        reception.CountFailed();
        return CStoreResponse.To(_request, status) with { ErrorComment = comment };
    }

    private CStoreResponse Answer(long bytes)
    {
        if (_refusal is { } refusal)
            return Refuse(refusal.Status, refusal.Comment);

        Delivery? kept = null;
        Delivery? failed = null;
        foreach (var delivery in _deliveries)
        {
            if (delivery.WasDropped)
                continue;
            if (delivery.Status == 0)
                kept = delivery;
            else
                failed ??= delivery;
        }

        // Where several wanted it and one could not keep it, the sender hears of the failure: that operation must not believe in success.
        if (failed is not null)
        {
            reception.CountFailed();
            _arrival?.End(failed.File);
            return CStoreResponse.To(_request, failed.Status) with { ErrorComment = failed.Comment };
        }

        if (kept is null)
        {
            reception.CountRefused(association, _request);
            return CStoreResponse.To(_request, NotAuthorized) with { ErrorComment = "Nobody is waiting for this instance" };
        }

        reception.CountReceived(bytes);
        _arrival?.End(kept.File);
        return CStoreResponse.To(_request, 0);
    }
}
