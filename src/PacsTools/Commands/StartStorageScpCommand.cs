using System.Management.Automation;
using System.Net;
using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services.Nodes;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>
/// Starts a Storage SCP (PS3.4 B) in this process. It answers C-ECHO, takes what a retrieve is waiting for and, given a path, everything that is
/// sent to it, in any transfer syntax, kept bit for bit. A file has its final name only when it is complete, and success is answered only after that.
/// It lives until Stop-StorageScp, the removal of the module, or the end of the process. about_PacsTools_StorageScp tells more.
/// </summary>
[Cmdlet(VerbsLifecycle.Start, "StorageScp", SupportsShouldProcess = true)]
[OutputType(typeof(StorageScp))]
public sealed partial class StartStorageScpCommand : ListenerCmdlet
{
    // Less would leave a fragment of hardly more than its own headers.
    private const int SmallestPdu = 128;

    private StorageScpOptions? _options;

    /// <inheritdoc/>
    private protected override void Begin()
    {
        var path = Path is null ? null : FileSystemPath.Resolve(SessionState, Path, nameof(Path));
        var accept = IsGiven(nameof(Accept)) ? Accept : path is null ? StorageScpAccept.Pending : StorageScpAccept.Any;
        if (accept == StorageScpAccept.Any && path is null) throw Arguments.Invalid("-Accept Any needs -Path: the folder to put what arrives.");
        if (accept == StorageScpAccept.Pending && path is not null) throw Arguments.Invalid("-Accept Pending takes no -Path: a retrieve says itself where its files go.");
        if (MaxPduLength is > 0 and < SmallestPdu) throw Arguments.Invalid($"-MaxPduLength is 0 or at least {SmallestPdu} bytes.", MaxPduLength);
        if (MinimumFreeSpace > 0 && path is null) throw Arguments.Invalid("-MinimumFreeSpace needs -Path: the disk it is about.");
        _options = Arguments.Check(() => StorageNegotiation.Check(Options(accept, path)), AETitle);
        if (path is null && (Layout is not null || IsGiven(nameof(IfExists)))) throw Arguments.Invalid("-Layout and -IfExists need -Path: a retrieve says itself where its files go.");
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
            MaxAssociationsPerPeer = MaxAssociationsPerPeer,
            IdleTimeout = TimeSpan.FromSeconds(IdleTimeoutSeconds),
            ArtimTimeout = TimeSpan.FromSeconds(ArtimTimeoutSeconds),
            MinimumFreeSpace = MinimumFreeSpace,
            AcceptSopClass = AcceptSopClass,
            AcceptAnySopClass = AcceptAnySopClass,
            PreferredTransferSyntax = PreferredTransferSyntax,
            MaxPduLength = (uint)MaxPduLength,
            FlushToDisk = FlushToDisk,
            Tls = TlsServer(),
        };
        return AETitle is null ? options : options with { AETitle = AETitle };
    }
}
