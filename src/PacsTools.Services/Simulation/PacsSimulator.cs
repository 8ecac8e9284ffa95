using System.Net;
using PacsTools.Dicom.Errors;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation.TestData;
using PacsTools.Services.Simulation.Web;

namespace PacsTools.Services.Simulation;

/// <summary>
/// An archive in this process: C-ECHO, C-FIND, C-MOVE, C-GET, C-STORE, modality worklist and storage commitment as SCP, and DICOMweb, over a folder or
/// generated data, able to misbehave. It lives until it is stopped or the process ends, and leaves nothing on disk.
/// </summary>
public sealed class PacsSimulator : IDisposable
{
    private static readonly TimeSpan s_idleTimeout = TimeSpan.FromMinutes(10);

    private readonly CancellationTokenSource _stopping = new();
    private readonly SessionCounter _sessions = new();
    private readonly SimulatorState _state;
    private readonly DicomListener _listener;
    private readonly HttpServer? _web;
    private int _stopped;

    private PacsSimulator(PacsSimulatorOptions options, ArchiveIndex index, InstanceStore store)
    {
        AETitle = options.AETitle;
        Path = options.Path;
        Tls = options.Tls;
        MoveTarget? Resolve(string title) => WithCertificate(options.MoveDestinations.TryGetValue(title, out var target) ? target : options.ResolveDestination(title));
        var budget = new FaultBudget(options.Faults);
        _state = new SimulatorState
        {
            AETitle = options.AETitle,
            Index = index,
            Store = store,
            Faults = options.Faults,
            InstanceFaults = new InstanceFaults(options.Faults, budget),
            Budget = budget,
            Journal = options.Journal,
            Worklist = options.Worklist,
            Resolve = Resolve,
            Commitments = new CommitmentReporter(options.AETitle, Resolve, options.ReportOnNewAssociation, options.Log, _stopping.Token),
            LeftOpen = new OpenAssociations(),
            Time = options.TimeProvider,
            Log = options.Log,
            Stopping = _stopping.Token,
        };
        _listener = DicomListener.Start(new ListenerOptions
        {
            BindAddress = options.BindAddress,
            Port = options.Port,
            MaxAssociations = options.MaxAssociations,
            IdleTimeout = s_idleTimeout,
            TimeProvider = options.TimeProvider,
            Tls = options.Tls,
            OnRequest = request => SimulatorNegotiation.Decide(request, options, budget),
            OnAssociation = Serve,
            OnFailure = (peer, error) => options.Log.Verbose(peer is null ? $"{AETitle}: {error.Message}" : $"{AETitle}: association with {peer} ended: {error.Message}"),
        });
        Node = new PacsNode { HostName = HostFor(options.BindAddress), Port = _listener.Port, CalledAETitle = AETitle, Tls = NodeTls(Tls) };
        if (!options.DicomWeb)
            return;
        try
        {
            _web = ServeWeb(options);
        }
        catch
        {
            _listener.Dispose();
            throw;
        }

        Node = Node with
        {
            DicomWebUri = new Uri($"{Scheme}://{HostText.Bracketed(Node.HostName)}:{_web.Port}{WebTarget.Root}"),
            DicomWebCredential = options.DicomWebToken is null ? options.DicomWebCredential : null,
            DicomWebToken = options.DicomWebToken,
            AllowUnencryptedAuthentication = options.DicomWebCredential is not null || options.DicomWebToken is not null,
        };
    }

    /// <summary>How to reach it; what every -Node parameter takes.</summary>
    public PacsNode Node { get; }

    /// <summary>Its AE title.</summary>
    public string AETitle { get; }

    /// <summary>The TCP port it listens on.</summary>
    public int Port => Node.Port;

    /// <summary>The base of its DICOMweb services; null if it has none.</summary>
    public Uri? DicomWebUri => Node.DicomWebUri;

    /// <summary>The folder it serves; null if it has none of the user's.</summary>
    public string? Path { get; }

    /// <summary>Studies it holds now.</summary>
    public int Studies => _state.Index.StudyCount;

    /// <summary>Instances it holds now.</summary>
    public int Instances => _state.Index.InstanceCount;

    /// <summary>True until it is stopped.</summary>
    public bool IsRunning => Volatile.Read(ref _stopped) == 0;

    /// <summary>TLS, as acceptor; null for plain TCP.</summary>
    internal TlsServerOptions? Tls { get; }

    private string Scheme => Tls is null ? Uri.UriSchemeHttp : Uri.UriSchemeHttps;

    /// <summary>Where instances that are stored to it go, unless it writes into <see cref="Path"/>.</summary>
    internal string PrivateFolder => _state.Store.PrivateFolder;

    /// <summary>Indexes what it is to serve, opens the port and serves.</summary>
    /// <param name="options">What and how.</param>
    /// <param name="log">Told how far the indexing is.</param>
    /// <param name="cancellationToken">Ends the indexing.</param>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    /// <exception cref="DicomNetworkException">The port cannot be opened.</exception>
    /// <exception cref="IOException">There is no place for the private folder.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    internal static PacsSimulator Start(PacsSimulatorOptions options, IJobLog? log = null, CancellationToken cancellationToken = default)
    {
        log ??= NoJobLog.Instance;
        if (options is { Writable: true, Path: null })
            throw new ArgumentException("A simulator can write into a folder only if it has one.", nameof(options));
        if (options.Path is { } path)
            options = options with { Path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(path)) };
        if (options.Path is not null && !Directory.Exists(options.Path))
            throw new DirectoryNotFoundException($"There is no folder '{options.Path}'.");
        var store = new InstanceStore(options.Writable ? options.Path : null);
        try
        {
            var index = new ArchiveIndex();
            if (options.Path is { } folder)
                Scan(folder);
            if (options.TestData)
            {
                foreach (var file in SyntheticArchive.Save(store.PrivateFolder))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    index.Add(HeaderReader.TryRead(file)!);
                }

                options = options with { Worklist = [.. options.Worklist, .. SyntheticArchive.Worklist(options.TimeProvider.GetLocalNow().DateTime)] };
            }

            var simulator = new PacsSimulator(options, index, store);
            PacsSimulatorRegistry.Shared.Add(simulator);
            return simulator;

            void Scan(string path)
            {
                var scan = new FolderScan(index, log);
                scan.Run(path, cancellationToken);
                if (scan.Skipped > 0)
                    log.Verbose($"{scan.Skipped} files in {path} are no DICOM instances.");
            }
        }
        catch
        {
            store.Dispose();
            throw;
        }
    }

    /// <summary>Frees the port at once, ends every association and removes what was stored privately. Stopping twice does no harm.</summary>
    public void Stop()
    {
        if (Interlocked.Exchange(ref _stopped, 1) != 0)
            return;
        PacsSimulatorRegistry.Shared.Remove(this);
        _stopping.Cancel();
        _listener.Dispose();
        _web?.Dispose();
        _state.LeftOpen.Dispose();
        _state.Commitments.Dispose();

        // Their threads may still hold files; whoever stops us may look right afterwards.
        _sessions.WaitForAll();
        _state.Store.Dispose();
    }

    /// <inheritdoc cref="Stop"/>
    public void Dispose() => Stop();

    /// <summary>Title and port.</summary>
    public override string ToString() => Node.Address;

    // Whoever pipes it as a node reaches this one and no other.
    private static TlsSettings? NodeTls(TlsServerOptions? tls) => tls is null ? null : new TlsSettings { Thumbprint = [TlsPin.Of(tls.Certificate)] };

    private MoveTarget? WithCertificate(MoveTarget? target) => target?.Tls is { Certificate: null } client && Tls is { } own
        ? target with { Tls = client with { Certificate = own.Certificate, Intermediates = own.Intermediates } }
        : target;

    private static string HostFor(IPAddress bound) =>
        bound.Equals(IPAddress.Any) ? "127.0.0.1" : bound.Equals(IPAddress.IPv6Any) ? "::1" : bound.ToString();

    private HttpServer ServeWeb(PacsSimulatorOptions options) => new(
        options.BindAddress,
        options.DicomWebPort,
        options.Tls,
        options.HttpLimits,
        options.TimeProvider,
        new WebArchive(_state, new WebAuthentication(options.DicomWebCredential, options.DicomWebToken), Scheme).Serve,
        error => options.Log.Verbose($"{AETitle}: a DICOMweb request failed: {error.Message}"));

    private void Serve(Association association)
    {
        using (_sessions.Enter())
            new SimulatorSession(association, _state).Serve();
    }
}
