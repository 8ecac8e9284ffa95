using System.Globalization;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>Says whether an attempt brought everything, and if not, why, in words with a way out.</summary>
internal static class RetrieveVerdict
{
    /// <summary>The id of the error for instances that came, and not whole.</summary>
    public const string Damaged = "Storage.Damaged";

    /// <returns>Null if everything is here, as far as anyone can tell.</returns>
    public static RetrieveException? Judge(RetrieveOperation operation, RoadOutcome outcome, RetrieveTally tally, string verb)
    {
        if (LocalFault(operation) is { } local)
            return local;
        // Proof is stronger than a status.
        if (tally is { IsComplete: true, Expected: > 0 })
            return null;
        var status = DimseStatus.Lookup(DimseService.Move, outcome.Status);
        if (outcome.StoppedScp is { } scp && (status.Class != DimseStatusClass.Success || tally.Missing > 0))
            return Stopped(operation, outcome, scp);
        // Of a rest that was asked for alone, that nothing could be sent (A702) says no more than that the rest failed.
        if (status.Class is not (DimseStatusClass.Success or DimseStatusClass.Warning) && !(outcome.Status == 0xA702 && tally.Failed > 0 && tally.Present > operation.Progress))
            return Refused(operation, outcome, status, verb);
        var present = tally.Present;
        if (outcome.Counts.Delivered is > 0 and var delivered && present == 0 && outcome.MoveDestination is not null)
            return DeliveredElsewhere(operation, outcome, delivered);
        // A warning without counters says that something failed and not what (PS3.4 C.4.2.1.5).
        var unclear = status.Class == DimseStatusClass.Warning && outcome.Counts is { Failed: null, Warning: null };
        if (present == 0 && tally.Failed == 0 && tally.Missing == 0 && !unclear)
            return NothingSent(operation, outcome, verb);
        if (tally.Failed > 0 || tally.Missing > 0 || unclear)
            return Incomplete(operation, outcome, tally);
        return tally.Expected is null && !operation.Request.NoVerify ? Unproven(operation, outcome, tally) : null;
    }

    /// <summary>The error after an attempt without a final response; null if everything is here all the same.</summary>
    // A lost association after a full disk has the full disk for its cause.
    public static Exception? OfFailure(RetrieveOperation operation, RetrieveTally tally, Exception failure) =>
        LocalFault(operation) ?? (tally is { IsComplete: true, Expected: > 0 } ? null : failure);

    /// <summary>The error if instances came that could not be kept here; null if all could.</summary>
    public static RetrieveException? LocalFault(RetrieveOperation operation)
    {
        var failed = operation.Ledger.All.Where(f => f.Outcome == InstanceOutcome.Failed).ToList();
        if (failed.Count == 0)
            return null;
        var first = failed.Find(f => f.Status == StorageFault.OutOfResources) ?? failed[0];
        var (id, what, advice) = first.Status switch
        {
            StorageFault.OutOfResources => ("Storage.DiskFull", "there is no space left", "Free some space or choose another destination, then retrieve again; what has arrived is kept."),
            StorageFault.CannotUnderstand => (Damaged, "their data sets broke off", "Retrieve again. If it stays so, the archive has them in no better state, or the network changes what passes."),
            StorageFault.DuplicateInstance => ("Storage.FileExists", "files of their names exist already", "Use -IfExists KeepBoth, Skip or Overwrite, or another destination."),
            _ => ("Storage.CannotWrite", "the destination cannot be written", "Look at the destination's permissions, and whether its disk is still there."),
        };
        return new RetrieveException(
            id,
            string.Create(CultureInfo.InvariantCulture, $"{failed.Count} of the instances {operation.Request.Node} sent could not be kept: {what} (answered {first.Status:X4}H). {first.Reason}"))
        {
            Node = operation.Request.Node,
            StudyInstanceUID = operation.Request.StudyInstanceUID,
            Status = first.Status,
            Advice = advice,
        };
    }

    /// <summary>The error for a final status of failure.</summary>
    public static RetrieveException Refused(RetrieveOperation operation, RoadOutcome outcome, DimseStatus status, string verb)
    {
        var text = $"{operation.Request.Node} ended the {verb} with status {outcome.StatusText}: {status.Words.TrimEnd('.')}.{Comment(outcome)}";
        var advice = outcome.Status is 0xA801 or 0xC000 or 0xA702 && outcome.MoveDestination is { } destination
            ? $"{status.Advice} The archive must know the move destination {destination}."
            : status.Advice;
        var cause = new DimseStatusException(outcome.Status, text, outcome.ErrorComment, outcome.OffendingElements);
        return Error(operation, outcome, "Dimse." + outcome.Status.ToString("X4", CultureInfo.InvariantCulture), text, advice, cause);
    }

    // Whatever the archive says of it: it could not reach us because we were gone.
    private static RetrieveException Stopped(RetrieveOperation operation, RoadOutcome outcome, string scp) => Error(
        operation,
        outcome,
        "StorageScp.NotRunning",
        $"The Storage SCP {scp} was stopped while {operation.Request.Node} was sending to it (final status {outcome.StatusText}).",
        "Start it again with Start-StorageScp and retrieve again; what has arrived is kept.");

    private static RetrieveException DeliveredElsewhere(RetrieveOperation operation, RoadOutcome outcome, int delivered) => Error(
        operation,
        outcome,
        "Retrieve.DeliveredElsewhere",
        $"{operation.Request.Node} says that it delivered {delivered} instances, and none of them came here.",
        $"The archive maps our AE title to another host or port. It must know {outcome.MoveDestination ?? "us"}.");

    // dcmqrscp among others answers success to a UID it does not hold; whoever asked for a study must not take that for a study.
    public static RetrieveException NothingSent(RetrieveOperation operation, RoadOutcome outcome, string verb) => Error(
        operation,
        outcome,
        "Retrieve.NothingSent",
        $"{operation.Request.Node} ended the {verb} with status {outcome.StatusText} and sent nothing.",
        "Check the UID, and whether the archive holds it: it answers so to what it does not have.");

    private static RetrieveException Incomplete(RetrieveOperation operation, RoadOutcome outcome, RetrieveTally tally)
    {
        var present = tally.Present;
        var of = tally.Expected is { } total ? string.Create(CultureInfo.InvariantCulture, $" of {total}") : string.Empty;
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"The retrieve from {operation.Request.Node} is incomplete: {present}{of} instances are here, {tally.Failed} failed at the archive, {tally.Missing} are missing (status {outcome.StatusText}).{Comment(outcome)}");
        var advice = present == 0 && outcome.MoveDestination is { } destination
            ? $"The archive may not reach our Storage SCP: it must know {destination}, and no firewall may stand between."
            : "Retrieve again: what is here is kept and not fetched twice into other files. The archive's log tells why it could not send the others.";
        return Error(operation, outcome, "Retrieve.Incomplete", text, advice);
    }

    private static RetrieveException Unproven(RetrieveOperation operation, RoadOutcome outcome, RetrieveTally tally) => Error(
        operation,
        outcome,
        "Retrieve.Unproven",
        string.Create(CultureInfo.InvariantCulture, $"{operation.Request.Node} says that the retrieve succeeded; {tally.Present} instances came, and nothing tells whether these are all: it neither counts nor names them."),
        "Compare with the archive by other means, or take its word for it with -NoVerify.");

    private static RetrieveException Error(RetrieveOperation operation, RoadOutcome outcome, string id, string text, string advice, Exception? cause = null) =>
        new(id, text, cause)
        {
            Node = operation.Request.Node,
            StudyInstanceUID = operation.Request.StudyInstanceUID,
            Status = outcome.DimseStatusCode,
            ErrorComment = outcome.ErrorComment,
            Advice = advice,
        };

    private static string Comment(RoadOutcome outcome) => string.IsNullOrEmpty(outcome.ErrorComment) ? string.Empty : $" It says: {outcome.ErrorComment}";
}
