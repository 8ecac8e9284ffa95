using System.Globalization;
using System.Net;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Diagnosis;

/// <summary>Makes rungs of what the archive answered to a C-MOVE and of who came to our Storage SCP meanwhile.</summary>
/// <param name="node">The archive.</param>
/// <param name="scp">Our Storage SCP.</param>
/// <param name="duration">From the request to the end.</param>
/// <param name="contacts">Who came, in order, and when.</param>
/// <param name="isReal">True if the instance exists; false if only the destination was tried.</param>
internal sealed class MoveProbeVerdict(PacsNode node, StorageScp scp, TimeSpan duration, IReadOnlyList<(ScpContact Contact, TimeSpan At)> contacts, bool isReal)
{
    private const ushort MoveDestinationUnknown = 0xA801;
    private const ushort UnableToProcess = 0xC000;

    private string Port => scp.Port.ToString(CultureInfo.InvariantCulture);

    // On a socket for both families an IPv4 address comes wrapped.
    private static string From(ScpContact contact) => contact.Peer is IPEndPoint { Address.IsIPv4MappedToIPv6: true } end ? new IPEndPoint(end.Address.MapToIPv4(), end.Port).ToString() : contact.Peer?.ToString() ?? "an unknown address";

    private string TellUs => $"enter {scp.AETitle} there, with the address of this host and port {Port}";

    public IReadOnlyList<DiagnosisRung> Judge(RoadOutcome? outcome, Exception? error, bool arrived)
    {
        var came = contacts.Count > 0;
        if (!came && NotAccepted(outcome, error) is { } refused)
            return [refused];
        var connectedAt = came ? contacts[0].At : duration;
        var accepted = Good(DiagnosisStage.Accepted, connectedAt, isReal ? $"the archive knows {scp.AETitle} and took the C-MOVE" : $"the archive took a C-MOVE to {scp.AETitle} of something that does not exist");
        if (!came)
            return isReal ? [accepted, NeverConnected(outcome, error)] : [accepted with { Advice = "Give -StudyInstanceUID to see whether an instance arrives." }];
        var first = contacts[0].Contact;
        var connected = Good(DiagnosisStage.Connected, connectedAt, $"{first.CallingAETitle ?? "somebody"} came from {From(first)}{(first.CalledAETitle is { } called ? $" and called {called}" : "")}");
        return [accepted, connected, arrived ? Good(DiagnosisStage.Stored, duration - connectedAt, "the instance arrived whole and was thrown away") : NotStored(outcome, error, duration - connectedAt)];
    }

    private DiagnosisRung? NotAccepted(RoadOutcome? outcome, Exception? error)
    {
        if (outcome is null)
        {
            // Silence after the request is that of an archive which tries to connect.
            return error is DicomTimeoutException { Operation: "Move" } ? null : Bad(DiagnosisStage.Accepted, duration, error!, DiagnosisAdvice.For(node, DiagnosisStage.Move, error!));
        }

        if (outcome.Status == MoveDestinationUnknown)
        {
            return Bad(DiagnosisStage.Accepted, duration, new DiagnosisException("Diagnosis.UnknownMoveDestination", $"{node} does not know the move destination {scp.AETitle} (status A801)"),
                $"The archive does not know the AE title {scp.AETitle}: {TellUs}.");
        }

        if (DimseStatus.Lookup(DimseService.Move, outcome.Status).Class is DimseStatusClass.Success or DimseStatusClass.Warning || outcome.Counts.Failed is > 0 || outcome.Status == 0xA702)
            return null;
        if (!isReal)
        {
            return Bad(DiagnosisStage.Accepted, duration, Failure(outcome), "The archive does not tell whether it knows us, because what was asked for does not exist: give -StudyInstanceUID.");
        }

        // Orthanc says C000 for an AE title it does not know and for one it cannot reach alike.
        return Bad(DiagnosisStage.Accepted, duration, Failure(outcome), outcome.Status >> 12 == UnableToProcess >> 12
            ? $"The archive cannot send to {scp.AETitle}: either it does not know that AE title, or port {Port} of this host is not reachable from it. Check both: {TellUs}."
            : DiagnosisAdvice.For(node, DiagnosisStage.Move, Failure(outcome)));
    }

    private DiagnosisRung NeverConnected(RoadOutcome? outcome, Exception? error)
    {
        if (outcome?.Counts.Delivered is > 0)
        {
            return Bad(DiagnosisStage.Connected, duration, new DiagnosisException("Diagnosis.DeliveredElsewhere", $"{node} says that it delivered the instance to {scp.AETitle}, and nothing came here"),
                $"The archive maps {scp.AETitle} to another host or port and delivers there: {TellUs}.");
        }

        if (outcome is { Status: 0 } && outcome.Counts.Failed is null or 0)
        {
            return Bad(DiagnosisStage.Connected, duration, new DiagnosisException("Diagnosis.NothingSent", $"{node} ended the C-MOVE with success and sent nothing"),
                $"The archive found nothing to send: it may not show this study to {node.CallingAETitle}, or have it offline.");
        }

        return Bad(DiagnosisStage.Connected, duration, new DiagnosisException("Diagnosis.NeverConnected", $"{node} took the C-MOVE and no connection came to {scp}: {Why(outcome, error)}", error ?? Failure(outcome!)),
            $"Port {Port} is not reachable from the archive, or it maps {scp.AETitle} to another host or port: {TellUs}, and let it through the firewalls.");
    }

    private DiagnosisRung NotStored(RoadOutcome? outcome, Exception? error, TimeSpan took)
    {
        if (contacts.Select(c => c.Contact).FirstOrDefault(c => c.Rejection is not null) is { } rejected)
        {
            var reason = new AssociationRejectedException(rejected.Rejection!.Result, rejected.Rejection.Source, rejected.Rejection.Reason, scp.ToString());
            return Bad(DiagnosisStage.Stored, took, new DiagnosisException("Diagnosis.RefusedByUs", $"our Storage SCP {scp} turned {rejected.CallingAETitle} from {From(rejected)} away, which called {rejected.CalledAETitle}: {reason.ReasonName}", reason),
                reason.ReasonName == "CalledAENotRecognized"
                    ? $"The archive calls us {rejected.CalledAETitle}: have it call {scp.AETitle}, or receive under that name (-ScpAETitle {rejected.CalledAETitle})."
                    : $"Our Storage SCP does not admit {rejected.CallingAETitle} from {From(rejected)}: look at -AllowedCallingAETitle and -AllowedAddress of Start-StorageScp.");
        }

        if (contacts.Select(c => c.Contact).FirstOrDefault(c => c.Error is not null) is { } broken)
        {
            return Bad(DiagnosisStage.Stored, took, new DiagnosisException("Diagnosis.NotStored", $"the connection from {From(broken)} to {scp} failed: {broken.Error!.Message}", broken.Error),
                "See what comes to our port: TLS where none is expected or none where it is, a scanner, or an archive that gives up.");
        }

        return Bad(DiagnosisStage.Stored, took, new DiagnosisException("Diagnosis.NotStored", $"{node} connected to {scp} and the instance did not arrive: {Why(outcome, error)}", error ?? Failure(outcome!)),
            "Receive-DicomInstance tells what becomes of the instance here; the log of the archive tells the rest.");
    }

    private DimseStatusException Failure(RoadOutcome outcome) =>
        new(outcome.Status, $"{node} ended the C-MOVE with status {outcome.Status.ToString("X4", CultureInfo.InvariantCulture)}{(outcome.ErrorComment is { Length: > 0 } comment ? $" ({comment})" : "")}", outcome.ErrorComment, outcome.OffendingElements);

    private string Why(RoadOutcome? outcome, Exception? error) => error?.Message
        ?? string.Create(CultureInfo.InvariantCulture, $"the final status was {outcome!.Status:X4}{(outcome.Counts.Failed is { } failed ? $", {failed} failed" : "")}");

    private DiagnosisRung Good(DiagnosisStage stage, TimeSpan took, string detail) => new() { Node = node, Stage = stage, Success = true, Duration = took, Detail = detail };

    private DiagnosisRung Bad(DiagnosisStage stage, TimeSpan took, Exception error, string advice) => new() { Node = node, Stage = stage, Duration = took, Detail = error.Message, Advice = advice, Error = error };
}
