using System.Management.Automation;
using PacsTools.Pipeline;
using PacsTools.Services.Metrics;

namespace PacsTools.Commands;

/// <summary>Tells what PacsTools has done in this process: associations, operations with their durations, sub-operations, instances received.</summary>
/// <remarks>The same figures are on <c>Meter("PacsTools")</c> for any OpenTelemetry listener. No label names a patient, a node or a person.</remarks>
[Cmdlet(VerbsCommon.Get, "PacsMetric")]
[OutputType(typeof(PacsMetric), typeof(string))]
public sealed class GetPacsMetricCommand : AsyncCmdlet
{
    /// <summary>Only metrics of these names; wildcards allowed.</summary>
    /// <value>All metrics</value>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>One text in Prometheus' exposition format, for a textfile collector or a gateway.</summary>
    [Parameter]
    public SwitchParameter AsPrometheus { get; set; }

    private protected override async Task EndProcessingAsync(IPipeline pipeline, CancellationToken cancellationToken)
    {
        var patterns = Name?.Select(n => WildcardPattern.Get(n, WildcardOptions.IgnoreCase)).ToArray();
        var metrics = MetricStore.Shared.Snapshot().Where(m => patterns is null || patterns.Any(p => p.IsMatch(m.Name)));
        if (AsPrometheus)
        {
            await pipeline.WriteObjectAsync(PrometheusText.Write(metrics)).ConfigureAwait(false);
            return;
        }

        foreach (var metric in metrics)
            await pipeline.WriteObjectAsync(metric).ConfigureAwait(false);
    }
}
