using System.Diagnostics.Metrics;

namespace PacsTools.Services.Metrics;

/// <summary>
/// The instruments of <c>Meter("PacsTools")</c>. Any OpenTelemetry listener can read them; <see cref="MetricStore"/> does for Get-PacsMetric. Labels hold
/// operations, outcomes and status codes, never who or what was asked for.
/// </summary>
internal static class PacsMeter
{
    public const string Name = "PacsTools";

    private static readonly Meter s_meter = new(Name);

    /// <summary>Associations asked for (role requestor) or asked of us (role acceptor), by result: accepted, rejected, failed.</summary>
    public static Counter<long> AssociationsTotal { get; } =
        s_meter.CreateCounter<long>("dimse_associations_total", null, "Associations asked for or asked of this side, by role and result.");

    /// <summary>Associations open now, by role.</summary>
    public static UpDownCounter<long> AssociationsActive { get; } =
        s_meter.CreateUpDownCounter<long>("dimse_associations_active", null, "Associations open now, by role.");

    /// <summary>Seconds from a request of ours to its final response, by operation.</summary>
    public static Histogram<double> OperationsDuration { get; } =
        s_meter.CreateHistogram<double>("dimse_operations_duration_seconds", null, "Seconds from a request of this side to its final response or its failure.");

    /// <summary>Requests of ours that have ended, by operation and status: four hexadecimal digits, or timeout, cancelled, aborted, lost.</summary>
    public static Counter<long> OperationsTotal { get; } =
        s_meter.CreateCounter<long>("dimse_operations_total", null, "Requests of this side that have ended, by operation and status.");

    /// <summary>C-STOREs that archives did for our C-MOVEs, as they count them: completed, warning, failed.</summary>
    public static Counter<long> MoveSubOperationsTotal { get; } =
        s_meter.CreateCounter<long>("dimse_cmove_suboperations_total", null, "Sub-operations of this side's C-MOVE requests, as the archives count them.");

    /// <summary>C-STOREs answered by this side, by a Storage SCP or in a C-GET, by status.</summary>
    public static Counter<long> StorageReceivesTotal { get; } =
        s_meter.CreateCounter<long>("dimse_storage_scp_receives_total", null, "C-STORE requests answered by this side, by status.");
}
