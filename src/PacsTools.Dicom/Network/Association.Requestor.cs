using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;
using PacsTools.Dicom.UpperLayer;

namespace PacsTools.Dicom.Network;

/// <content>Opening an association as requestor (PS3.8 7.1).</content>
public sealed partial class Association
{
    /// <summary>Connects, proposes and waits for the answer; blocks.</summary>
    /// <exception cref="ArgumentException">The options cannot be proposed: no or more than 128 contexts, an unusable AE title.</exception>
    /// <exception cref="DicomNetworkException">No connection could be made, or it was lost.</exception>
    /// <exception cref="DicomTimeoutException">The peer took longer than the association timeout to be connected or to answer.</exception>
    /// <exception cref="AssociationRejectedException">The peer rejected.</exception>
    /// <exception cref="AssociationAbortedException">The peer aborted.</exception>
    /// <exception cref="DicomProtocolException">The peer's answer is not DICOM.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static Association Request(AssociationOptions options, CancellationToken cancellation = default)
    {
        var request = ContextNegotiation.BuildRequest(options);
        cancellation.ThrowIfCancellationRequested();
        return Request(Connector.Connect(options, cancellation), request, options, cancellation);
    }

    /// <summary>The same over a connection that is there already.</summary>
    internal static Association Request(ByteTransport transport, AssociationOptions options) =>
        Request(transport, ContextNegotiation.BuildRequest(options), options, CancellationToken.None);

    private static Association Request(ByteTransport transport, AAssociateRq request, AssociationOptions options, CancellationToken cancellation)
    {
        var peer = $"{request.CalledAETitle}@{options.HostName}:{options.Port}";
        var association = new Association(transport, options.MaxPduLength, options.TimeProvider, isRequestor: true, peer)
        {
            CallingAETitle = request.CallingAETitle,
            CalledAETitle = request.CalledAETitle,
        };
        association.Observer = options.Observe?.Invoke(association);
        try
        {
            association.Negotiate(request, options, cancellation);
            return association;
        }
        catch
        {
            association.Dispose();
            throw;
        }
    }

    private void Negotiate(AAssociateRq request, AssociationOptions options, CancellationToken cancellation)
    {
        _watchdog.Set(new WatchLimit("Association", options.AssociationTimeout, isInactivity: false, Peer));
        using var stop = cancellation.UnsafeRegister(
            static (a, token) => ((Association)a!).Fail(new OperationCanceledException(token), AAbort.ByUser), this);
        try
        {
            Advance(UpperLayerEvent.Evt1);
            Advance(UpperLayerEvent.Evt2);
            _output.Write(request);
            switch (AwaitPdu())
            {
                case AAssociateAc accepted:
                    Advance(UpperLayerEvent.Evt3);
                    PeerInformation = accepted.UserInformation;
                    _output.PeerMaxPduLength = PeerMaxPduLength;
                    Contexts = ContextNegotiation.Outcome(request, accepted);
                    break;
                case AAssociateRj rejected:
                    Advance(UpperLayerEvent.Evt4);
                    throw new AssociationRejectedException(rejected.Result, rejected.Source, rejected.Reason, Peer);
                case AAbort aborted:
                    throw AbortedByPeer(aborted);
                case var other:
                    throw Unexpected(other);
            }
        }
        catch (Exception e) when (e is DicomException or OperationCanceledException || NetworkErrors.IsTransport(e))
        {
            throw ReasonFor(e, "during association negotiation");
        }

        _watchdog.Set(null);
        ThrowIfFailed();
    }

    /// <summary>Blocks for a whole PDU; a P-DATA-TF does not belong here.</summary>
    private Pdu AwaitPdu()
    {
        while (true)
        {
            if (_input.TryNext(out var pdu, out _, out _))
            {
                return pdu ?? throw Misplaced("P-DATA-TF before the association was established");
            }

            if (!_input.Fill())
            {
                ThrowIfFailed();
                throw NetworkErrors.Closed(Peer, "instead of answering the association request");
            }

            ThrowIfFailed();
        }
    }
}
