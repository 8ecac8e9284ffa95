using System.Management.Automation;
using PacsTools.Binding;
using PacsTools.Dicom.Dimse;
using PacsTools.Output;
using PacsTools.Pipeline;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Storage;

namespace PacsTools.Commands;

/// <summary>What the cmdlets that diagnose have in common: a failure is a result, and nothing is tried again.</summary>
public abstract class DiagnosisCmdlet : PacsCmdlet
{
    /// <summary>The Storage SCP the archive is to send to, as Start-StorageScp returned it.</summary>
    [Parameter]
    [ValidateNotNull]
    public StorageScp? StorageScp { get; set; }

    /// <summary>AE title of the Storage SCP the archive is to send to; one is started for the test if none of this title runs.</summary>
    /// <value>That of the only Storage SCP that runs, else RIS_STORE_SCP or PACSTOOLS_SCP_AET</value>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? ScpAETitle { get; set; }

    /// <summary>Port of that Storage SCP.</summary>
    /// <value>11113, or PACSTOOLS_SCP_PORT</value>
    [Parameter]
    [ValidateRange(1, 65535)]
    [ArgumentCompleter(typeof(Completion.ScpPortCompleter))]
    public int ScpPort { get; set; }

    private protected StorageScpChoice ScpChoice { get; private set; } = StorageScpChoice.Default;

    /// <inheritdoc/>
    private protected override void Begin() => ScpChoice = StorageScpArguments.Read(StorageScp, ScpAETitle, IsGiven(nameof(ScpPort)) ? ScpPort : null);

    private protected async Task WarnOfRetriesAsync(IPipeline pipeline)
    {
        if (Retries > 0) await pipeline.WriteWarningAsync($"{MyInvocation.MyCommand.Name} never tries again; -Retry has no effect here.").ConfigureAwait(false);
    }

    private protected static PacsDiagnosis ToResult(DiagnosisRung rung) => new()
    {
        Node = rung.Node,
        Stage = rung.Stage,
        Success = rung.Success,
        Duration = rung.Duration,
        Detail = rung.Detail,
        Advice = rung.Advice,
        Error = rung.Error is null ? null : ErrorMap.ToRecord(rung.Error, rung.Node, rung.Node.ToString(), Service(rung.Stage)),
    };

    private static DimseService Service(DiagnosisStage stage) => stage switch
    {
        DiagnosisStage.Echo => DimseService.Echo,
        DiagnosisStage.Find => DimseService.Find,
        >= DiagnosisStage.Move => DimseService.Move,
        _ => DimseService.Any,
    };
}
