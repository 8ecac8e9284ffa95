using System.Management.Automation;
using PacsTools.Dicom.Dimse;
using PacsTools.Output;
using PacsTools.Pipeline;
using PacsTools.Services.Diagnosis;

namespace PacsTools.Commands;

/// <summary>Asks a PACS whether it is there (C-ECHO, PS3.4 A) and tells how long it takes. It never tries again: that would hide what is to be found.</summary>
[Cmdlet(VerbsDiagnostic.Test, "PacsEcho", DefaultParameterSetName = NodeSet)]
[OutputType(typeof(PacsEchoResult), typeof(bool))]
public sealed class TestPacsEchoCommand : PacsCmdlet
{
    /// <summary>How many C-ECHOs to send on the one association.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Count { get; set; } = 1;

    /// <summary>How long to wait between two, in seconds.</summary>
    /// <value>0</value>
    [Parameter]
    [ValidateRange(0.0, 86400.0)]
    public double DelaySeconds { get; set; }

    /// <summary>Only true or false for each node: whether every C-ECHO succeeded.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    private protected override async Task ProcessRecordAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var node = Target;
        if (Retries > 0) await pipeline.WriteWarningAsync("Test-PacsEcho never tries again; -Retry has no effect here.").ConfigureAwait(false);
        var success = true;
        var echoes = new EchoScu().EchoAsync(node, Count, TimeSpan.FromSeconds(DelaySeconds), cancellationToken);
        await foreach (var echo in echoes.ConfigureAwait(false))
        {
            success &= echo.Success;
            if (!Quiet) await pipeline.WriteObjectAsync(ToResult(echo)).ConfigureAwait(false);
        }

        if (Quiet) await pipeline.WriteObjectAsync(success).ConfigureAwait(false);
    }

    private static PacsEchoResult ToResult(EchoResult echo) => new()
    {
        Node = echo.Node,
        Success = echo.Success,
        Status = echo.Status,
        RoundtripTime = echo.RoundtripTime,
        AssociationTime = echo.AssociationTime,
        ImplementationVersionName = echo.ImplementationVersionName,
        ImplementationClassUID = echo.ImplementationClassUID,
        MaxPduLength = echo.MaxPduLength,
        Error = echo.Error is null ? null : ErrorMap.ToRecord(echo.Error, echo.Node, echo.Node.ToString(), DimseService.Echo),
    };
}
