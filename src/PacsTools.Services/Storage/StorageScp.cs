using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Network;
using PacsTools.Services.Observation;

namespace PacsTools.Services.Storage;

/// <summary>A Storage SCP (PS3.4 B) of this process. One serves every runspace; it lives until it is stopped or the process ends.</summary>
public sealed class StorageScp : IInstanceReception
{
    // What finding the operation an instance belongs to and knowing the instance again need, whatever the layout.
    internal static readonly DicomTag[] RoutingTags = [DicomTags.SOPClassUID, DicomTags.SOPInstanceUID, DicomTags.PatientID, DicomTags.StudyInstanceUID, DicomTags.SeriesInstanceUID];

    private static readonly TimeSpan s_stopGrace = TimeSpan.FromSeconds(2);

    private readonly object _gate = new();
    private readonly HashSet<Association> _serving = [];
    private readonly DicomListener _listener;
    private readonly StorageNegotiation _negotiation;
    private readonly ReceiveTarget? _openTarget;
    private readonly bool _flushToDisk;
    private ImmutableArray<IReceiveSubscription> _subscriptions = [];
    private ImmutableArray<IJobLog> _logs = [];
    private DicomTag[] _wantedTags;
    private long _associationsTotal;
    private long _received;
    private long _failed;
    private long _refused;
    private long _bytes;
    private int _state = (int)StorageScpState.Running;

    private StorageScp(StorageScpOptions options)
    {
        AETitle = options.AETitle;
        Tls = options.Tls;
        Accept = options.Accept;
        BindAddress = options.BindAddress?.ToString() ?? "*";
        _flushToDisk = options.FlushToDisk;
        if (options.Accept == StorageScpAccept.Any)
        {
            var folder = new DestinationFolder(options.Path ?? throw new ArgumentException("A Storage SCP that accepts any instance needs a path to put them.", nameof(options)));
            folder.Prepare(options.FlushToDisk);
            Path = folder.FullPath;
            _openTarget = new ReceiveTarget(folder, options.Layout, options.IfExists, options.FlushToDisk, options.MinimumFreeSpace);
            OpenReception = new OpenReception(_openTarget, Warn);
        }

        Arrivals = new ArrivalHub(this);
        _wantedTags = CollectTags();
        StartedAt = options.TimeProvider.GetLocalNow().DateTime;
        _negotiation = new StorageNegotiation(options, () => Accept == StorageScpAccept.Pending || !_subscriptions.IsEmpty);
        _listener = DicomListener.Start(new ListenerOptions
        {
            BindAddress = options.BindAddress,
            Port = options.Port,
            MaxAssociations = options.MaxAssociations,
            MaxAssociationsPerPeer = options.MaxAssociationsPerPeer,
            MaxPduLength = options.MaxPduLength,
            ArtimTimeout = options.ArtimTimeout,
            IdleTimeout = options.IdleTimeout,
            Tls = options.Tls,
            TimeProvider = options.TimeProvider,
            Observe = AssociationWatch.Of(options.TimeProvider),
            OnRequest = request =>
            {
                var decision = _negotiation.Decide(request);
                Contacted?.Invoke(new ScpContact(request.RemoteEndPoint, request.Pdu.CallingAETitle, request.Pdu.CalledAETitle, decision.Rejection, null));
                return decision;
            },
            OnAssociation = Serve,
            OnFailure = (peer, error) =>
            {
                Contacted?.Invoke(new ScpContact(peer, null, null, null, error));
                Verbose(peer is null ? $"{this}: {error.Message}" : $"Association with {peer} ended: {error.Message}");
            },
        });
        Port = _listener.Port;
    }

    /// <summary>The AE title it answers to.</summary>
    public string AETitle { get; }

    /// <summary>The TCP port it listens on.</summary>
    public int Port { get; }

    /// <summary>True if it speaks TLS and nothing else.</summary>
    public bool UseTls => Tls is not null;

    internal TlsServerOptions? Tls { get; }

    /// <summary>The address it listens on; <c>*</c> for every interface, IPv4 and IPv6.</summary>
    public string BindAddress { get; }

    /// <summary>Whether it runs.</summary>
    public StorageScpState State => (StorageScpState)Volatile.Read(ref _state);

    /// <summary>What it takes.</summary>
    public StorageScpAccept Accept { get; }

    /// <summary>The folder for what nobody is retrieving; null if that is refused.</summary>
    public string? Path { get; }

    /// <summary>Associations open now.</summary>
    public int Associations => _listener.ActiveAssociations;

    /// <summary>Associations accepted since the start.</summary>
    public long TotalAssociations => Interlocked.Read(ref _associationsTotal);

    /// <summary>Instances answered with success: they lie complete under their final names.</summary>
    public long Received => Interlocked.Read(ref _received);

    /// <summary>Instances that were wanted and could not be kept.</summary>
    public long Failed => Interlocked.Read(ref _failed);

    /// <summary>Instances nobody was waiting for, answered with status 0124H.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Bytes of the data sets of all instances received.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Those who look on with Watch-StorageScp.</summary>
    public int Watchers => Arrivals.Observers;

    /// <summary>Local time of the start.</summary>
    public DateTime StartedAt { get; }

    /// <summary>Tells those who look on what arrives here.</summary>
    internal ArrivalHub Arrivals { get; }

    ArrivalHub? IInstanceReception.Arrivals => Arrivals;

    bool IInstanceReception.FlushToDisk => _flushToDisk;

    /// <summary>Somebody asked for an association, or an association failed. Raised on its thread.</summary>
    internal event Action<ScpContact>? Contacted;

    internal ImmutableArray<IReceiveSubscription> Subscriptions => _subscriptions;

    ImmutableArray<IReceiveSubscription> IInstanceReception.Subscriptions => Subscriptions;

    IReceiveSubscription? IInstanceReception.OpenReception => OpenReception;

    IReadOnlyList<DicomTag> IInstanceReception.WantedTags => WantedTags;

    internal IReceiveSubscription? OpenReception { get; }

    /// <summary>The attributes any subscriber needs, so that no more of a header is read.</summary>
    internal IReadOnlyList<DicomTag> WantedTags => Volatile.Read(ref _wantedTags);

    /// <summary>Opens the port and serves.</summary>
    /// <exception cref="Dicom.Errors.DicomNetworkException">The port cannot be opened.</exception>
    internal static StorageScp Start(StorageScpOptions options) => new(options);

    /// <inheritdoc cref="StorageNegotiation.Stores"/>
    internal bool Stores(string abstractSyntax, string sopClass) => _negotiation.Stores(abstractSyntax, sopClass);

    /// <summary>Takes instances for a subscriber until the result is disposed.</summary>
    internal IDisposable Subscribe(IReceiveSubscription subscription)
    {
        Change(() => _subscriptions = _subscriptions.Add(subscription));
        return new Scope(() => Change(() => _subscriptions = _subscriptions.Remove(subscription)));
    }

    /// <summary>Tells a job what happens here until the result is disposed.</summary>
    internal IDisposable AttachLog(IJobLog log)
    {
        Change(() => _logs = _logs.Add(log));
        return new Scope(() => Change(() => _logs = _logs.Remove(log)));
    }

    /// <summary>Frees the port and ends the associations; what was half received is gone, what was whole stays.</summary>
    internal void Stop()
    {
        if (Interlocked.CompareExchange(ref _state, (int)StorageScpState.Stopping, (int)StorageScpState.Running) != (int)StorageScpState.Running)
            return;
        _listener.Dispose();
        // Their threads remove what was half received; whoever stops us may look right afterwards.
        lock (_serving)
        {
            var deadline = Environment.TickCount64 + (long)s_stopGrace.TotalMilliseconds;
            while (_serving.Count > 0 && deadline - Environment.TickCount64 is > 0 and var left)
                Monitor.Wait(_serving, (int)left);
        }

        Volatile.Write(ref _state, (int)StorageScpState.Stopped);
        Arrivals.Stop();
    }

    void IInstanceReception.CountReceived(long bytes)
    {
        Interlocked.Increment(ref _received);
        Interlocked.Add(ref _bytes, bytes);
    }

    void IInstanceReception.CountFailed() => Interlocked.Increment(ref _failed);

    void IInstanceReception.CountRefused(IInstanceSource source, CStoreRequest request)
    {
        Interlocked.Increment(ref _refused);
        Verbose($"{this} refused an instance of SOP class {request.AffectedSOPClassUID} from {source.Peer}: nobody is waiting for it (0124H).");
    }

    /// <summary>Title and port.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{AETitle}:{Port}");

    private void Serve(Association association)
    {
        Interlocked.Increment(ref _associationsTotal);
        lock (_serving)
            _serving.Add(association);
        try
        {
            new StorageAssociation(this, association).Serve();
        }
        finally
        {
            lock (_serving)
            {
                _serving.Remove(association);
                Monitor.PulseAll(_serving);
            }
        }
    }

    private void Verbose(string text)
    {
        foreach (var log in _logs)
            log.Verbose(text);
    }

    private void Warn(string id, string text)
    {
        foreach (var log in _logs)
            log.Warning(id, text);
    }

    private void Change(Action change)
    {
        lock (_gate)
        {
            change();
            Volatile.Write(ref _wantedTags, CollectTags());
        }
    }

    private DicomTag[] CollectTags() =>
        [.. RoutingTags.Concat(_openTarget?.Layout.WantedTags ?? []).Concat(_subscriptions.SelectMany(s => s.WantedTags)).Distinct()];
}
