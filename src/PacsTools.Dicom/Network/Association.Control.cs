using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;
using PacsTools.Dicom.UpperLayer;

namespace PacsTools.Dicom.Network;

/// <content>Release, abort and time: everything about the association that is not a DIMSE message.</content>
public sealed partial class Association
{
    private static readonly TimeSpan MaxReleaseTime = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Ends the association in order: A-RELEASE, what is still on its way drained, collisions resolved (PS3.8 7.2, 9.2.3), then the
    /// connection closed. Waits at most 5 s for the peer.
    /// </summary>
    /// <returns>True if the peer confirmed; false if it aborted, closed or kept silent. Never throws for what the peer does: the operation before it has its result.</returns>
    public bool Release()
    {
        try
        {
            if (!IsUsable)
            {
                return false;
            }

            var previous = _watchdog.Set(new WatchLimit("Release", MaxReleaseTime, isInactivity: false, Peer));
            Advance(UpperLayerEvent.Evt11);
            _output.Write(new AReleaseRq());
            AwaitReleaseConfirmation();
            _watchdog.Set(previous);
            return _failure is null;
        }
        catch (Exception e) when (e is DicomException or OperationCanceledException || NetworkErrors.IsTransport(e))
        {
            ReasonFor(e, "during release");
            return false;
        }
        finally
        {
            Dispose();
        }
    }

    /// <summary>
    /// Bounds the silence of the peer while the returned scope is open, and ends the association when the token is cancelled. The clock
    /// counts only while a call waits for the peer, and starts anew with every byte.
    /// </summary>
    /// <param name="operation">The word for the <see cref="DicomTimeoutException"/>: <c>Echo</c>, <c>Find</c>, <c>Move</c>, <c>Get</c>, <c>Store</c>.</param>
    /// <param name="inactivity">The longest silence; <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="cancellation">Aborts the association when cancelled; waiting calls then throw <see cref="OperationCanceledException"/>.</param>
    public IDisposable Watch(string operation, TimeSpan inactivity, CancellationToken cancellation = default)
    {
        var previous = _watchdog.Set(new WatchLimit(operation, inactivity, isInactivity: true, Peer));
        return new WatchScope(
            () => _watchdog.Set(previous),
            cancellation.UnsafeRegister(
                static (state, token) => ((Association)state!).Fail(new OperationCanceledException(token), AAbort.ByUser), this));
    }

    /// <summary>
    /// Sends C-CANCEL for an operation when the token is cancelled, and aborts if the operation has not ended a while later. Close the scope when
    /// the final response is in.
    /// </summary>
    /// <param name="context">The context the request went out on.</param>
    /// <param name="messageId">The request's message id.</param>
    /// <param name="grace">How long the peer may take to send its final response.</param>
    /// <param name="cancellation">The token to watch.</param>
    public IDisposable CancelOn(AcceptedContext context, ushort messageId, TimeSpan grace, CancellationToken cancellation)
    {
        var stopper = new GracefulStop(this, context, messageId, grace);
        return new WatchScope(stopper.Dispose, cancellation.UnsafeRegister(static (s, token) => ((GracefulStop)s!).Begin(token), stopper));
    }

    /// <summary>Bounds what the peer does between operations; for acceptors.</summary>
    internal void SetIdleLimit(TimeSpan idle) => _watchdog.Set(new WatchLimit("Idle", idle, isInactivity: true, Peer));

    /// <summary>Acceptor, after the release it confirmed: the requestor closes the connection, or ARTIM does (PS3.8 9.2.3, AR-4).</summary>
    internal void AwaitClose(TimeSpan artim)
    {
        _watchdog.Set(new WatchLimit("Release", artim, isInactivity: false, Peer));
        Linger();
        _watchdog.Set(null);
    }

    private void AwaitReleaseConfirmation()
    {
        while (_machine.State != UpperLayerState.Sta1)
        {
            if (!_input.TryNext(out var pdu, out _, out _))
            {
                Fill();
                continue;
            }

            switch (pdu)
            {
                case null:
                    // AR-6: data the peer sent before it read our request; nobody waits for it any more.
                    Advance(UpperLayerEvent.Evt10);
                    break;
                case AReleaseRp when Advance(UpperLayerEvent.Evt13) == UpperLayerAction.AR10:
                    // Acceptor side of a collision: our request is confirmed, now theirs is.
                    Advance(UpperLayerEvent.Evt14);
                    _output.Write(new AReleaseRp());
                    return;
                case AReleaseRp:
                    return;
                case AReleaseRq:
                    Advance(UpperLayerEvent.Evt12);
                    if (IsRequestor)
                    {
                        // AR-8, then AR-9: in a collision the requestor confirms first.
                        Advance(UpperLayerEvent.Evt14);
                        _output.Write(new AReleaseRp());
                    }

                    break;
                case AAbort abort:
                    throw AbortedByPeer(abort);
                default:
                    throw Unexpected(pdu);
            }
        }
    }

    /// <summary>A PDU other than P-DATA-TF between messages.</summary>
    /// <returns>True if the peer has released.</returns>
    private bool OnControlPdu(Pdu pdu)
    {
        switch (pdu)
        {
            case AReleaseRq when !_assembler.IsBetweenMessages:
                throw Misplaced("A-RELEASE-RQ in the middle of a message");
            case AReleaseRq:
                Advance(UpperLayerEvent.Evt12);
                Advance(UpperLayerEvent.Evt14);
                _output.Write(new AReleaseRp());
                return true;
            case AAbort abort:
                throw AbortedByPeer(abort);
            default:
                throw Unexpected(pdu);
        }
    }

    private void OnPduInsideMessage(Pdu pdu)
    {
        throw pdu switch
        {
            AAbort abort => AbortedByPeer(abort),
            AReleaseRq => Misplaced("A-RELEASE-RQ in the middle of a message"),
            _ => Unexpected(pdu),
        };
    }

    internal AssociationAbortedException AbortedByPeer(AAbort abort)
    {
        Advance(UpperLayerEvent.Evt16);
        return new AssociationAbortedException(
            $"{Peer} aborted the association ({AbortWords.Describe(abort)})", abort.Source, abort.Reason, byPeer: true);
    }

    internal static DicomProtocolException Unexpected(Pdu pdu) => Misplaced($"{pdu.Type} is not expected in this state of the association");

    private static DicomProtocolException Misplaced(string what) => new(what, AbortReasons.PduTypeField, 0) { IsUnexpectedPdu = true };
}
