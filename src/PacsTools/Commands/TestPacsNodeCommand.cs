using System.Management.Automation;
using PacsTools.Output;
using PacsTools.Pipeline;
using PacsTools.Services.Diagnosis;

namespace PacsTools.Commands;

/// <summary>
/// Climbs from the name of a PACS to its answers - resolve, connect, associate, echo, find and, if asked for, move - one object a rung, and says on the
/// first that does not hold what to do about it. The query asks for a UID that cannot exist; what is moved is thrown away.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "PacsNode", DefaultParameterSetName = NodeSet)]
[OutputType(typeof(PacsDiagnosis))]
public sealed class TestPacsNodeCommand : DiagnosisCmdlet
{
    /// <summary>The rung to climb to, those below included; of several the highest. Find unless told otherwise.</summary>
    /// <value>Find</value>
    [Parameter]
    [ValidateSet("Resolve", "Connect", "Tls", "Associate", "Echo", "Find", "Move")]
    public DiagnosisStage[] Stage { get; set; } = [];

    /// <summary>A study of the PACS, of which one instance is moved here on the rung Move; without it only the destination is tried.</summary>
    [Parameter]
    [Alias("StudyInstanceID")]
    [ValidateNotNullOrEmpty]
    public string? StudyInstanceUID { get; set; }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        await WarnOfRetriesAsync(pipeline).ConfigureAwait(false);
        var last = Stage.Length == 0 ? DiagnosisStage.Find : Stage.Max();
        var rungs = new NodeDiagnosis().ClimbAsync(Target, last, new MoveProbeRequest(StudyInstanceUID, ScpChoice), new PipelineJobLog(pipeline), cancellationToken);
        await foreach (var rung in rungs.ConfigureAwait(false)) await pipeline.WriteObjectAsync(ToResult(rung)).ConfigureAwait(false);
    }
}
