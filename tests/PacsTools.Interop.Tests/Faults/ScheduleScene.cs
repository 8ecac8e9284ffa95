using System.Net;
using PacsTools.Dicom.Network;
using PacsTools.Interop.Tests.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Simulation;
using PacsTools.Services.Storage;
using PacsTools.TestKit.Faults;
using PacsTools.TestKit.Processes;
using PacsTools.TestKit.Security;

namespace PacsTools.Interop.Tests.Faults;

/// <summary>The peers of one schedule, the stretches of network between them, and what of the product works there. Everything of it is its own, so that whatever stays behind shows.</summary>
internal sealed class ScheduleScene : IDisposable
{
    public const string ScpTitle = "FAULT_SCP";
    private readonly TemporaryFolder _folder = new("schedule");
    private readonly TestCertificate? _certificate;

    public ScheduleScene(JobKind kind, SeededChoice choice, FaultStudy study, TestCertificate certificate)
    {
        Study = study;
        _certificate = choice.Percent(30) ? certificate : null;
        IsPooled = choice.Percent(40);
        Retries = choice.Percent(60) ? 0 : 2;
        SendAssociations = choice.Between(1, 2);
        uint maxPdu = choice.Of<uint>(262144, 16384, 4096);
        bool isWeb = kind is JobKind.Wado or JobKind.Stow;
        LinkKind link = _certificate is not null ? LinkKind.Tls : isWeb ? LinkKind.Http : LinkKind.Dicom;
        Schedule = kind == JobKind.Move ? new FaultSchedule(choice, link, link) : new FaultSchedule(choice, link);
        Direct = new DirectAssociations(Time);
        Pool = IsPooled ? new AssociationPool(Direct, Time) : null;
        bool isSending = kind is JobKind.Store or JobKind.Stow;
        Archive = PacsSimulator.Start(new PacsSimulatorOptions
        {
            AETitle = "FAULT_PACS",
            Path = isSending ? null : study.Folder,
            DicomWeb = isWeb,
            Tls = Server,
            TimeProvider = Time,
            Log = Log,
            ResolveDestination = title => title == ScpTitle ? new MoveTarget("127.0.0.1", Links![1].Port) { Tls = Trusting?.ToClient() } : null,
        });
        Scp = Scps.Start(new StorageScpOptions
        {
            AETitle = ScpTitle,
            Port = 0,
            BindAddress = IPAddress.Loopback,
            Accept = kind == JobKind.Receive ? StorageScpAccept.Any : StorageScpAccept.Pending,
            Path = kind == JobKind.Receive ? In : null,
            MaxPduLength = maxPdu,
            Tls = Server,
            TimeProvider = Time,
        });
        _ = Scp.AttachLog(Log);
        int archive = isWeb ? Archive.DicomWebUri!.Port : Archive.Port;
        FaultProxy Link(int number, int port) => new(() => port, link, connection => Schedule.Script(number, connection));
        Links = kind switch
        {
            JobKind.Move => [Link(0, archive), Link(1, Scp.Port)],
            JobKind.Receive => [Link(0, Scp.Port)],
            _ => [Link(0, archive)],
        };
        Node = Archive.Node with
        {
            HostName = "127.0.0.1",
            Port = Links[0].Port,
            CallingAETitle = "FAULT_CALLER",
            Timeout = TimeSpan.FromSeconds(20),
            DicomWebUri = isWeb ? new UriBuilder(Archive.DicomWebUri!) { Port = Links[0].Port }.Uri : null,
        };
    }

    public FaultStudy Study { get; }

    public FaultSchedule Schedule { get; }

    public QuickTime Time { get; } = new();

    public RecordingLog Log { get; } = new();

    public bool IsPooled { get; }

    public int Retries { get; }

    public int SendAssociations { get; }

    public bool IsTls => _certificate is not null;

    public PacsSimulator Archive { get; }

    public StorageScpRegistry Scps { get; } = new();

    public StorageScp Scp { get; }

    public IReadOnlyList<FaultProxy> Links { get; }

    public PacsNode Node { get; }

    public DirectAssociations Direct { get; }

    public AssociationPool? Pool { get; }

    public IAssociations Associations => (IAssociations?)Pool ?? Direct;

    public RetryPolicy Retry => new(Retries, Time);

    /// <summary>Where the Storage SCP puts what nobody waits for.</summary>
    public string In => _folder["in"];

    private TlsServerOptions? Server => _certificate is null ? null : new TlsServerOptions { Certificate = _certificate.Certificate };

    private TlsSettings? Trusting => _certificate is null ? null : new TlsSettings { Thumbprint = [_certificate.Sha256] };

    /// <summary>A folder to receive into.</summary>
    public string Destination(string name) => _folder[name];

    /// <summary>Everything below a folder, what is half written too.</summary>
    public static string[] FilesIn(string folder) => Directory.Exists(folder) ? ReceivedFiles.In(folder) : [];

    /// <summary>What the proxies did.</summary>
    public IEnumerable<string> Struck => Links.SelectMany((l, number) => l.Journal.Select(j => $"link {number} {j}"));

    /// <summary>Ends what the product runs here.</summary>
    public void Stop()
    {
        Pool?.Clear();
        Scps.StopAll();
        Archive.Stop();
    }

    public void Dispose()
    {
        Stop();
        foreach (FaultProxy link in Links)
            link.Dispose();
        _folder.Dispose();
    }
}
