using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;

namespace PacsTools.Services.Query;

/// <summary>Archives that give only so many results.</summary>
internal static class QueryLimit
{
    /// <summary>
    /// True if an archive ends a query like this after results because they are too many: A700, out of resources; or FE00 that nobody asked
    /// for, as Orthanc does.
    /// </summary>
    public static bool IsReachedBy(DimseStatusException error) => error.Status is 0xA700 or FindStatus.Cancelled;

    public static void Warn(PacsNode node, IJobLog log, QueryPlan plan, string reason) => log.Warning(
        "Query.LimitReached",
        $"{node}: the archive gave as many {plan.Target.Plural} as it is said to give at most; there may be more, but {reason}.");
}
