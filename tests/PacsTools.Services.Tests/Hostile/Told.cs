using PacsTools.Dicom.Errors;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;
using PacsTools.Services.Web;

namespace PacsTools.Services.Tests.Hostile;

/// <summary>What a user of ours is told of a hostile peer: the error ids that the module's error records have, with the field at fault.</summary>
internal static class Told
{
    public static string Describe(Exception? error) => error switch
    {
        null => "success",
        AssociationRejectedException e => $"AssociationRejected.{e.ReasonName}",
        DicomWebException e => e.Id,
        RetrieveException e => e.Id,
        SendException e => e.Id,
        CommitmentException e => e.Id,
        DimseStatusException e => $"Dimse.{e.Status:X4}",
        DicomTimeoutException e => $"Timeout.{e.Operation}",
        DicomNetworkException e => $"Network.{e.Failure}",
        NoAcceptedContextException => "NoAcceptedContext",
        AssociationAbortedException => "AssociationAborted",
        DicomProtocolException e => $"Protocol ({e.Field})",
        DicomDataException => "Data",
        OperationCanceledException => "cancelled",
        _ => $"{error.GetType().Name}: {error.Message}",
    };
}
