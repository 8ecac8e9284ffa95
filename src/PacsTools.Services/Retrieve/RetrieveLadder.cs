using PacsTools.Dicom.Errors;
using PacsTools.Services.Resilience;
using PacsTools.Services.Storage;

namespace PacsTools.Services.Retrieve;

/// <summary>Decides after a road has failed whether another can help, and which of several failures is the one to tell.</summary>
internal static class RetrieveLadder
{
    /// <summary>The next road that may fare better; -1 if there is none.</summary>
    /// <param name="roads">All roads, in their order.</param>
    /// <param name="step">The one that failed.</param>
    /// <param name="error">How it failed.</param>
    /// <param name="tally">What there is by now.</param>
    public static int Next(IReadOnlyList<IRetrieveRoad> roads, int step, Exception error, RetrieveTally tally)
    {
        // Where no association can be had, a road that needs none is the only one left.
        var reached = MayGoOn(error, tally);
        for (var next = step + 1; next < roads.Count; next++)
        {
            if (reached || (Reachability.IsUnreachable(error) && roads[next] is DicomWebRoad))
                return next;
        }

        return -1;
    }

    /// <summary>True if the next DIMSE road may fare better.</summary>
    public static bool MayGoOn(Exception error, RetrieveTally tally) => error switch
    {
        // What this side cannot keep comes by no other road either, and what the archive does not have does not come at all.
        RetrieveException { Id: var id } when id.StartsWith("Storage.", StringComparison.Ordinal) => false,
        RetrieveException { Id: "Retrieve.NothingSent" } => !tally.IsProof,
        // A choice among several Storage SCPs is the user's to make, and so is stopping one.
        RetrieveException { Id: "StorageScp.NotRunning" } => false,
        StorageScpException e => e.Id is "StorageScp.PortInUse" or "StorageScp.CannotListen",
        RetrieveException or NoAcceptedContextException => true,
        _ => !Reachability.IsUnreachable(error),
    };

    /// <summary>The failure to tell: a road the archive does not offer says less than one that was refused.</summary>
    public static bool TellsMore(Exception later, Exception earlier) => later is not NoAcceptedContextException || earlier is NoAcceptedContextException;
}
