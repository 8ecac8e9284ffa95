using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Pipeline;
using PacsTools.Services;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;
using PacsTools.Services.Sending;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>What the cmdlets that write to an archive have in common: a node that never comes from the pipeline, files, and where reports of storage commitment arrive.</summary>
public abstract class SendingCommand : PacsCmdlet
{
    private InputPaths? _inputs;
    private StorageScpChoice _scp = StorageScpChoice.Default;

    /// <summary>
    /// The archive: <c>AE@host:port</c>, <c>host:port</c>, a PacsNode, or any object or hashtable with a Node or with HostName, Port and
    /// CalledAETitle. Never taken from the pipeline: a received file must not go back by accident to where it came from.
    /// </summary>
    [Parameter(ParameterSetName = NodeSet, Mandatory = true, Position = 0)]
    [NodeTransformation]
    [ArgumentCompleter(typeof(Completion.NodeCompleter))]
    public override PacsNode? Node { get; set; }

    /// <summary>Files and folders, with wildcards.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Files and folders whose names are taken as they are; what Get-ChildItem and Receive-DicomStudy emit binds here.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("FullName")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>What is in the folders below, too. Folders from the pipeline are passed over without it, since Get-ChildItem emits them beside their files.</summary>
    [Parameter]
    public SwitchParameter Recurse { get; set; }

    /// <summary>The Storage SCP that the archive calls with its report of storage commitment, as Start-StorageScp returned it. Without a choice any that runs will do, else one is started.</summary>
    [Parameter]
    [ValidateNotNull]
    public StorageScp? StorageScp { get; set; }

    /// <summary>AE title of that Storage SCP; one is started if none of this title runs.</summary>
    /// <value>That of any Storage SCP that runs, else RIS_STORE_SCP or PACSTOOLS_SCP_AET</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ScpAETitle { get; set; }

    /// <summary>Port of that Storage SCP; one is started if none runs there.</summary>
    /// <value>That of any Storage SCP that runs, else 11113 or PACSTOOLS_SCP_PORT</value>
    [Parameter]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(Completion.ScpPortCompleter))]
    public int ScpPort { get; set; }

    /// <inheritdoc/>
    private protected override void Begin() => _scp = StorageScpArguments.Read(StorageScp, ScpAETitle, IsGiven(nameof(ScpPort)) ? ScpPort : null);

    /// <summary>Whether something was given to send or ask about: a path or the pipeline.</summary>
    private protected bool HasInput => IsGiven(nameof(Path)) || IsGiven(nameof(LiteralPath)) || MyInvocation.ExpectingInput;

    /// <summary>Looks up the paths of this input object; on the pipeline's thread.</summary>
    private protected void TakePaths() =>
        Inputs.Take(LiteralPath, IsFromPipeline(nameof(LiteralPath)), Path, IsFromPipeline(nameof(Path)), Recurse);

    /// <summary>The files of this input object, those of its folders one by one. What cannot be read is noted for <see cref="ReportPathErrorsAsync"/>.</summary>
    private protected IEnumerable<string> Files() => Inputs.Files(Recurse);

    /// <summary>Tells what was not found or could not be read up to now.</summary>
    private protected async Task ReportPathErrorsAsync(IPipeline pipeline)
    {
        foreach (var error in Inputs.TakeErrors()) await pipeline.WriteErrorAsync(error).ConfigureAwait(false);
    }

    /// <summary>How to ask for storage commitment.</summary>
    /// <exception cref="StorageScpException">There is no Storage SCP as it was asked for.</exception>
    private protected CommitmentRequest CommitmentRequest(PacsNode node, IJobLog log)
    {
        return new CommitmentRequest
        {
            Node = node,
            Listener = CommitmentListener.Open(StorageScpRegistry.Shared, _scp, node, log),
            Retry = new RetryPolicy(Retries),
        };
    }

    private InputPaths Inputs => _inputs ??= new(SessionState, "Send.PathNotFound", (folder, reason) => ErrorMap.ToRecord(OutgoingFile.Unreadable(folder, reason), folder));
}
