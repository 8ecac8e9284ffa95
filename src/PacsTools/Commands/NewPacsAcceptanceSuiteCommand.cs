using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Dimse;
using PacsTools.Pipeline;
using PacsTools.Services.Acceptance;
using PacsTools.Services.Nodes;
using PacsTools.Services.Resilience;

namespace PacsTools.Commands;

/// <summary>
/// Writes a Pester 5 suite that accepts a PACS: its tests, and a data file with what was discovered and is agreed on from then on. Both are meant to be
/// edited. The PACS is asked what it can do and which small studies it holds; nothing is stored, moved or retrieved until the suite runs.
/// </summary>
[Cmdlet(VerbsCommon.New, "PacsAcceptanceSuite", DefaultParameterSetName = NodeSet, SupportsShouldProcess = true)]
[OutputType(typeof(FileInfo))]
public sealed class NewPacsAcceptanceSuiteCommand : PacsCmdlet
{
    private static readonly System.Reflection.Assembly s_module = typeof(NewPacsAcceptanceSuiteCommand).Assembly;

    private string _folder = "";

    /// <summary>The folder for the suite, made if need be.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [Alias("Destination", "OutputPath", "OutputDirectory")]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = "";

    /// <summary>The name of the suite, of which its files take theirs: letters, digits, '_', '-' and '.'. Unless given, that of the node or its AE title.</summary>
    [Parameter]
    [ValidatePattern(@"\A[A-Za-z0-9_][A-Za-z0-9_.-]*\z")]
    public string? Name { get; set; }

    /// <summary>The studies to agree on, by Study Instance UID (0020,000D); some small ones are chosen unless given.</summary>
    [Parameter]
    [Alias("StudyInstanceID")]
    [UidTransformation("StudyInstanceUID")]
    [ValidateNotNullOrEmpty]
    public string[]? StudyInstanceUID { get; set; }

    /// <summary>How many studies to choose; 0 for none.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int SampleSize { get; set; } = 3;

    /// <summary>The information model: Study Root, or Patient Root for archives that offer nothing else.</summary>
    /// <value>That of the node, Study unless it was registered otherwise</value>
    [Parameter]
    public QueryModel QueryModel { get; set; }

    /// <summary>AE title of the Storage SCP this PACS knows us by as a move destination.</summary>
    /// <value>That of the node, else RIS_STORE_SCP or PACSTOOLS_SCP_AET</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ScpAETitle { get; set; }

    /// <summary>Port of that Storage SCP.</summary>
    /// <value>That of the node, else 11113 or PACSTOOLS_SCP_PORT</value>
    [Parameter]
    [ValidateRange(1, 65535)]
    public int ScpPort { get; set; }

    /// <summary>For archives that must not be written to: no synthetic study is sent.</summary>
    [Parameter]
    public SwitchParameter SkipSend { get; set; }

    /// <summary>Write over a suite of the same name, edited or not.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Begin() => _folder = FileSystemPath.Resolve(SessionState, Path, nameof(Path));

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var node = Arguments.Check(Given, CurrentTarget);
        var name = Name ?? FileName(node.Name ?? node.CalledAETitle);
        var files = new SuiteFiles(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(s_module.Location)!, "Acceptance"), _folder, name);
        try
        {
            if (!Force) files.RequireNone();
            if (!await pipeline.ShouldProcessAsync(files.Tests, $"Write acceptance suite of {node}").ConfigureAwait(false)) return;
            var request = new AcceptanceRequest
            {
                Node = node,
                StudyInstanceUID = StudyInstanceUID ?? [],
                SampleSize = SampleSize,
                SkipSend = SkipSend,
                Retry = new RetryPolicy(Retries),
            };
            var agreement = await new AcceptanceSurvey().AskAsync(request, new PipelineJobLog(pipeline), cancellationToken).ConfigureAwait(false);
            foreach (var path in files.Write(agreement, s_module.GetName().Version!.ToString(3), DateOnly.FromDateTime(DateTime.Now)))
                await pipeline.WriteObjectAsync(new FileInfo(path)).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not (OperationCanceledException or TerminatingErrorException))
        {
            await pipeline.WriteErrorAsync(ErrorMap.ToRecord(error, node, node.ToString(), DimseService.Find)).ConfigureAwait(false);
        }
    }

    private PacsNode Given()
    {
        var node = Target;
        if (IsGiven(nameof(QueryModel))) node = node with { QueryModel = QueryModel };
        if (ScpAETitle is not null) node = node with { ScpAETitle = ScpAETitle };
        return IsGiven(nameof(ScpPort)) ? node with { ScpPort = ScpPort } : node;
    }

    private static string FileName(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' ? c : '_')).TrimStart('.', '-') is { Length: > 0 } name ? name : "PACS";
}
