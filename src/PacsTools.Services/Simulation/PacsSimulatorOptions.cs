using System.Net;
using PacsTools.Dicom.Data;
using PacsTools.Dicom.Network;
using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation.Web;

namespace PacsTools.Services.Simulation;

/// <summary>What a simulator holds and how it behaves.</summary>
internal sealed record PacsSimulatorOptions
{
    public const string DefaultAETitle = "SIM_PACS";

    /// <summary>A folder of DICOM files to serve; null for none.</summary>
    public string? Path { get; init; }

    /// <summary>Generate a small archive of every modality and character set, gone when the simulator stops.</summary>
    public bool TestData { get; init; }

    /// <summary>Its own AE title. It answers to any other too, as archives do that do not check.</summary>
    public string AETitle { get; init; } = DefaultAETitle;

    /// <summary>TCP port; 0 takes any free one.</summary>
    public int Port { get; init; }

    /// <summary>The address to listen on.</summary>
    public IPAddress BindAddress { get; init; } = IPAddress.Loopback;

    /// <summary>AE titles it can move to.</summary>
    public IReadOnlyDictionary<string, MoveTarget> MoveDestinations { get; init; } = new Dictionary<string, MoveTarget>();

    /// <summary>Finds AE titles that are not in <see cref="MoveDestinations"/>.</summary>
    public Func<string, MoveTarget?> ResolveDestination { get; init; } = ProcessDestinations.Find;

    /// <summary>What the modality worklist answers with.</summary>
    public IReadOnlyList<DicomDataset> Worklist { get; init; } = [];

    /// <summary>TLS, as acceptor; its certificate is shown as requestor too, to destinations that ask for one. Null for plain TCP.</summary>
    public TlsServerOptions? Tls { get; init; }

    /// <summary>The only users that may associate (PS3.7 D.3.3.7); empty for anyone.</summary>
    public IReadOnlyList<UserIdentity> Users { get; init; } = [];

    public SimulatorFaults Faults { get; init; } = SimulatorFaults.None;

    /// <summary>Told what is asked for and what becomes of it; null if nobody wants to know.</summary>
    public SimulatorJournal? Journal { get; init; }

    /// <summary>Stored instances go into <see cref="Path"/>.</summary>
    public bool Writable { get; init; }

    /// <summary>Commitment results never go out on the association that asked for them.</summary>
    public bool ReportOnNewAssociation { get; init; }

    /// <summary>Serve DICOMweb too.</summary>
    public bool DicomWeb { get; init; }

    /// <summary>TCP port of DICOMweb; 0 takes any free one.</summary>
    public int DicomWebPort { get; init; }

    /// <summary>Who may use DICOMweb; null for everybody, unless there is a token.</summary>
    public DicomWebCredential? DicomWebCredential { get; init; }

    /// <summary>The bearer token that may use DICOMweb; null for everybody, unless there is a user.</summary>
    public PacsSecret? DicomWebToken { get; init; }

    /// <summary>The bounds of its HTTP.</summary>
    public HttpLimits HttpLimits { get; init; } = HttpLimits.Default;

    public int MaxAssociations { get; init; } = 50;

    /// <summary>Told what goes wrong with peers as long as the simulator runs.</summary>
    public IJobLog Log { get; init; } = NoJobLog.Instance;

    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
