using PacsTools.Dicom.Errors;

namespace PacsTools.Services.Resilience;

/// <summary>Tells an archive that cannot be talked to from one that answers in a way nobody likes.</summary>
internal static class Reachability
{
    /// <summary>True if no association could be had, so that no other service of DIMSE will fare better.</summary>
    public static bool IsUnreachable(Exception error) => error switch
    {
        DicomNetworkException e => e.Failure != NetworkFailure.ConnectionLost,
        DicomTimeoutException e => e.Operation is "Connect" or "Association",
        AssociationRejectedException => true,
        _ => false,
    };
}
