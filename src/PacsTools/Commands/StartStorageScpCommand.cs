using System.Management.Automation;
using System.Net;
using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>
/// Starts a Storage SCP (PS3.4 B) in this process. It answers C-ECHO, takes what a retrieve is waiting for and, given a path, everything that is
/// sent to it. It lives until Stop-StorageScp, the removal of the module, or the end of the process.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "StorageScp", SupportsShouldProcess = true)]
[OutputType(typeof(StorageScp))]
public sealed class StartStorageScpCommand : AsyncCmdlet
{
    private StorageScpOptions? _options;

    /// <summary>Its AE title; RIS_STORE_SCP, or what PACSTOOLS_SCP_AET says.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? AETitle { get; set; }

    /// <summary>Its port; 0 takes any free one. Without it 11113, or the next free port with a warning: the PACS must know it.</summary>
    [Parameter(Position = 1)]
    [ValidateRange(0, 65535)]
    public int Port { get; set; }

    /// <summary>The address to listen on; every interface, IPv4 and IPv6, unless told otherwise.</summary>
    [Parameter]
    [ValidateNotNull]
    public IPAddress? BindAddress { get; set; }

    /// <summary>Pending takes only what a retrieve is waiting for, Any takes everything; Any if -Path is given.</summary>
    [Parameter]
    public StorageScpAccept Accept { get; set; }

    /// <summary>The folder for what nobody is retrieving.</summary>
    [Parameter]
    [Alias("Destination", "OutputPath", "OutputDirectory")]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The place of a file below the path: {StudyInstanceUID}/{SeriesInstanceUID}/{SOPInstanceUID}.dcm, with any keyword in braces.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Layout { get; set; }

    /// <summary>What to do if a file is there already.</summary>
    [Parameter]
    public IfExists IfExists { get; set; }

    /// <summary>The only calling AE titles that may associate; all unless told otherwise.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AllowedCallingAETitle { get; set; } = [];

    /// <summary>The only addresses or networks (10.1.0.0/16) that may associate; all unless told otherwise.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] AllowedAddress { get; set; } = [];

    /// <summary>Answers to whatever AE title is called.</summary>
    [Parameter]
    public SwitchParameter AcceptAnyCalledAETitle { get; set; }

    /// <summary>How many associations it serves at a time.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int MaxAssociations { get; set; } = 25;

    /// <summary>The longest P-DATA-TF it takes (PS3.8 D.1), in bytes.</summary>
    [Parameter]
    [ValidateRange(1024, 16 * 1024 * 1024)]
    public int MaxPduLength { get; set; } = 262144;

    /// <summary>Has every file and its folder flushed to the disk before success is answered.</summary>
    [Parameter]
    public SwitchParameter FlushToDisk { get; set; }

    /// <inheritdoc/>
    private protected override void Begin()
    {
        var path = Path is null ? null : FileSystemPath.Resolve(SessionState, Path, nameof(Path));
        var accept = IsGiven(nameof(Accept)) ? Accept : path is null ? StorageScpAccept.Pending : StorageScpAccept.Any;
        if (accept == StorageScpAccept.Any && path is null) throw Arguments.Invalid("-Accept Any needs -Path: the folder to put what arrives.");
        if (accept == StorageScpAccept.Pending && path is not null) throw Arguments.Invalid("-Accept Pending takes no -Path: a retrieve says itself where its files go.");
        _options = Arguments.Check(() => Options(accept, path), AETitle);
    }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var options = _options!;
        var port = options.Port == 0 ? "a free port" : $"port {options.Port}";
        if (!await pipeline.ShouldProcessAsync($"{options.AETitle} on {port}", "Start Storage SCP").ConfigureAwait(false)) return;
        var scp = StorageScpRegistry.Shared.Start(options, takeNextFreePort: !IsGiven(nameof(Port)), new PipelineJobLog(pipeline));
        await pipeline.WriteObjectAsync(scp).ConfigureAwait(false);
    }

    private StorageScpOptions Options(StorageScpAccept accept, string? path)
    {
        var options = new StorageScpOptions
        {
            Port = IsGiven(nameof(Port)) ? Port : PacsDefaults.ScpPort,
            BindAddress = BindAddress,
            Accept = accept,
            Path = path,
            Layout = Layout is null ? PathLayout.Default : PathLayout.Parse(Layout),
            IfExists = IfExists,
            AllowedCallingAETitle = AllowedCallingAETitle,
            AllowedAddress = AllowedAddress,
            AcceptAnyCalledAETitle = AcceptAnyCalledAETitle,
            MaxAssociations = MaxAssociations,
            MaxPduLength = (uint)MaxPduLength,
            FlushToDisk = FlushToDisk,
        };
        return AETitle is null ? options : options with { AETitle = AETitle };
    }
}
