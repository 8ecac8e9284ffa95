using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;
using PacsTools.Dicom.UpperLayer;

namespace PacsTools.Dicom.Network;

/// <content>Answering an association as acceptor (PS3.8 7.1, 9.2).</content>
public sealed partial class Association
{
    /// <summary>An association on a new connection, of which nothing has been read: <see cref="Answer"/> comes next, <see cref="Abort"/> may come at any time.</summary>
    internal static Association ForConnection(ByteTransport transport, ListenerOptions options)
    {
        var association = new Association(transport, options.MaxPduLength, options.TimeProvider, isRequestor: false, $"{transport.RemoteEndPoint}");
        association.Observer = options.Observe?.Invoke(association);
        return association;
    }

    /// <summary>Waits for the peer's request, decides and answers. A rejection is thrown; the peer has time to read it while this is disposed.</summary>
    internal void Answer(ListenerOptions options, Func<AssociationRequest, AcceptDecision> decide)
    {
        try
        {
            Advance(UpperLayerEvent.Evt5);
            _watchdog.Set(new WatchLimit("Association", options.ArtimTimeout, isInactivity: false, Peer));
            var request = AwaitPdu() switch
            {
                AAssociateRq rq => rq,
                AAbort abort => throw AbortedByPeer(abort),
                var other => throw Unexpected(other),
            };
            Advance(UpperLayerEvent.Evt6);
            CallingAETitle = request.CallingAETitle;
            CalledAETitle = request.CalledAETitle;
            PeerInformation = request.UserInformation;
            _output.PeerMaxPduLength = PeerMaxPduLength;
            Peer = $"{PlainText.Of(request.CallingAETitle)} at {RemoteEndPoint}";

            var decision = Flaw(request) ?? decide(new AssociationRequest(request, RemoteEndPoint, 0));
            if (decision.Rejection is { } rejection)
            {
                Reject(rejection);
            }

            var answer = ContextNegotiation.BuildAnswer(request, decision, options.MaxPduLength);
            Contexts = ContextNegotiation.OutcomeForAcceptor(request, answer);
            Advance(UpperLayerEvent.Evt7);
            _output.Write(answer);
            SetIdleLimit(options.IdleTimeout);
        }
        catch (Exception e) when (e is DicomException || NetworkErrors.IsTransport(e))
        {
            throw ReasonFor(e, "during association negotiation");
        }
    }

    /// <summary>What the acceptor itself finds wrong with a request (PS3.8 Table 9-21).</summary>
    private static AcceptDecision? Flaw(AAssociateRq request)
    {
        if (!request.OffersVersion1)
        {
            return AcceptDecision.Reject(AAssociateRj.ProtocolVersionNotSupported);
        }

        return request.ApplicationContextName == AAssociateRq.DicomApplicationContextName
            ? null
            : AcceptDecision.Reject(AAssociateRj.ApplicationContextNotSupported);
    }

    private void Reject(AAssociateRj rejection)
    {
        Advance(UpperLayerEvent.Evt8);
        _output.Write(rejection);
        _mustLinger = true;
        _transport.ShutdownSend();
        CutOffAfter(LingerTime);
        throw new AssociationRejectedException(rejection.Result, rejection.Source, rejection.Reason, $"this side ({CalledAETitle}), asked by {Peer},");
    }
}
