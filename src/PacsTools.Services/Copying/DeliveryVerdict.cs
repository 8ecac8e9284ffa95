using System.Globalization;
using PacsTools.Dicom.Dimse;
using PacsTools.Services.Retrieve;

namespace PacsTools.Services.Copying;

/// <summary>Says whether an archive has copied everything to somebody else, as far as its own word goes.</summary>
internal static class DeliveryVerdict
{
    /// <returns>Null if it has.</returns>
    public static RetrieveException? Judge(CopyRequest request, RetrieveOperation operation, RoadOutcome outcome, DeliveryTally tally)
    {
        // Everything counted is stronger than a status.
        if (tally.IsComplete)
            return null;
        var status = DimseStatus.Lookup(DimseService.Move, outcome.Status);
        if (status.Class is not (DimseStatusClass.Success or DimseStatusClass.Warning))
            return RetrieveVerdict.Refused(operation, outcome, status, "C-MOVE");
        if (tally is { Delivered: 0, Failed: 0, Missing: 0 })
            return RetrieveVerdict.NothingSent(operation, outcome, "C-MOVE");
        // A warning without counters says that something failed and not what (PS3.4 C.4.2.1.5).
        if (tally.Failed > 0 || tally.Missing > 0 || (outcome.IsWarning && tally.Delivered is null))
            return Incomplete(request, outcome, tally);
        return tally.Delivered is null && !request.Source.NoVerify ? Unproven(request, outcome, tally) : null;
    }

    private static RetrieveException Incomplete(CopyRequest request, RoadOutcome outcome, DeliveryTally tally)
    {
        var of = tally.Expected is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total}") : "";
        var delivered = tally.Delivered?.ToString(CultureInfo.InvariantCulture) ?? "an unknown number";
        var comment = string.IsNullOrEmpty(outcome.ErrorComment) ? "" : $" It says: {outcome.ErrorComment}";
        return request.Error(
            "Copy.Incomplete",
            string.Create(CultureInfo.InvariantCulture, $"{request.Source.Node} did not copy everything to {request.Destination}: {delivered}{of} instances were delivered, {tally.Failed} failed, {tally.Missing} are missing (status {outcome.Status:X4}H).{comment}"),
            $"The logs of {request.Source.Node} and of {request.Destination} tell why; the archive must know {request.Destination} by host and port, and that must accept the classes and transfer syntaxes of the study.",
            status: outcome.Status);
    }

    private static RetrieveException Unproven(CopyRequest request, RoadOutcome outcome, DeliveryTally tally)
    {
        var names = tally.Expected is { } total ? string.Create(CultureInfo.InvariantCulture, $", and it has {total} instances") : "";
        return request.Error(
            "Copy.Unproven",
            $"{request.Source.Node} says that the copy to {request.Destination} succeeded, and does not count what it sent{names}: nothing proves that all are there.",
            "Ask the destination what it has (Find-DicomInstance), copy through this host with -DestinationNode, or take the archive's word for it with -NoVerify.",
            status: outcome.Status);
    }
}
