using System.Management.Automation;
using PacsTools.Output;
using PacsTools.Pipeline;
using PacsTools.Services.Diagnosis;

namespace PacsTools.Commands;

/// <summary>
/// Has a PACS send one instance of a study here by C-MOVE and tells how far that comes: our Storage SCP listens, the PACS accepts, it connects, the
/// instance is stored. What came is thrown away, and a Storage SCP started for the test is stopped again.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "PacsMoveDestination", DefaultParameterSetName = NodeSet)]
[OutputType(typeof(PacsDiagnosis))]
public sealed class TestPacsMoveDestinationCommand : DiagnosisCmdlet
{
    /// <summary>A study of the PACS.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("StudyInstanceID")]
    [ValidateNotNullOrEmpty]
    public string StudyInstanceUID { get; set; } = "";

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        await WarnOfRetriesAsync(pipeline).ConfigureAwait(false);
        var rungs = await new MoveProbe().RunAsync(Target, new MoveProbeRequest(StudyInstanceUID, ScpChoice), new PipelineJobLog(pipeline), cancellationToken).ConfigureAwait(false);
        foreach (var rung in rungs) await pipeline.WriteObjectAsync(ToResult(rung)).ConfigureAwait(false);
    }
}
