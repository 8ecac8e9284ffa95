using System.Collections;
using System.Management.Automation;
using System.Net;
using System.Security;
using PacsTools.Binding;
using PacsTools.Dicom.Errors;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;
using PacsTools.Services.Simulation;

namespace PacsTools.Commands;

/// <summary>
/// Starts an archive in this process, to try, test and script against: C-ECHO, C-FIND, C-MOVE, C-GET, C-STORE, modality worklist and storage
/// commitment, and DICOMweb if asked for, over a folder of DICOM files or generated studies, able to misbehave. It pipes as a -Node, and lives until Stop-PacsSimulator, the
/// removal of the module, or the end of the process. Nothing of it stays on disk.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "PacsSimulator", SupportsShouldProcess = true)]
[OutputType(typeof(PacsSimulator))]
public sealed partial class StartPacsSimulatorCommand : ListenerCmdlet
{
    private PacsSimulatorOptions? _options;

    /// <summary>The folder of DICOM files to serve, with everything below it. It is only read unless -Writable is given.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Serves small generated studies of every kind and character set, and a worklist for today.</summary>
    [Parameter]
    public SwitchParameter TestData { get; set; }

    /// <summary>Its AE title. It answers to any other too.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string AETitle { get; set; } = PacsSimulatorOptions.DefaultAETitle;

    /// <summary>Its port; 0 takes any free one.</summary>
    /// <value>Any free port</value>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>The address to listen on; only this machine reaches it unless told otherwise.</summary>
    /// <value>127.0.0.1</value>
    [Parameter]
    [ValidateNotNull]
    public IPAddress BindAddress { get; set; } = IPAddress.Loopback;

    /// <summary>AE titles it can move to, such as @{ STORESCP = 'host:port' }. The Storage SCPs of this process are known anyway; any other gets A801.</summary>
    [Parameter]
    [ValidateNotNull]
    public IDictionary? MoveDestination { get; set; }

    /// <summary>Items of the modality worklist: hashtables of keywords and values, DICOM files, folders of these, or results of Find-DicomWorklist.</summary>
    [Parameter]
    [ValidateNotNull]
    public object[] Worklist { get; set; } = [];

    /// <summary>How it misbehaves, such as @{ FailEvery = 3 }: see about_PacsTools_Simulator. An unknown key is an error.</summary>
    [Parameter]
    [ValidateNotNull]
    [FaultTransformation]
    public SimulatorFaultTable? Fault { get; set; }

    /// <summary>Puts what is stored into -Path; without it, into a private folder that is gone when the simulator stops.</summary>
    [Parameter]
    public SwitchParameter Writable { get; set; }

    /// <summary>Serves DICOMweb too: QIDO-RS, WADO-RS and STOW-RS, by http. The other DicomWeb parameters imply it.</summary>
    [Parameter]
    public SwitchParameter DicomWeb { get; set; }

    /// <summary>The port of DICOMweb; 0 takes any free one.</summary>
    /// <value>Any free port</value>
    [Parameter]
    [ValidateRange(0, 65535)]
    public int DicomWebPort { get; set; }

    /// <summary>User name and password DICOMweb asks for; without them, and without a token, everybody may use it.</summary>
    [Parameter]
    [Credential]
    [ValidateNotNull]
    public PSCredential? DicomWebCredential { get; set; }

    /// <summary>Bearer token DICOMweb asks for. With a user as well, either will do.</summary>
    [Parameter]
    [ValidateNotNull]
    public SecureString? DicomWebToken { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        var path = Path is null ? null : FileSystemPath.Resolve(SessionState, Path, nameof(Path));
        if (Writable && path is null) throw Arguments.Invalid("-Writable needs -Path: the folder to write into.");
        if (path is not null && !Directory.Exists(path)) throw Arguments.Invalid($"There is no folder '{path}'.", path, "Simulator.PathNotFound");
        _options = Arguments.Check(() => Options(path), AETitle);
    }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        if (!await pipeline.ShouldProcessAsync(AETitle, "Start PACS simulator").ConfigureAwait(false)) return;
        try
        {
            // Indexing may take its time; the simulator itself runs on threads of its own.
            var simulator = PacsSimulator.Start(_options!, new PipelineJobLog(pipeline), cancellationToken);
            await pipeline.WriteObjectAsync(simulator).ConfigureAwait(false);
        }
        catch (DicomNetworkException error)
        {
            var advice = error.Failure == NetworkFailure.PortInUse
                ? "Leave -Port and -DicomWebPort out to take any free port, or choose others."
                : "Check -BindAddress: it must be an address of this machine.";
            throw new TerminatingErrorException(ErrorMap.Create(error, $"Simulator.{error.Failure}", ErrorCategory.ResourceUnavailable, Port, advice));
        }
    }

    private PacsSimulatorOptions Options(string? path) => new()
    {
        Path = path,
        TestData = TestData,
        AETitle = TitleText.Check(AETitle, "AE title"),
        Port = Port,
        BindAddress = BindAddress,
        MoveDestinations = MoveDestinationTable.Read(MoveDestination, SessionState),
        Worklist = [.. Worklist.SelectMany(ReadWorklist)],
        Faults = FaultParser.Parse(Fault is null ? null : PlainTable.Of(Fault)),
        Writable = Writable,
        DicomWeb = DicomWeb || MyInvocation.BoundParameters.Keys.Any(name => name.StartsWith(nameof(DicomWeb), StringComparison.Ordinal) && name != nameof(DicomWeb)),
        DicomWebPort = DicomWebPort,
        DicomWebCredential = DicomWebCredential is null ? null : DicomWebArguments.Read(DicomWebCredential),
        DicomWebToken = DicomWebToken is null ? null : new PacsSecret(DicomWebArguments.Reveal(DicomWebToken)),
        Tls = TlsServer(),
        Users = Users(),
    };

    private IEnumerable<Dicom.Data.DicomDataset> ReadWorklist(object source)
    {
        var plain = PlainTable.Value(source);
        var resolved = plain is string path ? FileSystemPath.Resolve(SessionState, path, nameof(Worklist)) : plain;
        try
        {
            return [.. WorklistSource.Read(resolved)];
        }
        catch (Exception error) when (error is DicomDataException or IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"The worklist item '{resolved}' cannot be read: {error.Message}", error);
        }
    }
}
