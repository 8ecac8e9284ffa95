using System.Collections.Immutable;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Network;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>The receiving end of a C-GET: one association that brings instances for one operation.</summary>
internal sealed class GetReception(RetrieveOperation operation, Association association) : IInstanceReception, IInstanceSource
{
    // The operation ends with the association and not before: nobody has to hear of its end.
    event Action<IInstanceSource>? IInstanceSource.Closed
    {
        add { }
        remove { }
    }

    public ImmutableArray<IReceiveSubscription> Subscriptions { get; } = [operation];

    public IReceiveSubscription? OpenReception => null;

    public IReadOnlyList<DicomTag> WantedTags { get; } = [.. StorageScp.RoutingTags.Concat(operation.WantedTags).Distinct()];

    // The requestor of a C-GET calls the archive, which then sends (PS3.4 C.4.3).
    public string SendingAETitle => association.CalledAETitle;

    public string ReceivingAETitle => association.CallingAETitle;

    public string? SendingAddress => AddressFilter.Text(association.RemoteEndPoint);

    public string Peer => association.Peer;

    public bool NoteServed(IReceiveSubscription subscription) => false;

    public void AbortIfOnlyFor(IReceiveSubscription subscription)
    {
    }

    public void CountReceived(long bytes)
    {
    }

    public void CountFailed()
    {
    }

    public void CountRefused(IInstanceSource source, CStoreRequest request) =>
        operation.Log.Verbose($"{Peer} sent an instance of SOP class {request.AffectedSOPClassUID} that was not asked for; it was refused (0124H).");
}
