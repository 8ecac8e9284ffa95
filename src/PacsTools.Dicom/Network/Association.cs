using System.Net;
using System.Runtime.ExceptionServices;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Pdus;
using PacsTools.Dicom.UpperLayer;

namespace PacsTools.Dicom.Network;

/// <summary>
/// One DICOM association (PS3.8), requestor or acceptor. Whoever runs an operation owns it for that time and pumps it:
/// <see cref="Send(AcceptedContext, CommandSet, ReadOnlyMemory{byte})"/>, then <see cref="Receive"/> message by message; both block. Other threads may only call
/// <see cref="SendCancel"/>, <see cref="Abort"/>, <see cref="NoteActivity"/> and read properties. The association fails once, with the first reason,
/// and every later call throws that reason.
/// </summary>
public sealed partial class Association : IDisposable
{
    /// <summary>After an A-ABORT or a rejection the connection stays open so long, so that the peer can read why.</summary>
    private static readonly TimeSpan LingerTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan AbortGateTime = TimeSpan.FromMilliseconds(200);

    private readonly ByteTransport _transport;
    private readonly PduInput _input;
    private readonly PduOutput _output;
    private readonly Watchdog _watchdog;
    private readonly UpperLayerMachine _machine;
    private readonly object _machineGate = new();
    private Exception? _failure;
    private Timer? _lingerTimer;
    private bool _mustLinger;
    private int _nextMessageId;
    private int _disposed;
    private int _failing;
    private AssociationObserver? _observer;

    internal Association(ByteTransport transport, uint maxPduLength, TimeProvider time, bool isRequestor, string peer)
    {
        _transport = transport;
        _watchdog = new Watchdog(time, reason => Fail(reason, ArtimExpired() ? null : AAbort.ByProvider(AbortReason.NotSpecified)));
        _input = new PduInput(transport, PduLimits.ForAnnounced(maxPduLength), _watchdog);
        _output = new PduOutput(transport, _watchdog);
        _machine = new UpperLayerMachine();
        IsRequestor = isRequestor;
        Peer = peer;
    }

    /// <summary>What became of every proposed presentation context, in the order proposed.</summary>
    public IReadOnlyList<AcceptedContext> Contexts { get; internal set; } = [];

    /// <summary>The AE title of the requestor.</summary>
    public string CallingAETitle { get; internal set; } = string.Empty;

    /// <summary>The AE title of the acceptor.</summary>
    public string CalledAETitle { get; internal set; } = string.Empty;

    /// <summary>What the peer said of itself (PS3.7 D.3.3): implementation, roles, extended negotiation.</summary>
    public UserInformation PeerInformation { get; internal set; } = new();

    /// <summary>Implementation Class UID of the peer.</summary>
    public string PeerImplementationClassUID => PeerInformation.ImplementationClassUID;

    /// <summary>Implementation Version Name of the peer; null if it sent none.</summary>
    public string? PeerImplementationVersionName => PeerInformation.ImplementationVersionName;

    /// <summary>The longest P-DATA-TF body the peer takes, in bytes; 0 is unlimited.</summary>
    public uint PeerMaxPduLength => PeerInformation.MaxPduLength;

    /// <summary>Address and port of the peer.</summary>
    public EndPoint? RemoteEndPoint => _transport.RemoteEndPoint;

    /// <summary>The peer in words, <c>AE@host:port</c>, for messages.</summary>
    public string Peer { get; internal set; }

    /// <summary>What the TLS handshake came to; null on plain TCP.</summary>
    public TlsSession? Tls => (_transport as TlsTransport)?.Session;

    /// <summary>True if this side asked for the association.</summary>
    public bool IsRequestor { get; }

    /// <summary>True while requests may be sent and received.</summary>
    public bool IsUsable => _failure is null && _machine.State == UpperLayerState.Sta6;

    /// <summary>The first reason for which the association failed: a <see cref="DicomException"/> or <see cref="OperationCanceledException"/>; null while it has not.</summary>
    public Exception? Failure => Volatile.Read(ref _failure);

    /// <summary>True if the association may be used and nothing has arrived on it: what arrives between operations is its end.</summary>
    public bool IsIdleAndAlive => IsUsable && !_input.HasBuffered && !_transport.CanReadNow;

    /// <summary>Messages received so far; tells whether anything of an operation has been answered.</summary>
    public long MessagesReceived { get; private set; }

    /// <summary>True once the peer's request for release has been confirmed.</summary>
    public bool IsReleased => _machine.State is UpperLayerState.Sta13 && _failure is null;

    internal Watchdog Watchdog => _watchdog;

    internal AssociationObserver? Observer
    {
        get => _observer;
        private set => _observer = _input.Observer = _output.Observer = value;
    }

    /// <summary>The next message id for a request on this association, 1 to 65535.</summary>
    public ushort NextMessageId()
    {
        ushort id;
        do
        {
            id = (ushort)Interlocked.Increment(ref _nextMessageId);
        }
        while (id == 0);
        return id;
    }

    /// <summary>The accepted context of a SOP class on which this side may be SCU.</summary>
    /// <param name="abstractSyntax">The SOP class UID.</param>
    /// <param name="transferSyntax">The transfer syntax it must have; null for any.</param>
    /// <exception cref="NoAcceptedContextException">None was accepted; the association survives.</exception>
    public AcceptedContext GetContext(string abstractSyntax, string? transferSyntax = null)
    {
        AcceptedContext? refused = null;
        foreach (var context in Contexts)
        {
            if (context.AbstractSyntax != abstractSyntax)
            {
                continue;
            }

            if (context.IsAccepted && context.WeMayBeScu && (transferSyntax is null || context.TransferSyntax == transferSyntax))
            {
                return context;
            }

            refused ??= context;
        }

        throw ContextErrors.NotAccepted(abstractSyntax, refused, Peer);
    }

    /// <summary>Counts as a sign of life for the inactivity limit in force; for operations whose progress shows elsewhere, as a C-MOVE's does. Any thread.</summary>
    public void NoteActivity() => _watchdog.Touch();

    /// <summary>Ends the association at once by A-ABORT (service-user). Any thread; a blocked call on the association returns and throws.</summary>
    public void Abort() =>
        Fail(new AssociationAbortedException($"the association with {Peer} was aborted by this side", AAbort.ServiceUser, 0, byPeer: false), AAbort.ByUser);

    /// <summary>Frees the connection; aborts first if the association is still open.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
        {
            return;
        }

        if (_failure is null && _machine.State is not (UpperLayerState.Sta1 or UpperLayerState.Sta13))
        {
            Abort();
        }

        // Another thread may have published the reason and be about to tell the peer.
        SpinWait.SpinUntil(() => Volatile.Read(ref _failing) == 0, AbortGateTime);
        if (_mustLinger)
        {
            Linger();
        }

        _watchdog.Dispose();
        _lingerTimer?.Dispose();
        _transport.Dispose();
        _observer?.OnEnded(_failure);
    }

    /// <summary>Registers a reason, tells the peer, and makes every blocked call return. Only the first reason counts.</summary>
    internal void Fail(Exception reason, AAbort? abort)
    {
        Interlocked.Increment(ref _failing);
        try
        {
            if (Interlocked.CompareExchange(ref _failure, reason, null) is null)
            {
                End(abort);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _failing);
        }
    }

    private void End(AAbort? abort)
    {
        if (abort is null || !MaySendAbort(abort) || !TrySend(abort))
        {
            _transport.ShutdownBoth();
            return;
        }

        // The peer reads the A-ABORT and closes, which wakes whoever is blocked here; a peer that does not is cut off.
        _mustLinger = true;
        _transport.ShutdownSend();
        CutOffAfter(LingerTime);
    }

    /// <summary>Turns whatever a read or write threw into the association's first reason.</summary>
    internal Exception ReasonFor(Exception error, string when)
    {
        switch (error)
        {
            case DicomProtocolException protocol:
                Fail(protocol, AAbort.ByProvider(AbortReasons.For(protocol)));
                break;
            case DicomException or OperationCanceledException:
                Fail(error, null);
                break;
            default:
                Fail(NetworkErrors.Lost(error, Peer, when), null);
                break;
        }

        return _failure!;
    }

    internal void ThrowIfFailed()
    {
        if (Volatile.Read(ref _failure) is { } reason)
        {
            ExceptionDispatchInfo.Throw(reason);
        }
    }

    internal UpperLayerAction Advance(UpperLayerEvent happened)
    {
        lock (_machineGate)
        {
            if (!_machine.Allows(happened))
            {
                // Another thread has ended the association in between: its reason says more than the table does.
                ThrowIfFailed();
            }

            return _machine.Apply(happened);
        }
    }

    /// <summary>True if the peer has not even asked for the association in time: the connection is closed without a word (PS3.8 Table 9-10, AA-2).</summary>
    private bool ArtimExpired()
    {
        lock (_machineGate)
        {
            return _machine.State == UpperLayerState.Sta2 && _machine.Apply(UpperLayerEvent.Evt18) == UpperLayerAction.AA2;
        }
    }

    private bool MaySendAbort(AAbort abort)
    {
        lock (_machineGate)
        {
            // Sta4 has no connection yet and Sta13 only waits for its end (PS3.8 Table 9-10).
            if (_machine.State is UpperLayerState.Sta4 or UpperLayerState.Sta13)
            {
                return false;
            }

            var happened = abort.Source == AAbort.ServiceUser ? UpperLayerEvent.Evt15 : UpperLayerEvent.Evt19;
            if (!_machine.Allows(happened))
            {
                return false;
            }

            _machine.Apply(happened);
            return true;
        }
    }

    private bool TrySend(AAbort abort)
    {
        try
        {
            return _output.TryWrite(abort, AbortGateTime);
        }
        catch (Exception e) when (e is DicomException || NetworkErrors.IsTransport(e))
        {
            // The first reason stands; what TLS says of the peer's end (TlsException) is a later one.
            return false;
        }
    }

    // The system clock on purpose: this is a courtesy of the transport, not a timeout of the protocol.
    private void CutOffAfter(TimeSpan time) => _lingerTimer = new Timer(static t => ((ByteTransport)t!).ShutdownBoth(), _transport, time, Timeout.InfiniteTimeSpan);

    /// <summary>Reads on until the peer closes, so that closing here does not reset the connection under what it has yet to read.</summary>
    private void Linger()
    {
        try
        {
            while (!_input.ReachedEnd && _input.Discard())
            {
            }
        }
        catch (Exception e) when (e is DicomException || NetworkErrors.IsTransport(e))
        {
            // Gone is as good as closed, and why is no longer of interest.
        }
    }
}
