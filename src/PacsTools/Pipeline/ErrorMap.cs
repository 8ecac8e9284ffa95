using System.Management.Automation;
using PacsTools.Dicom.Dimse;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Acceptance;
using PacsTools.Services.Diagnosis;
using PacsTools.Services.Nodes;
using PacsTools.Services.Query;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;
using PacsTools.Services.Storage;
using PacsTools.Services.Web;

namespace PacsTools.Pipeline;

/// <summary>
/// The one way from an exception to an error record. Ids are stable and meant for scripts; the text names the node and what
/// happened, the recommended action what to do: PowerShell shows both.
/// </summary>
internal static class ErrorMap
{
    /// <param name="error">What happened.</param>
    /// <param name="target">What it is about: the node, the study, the file.</param>
    /// <param name="node">The node in words, put first unless the message names it already.</param>
    /// <param name="service">What was asked of the peer, which is what gives a status its meaning.</param>
    public static ErrorRecord ToRecord(Exception error, object? target, string? node = null, DimseService service = DimseService.Any)
    {
        var cause = Unwrap(error);
        var (id, category, advice) = Classify(cause, service);
        return Create(cause, id, category, target, advice, node);
    }

    public static ErrorRecord Create(Exception error, string id, ErrorCategory category, object? target, string? advice, string? node = null)
    {
        var message = ErrorText.Of(error);
        if (!string.IsNullOrEmpty(node) && !message.Contains(node, StringComparison.OrdinalIgnoreCase)) message = $"{node}: {message}";
        var details = new ErrorDetails(message);
        if (!string.IsNullOrEmpty(advice)) details.RecommendedAction = advice;
        return new ErrorRecord(error, id, category, target) { ErrorDetails = details };
    }

    private static (string Id, ErrorCategory Category, string? Advice) Classify(Exception error, DimseService service) => error switch
    {
        AssociationRejectedException e => ($"AssociationRejected.{e.ReasonName}", Category(e), ErrorAdvice.For(e)),
        DicomWebException e => (e.Id, ErrorAdvice.Category(e), e.Advice),
        RetrieveException e => (e.Id, ErrorAdvice.Category(e), e.Advice),
        SendException e => (e.Id, ErrorAdvice.Category(e), e.Advice),
        CommitmentException e => (e.Id, ErrorAdvice.Category(e), e.Advice),
        AcceptanceException e => (e.Id, ErrorAdvice.Category(e), e.Advice),
        DiagnosisException e => (e.Id, ErrorCategory.InvalidResult, null),
        NodeRegistryException e => (e.Id, ErrorAdvice.Category(e), e.Advice),
        StorageScpException e => (e.Id, ErrorAdvice.Category(e), e.Advice),
        DimseStatusException e => ($"Dimse.{e.Status:X4}", ErrorAdvice.Category(e.Status), DimseStatus.Lookup(service, e.Status).Advice),
        DicomTimeoutException e => ($"Timeout.{e.Operation}", ErrorCategory.OperationTimeout, ErrorAdvice.For(e)),
        TlsException e => ($"Tls.{e.Kind}", TlsAdvice.Category(e), TlsAdvice.For(e)),
        UserIdentityException e => (e.Id, ErrorCategory.SecurityError, e.Advice),
        DicomNetworkException { Failure: NetworkFailure.PortInUse } => ("StorageScp.PortInUse", ErrorCategory.ResourceBusy, ErrorAdvice.PortInUse),
        DicomNetworkException e => ($"Network.{e.Failure}", ErrorCategory.ConnectionError, ErrorAdvice.For(e)),
        NoAcceptedContextException => ("NoAcceptedContext", ErrorCategory.NotImplemented, "Check on the PACS that this service is offered to our calling AE title."),
        AssociationAbortedException => ("AssociationAborted", ErrorCategory.ConnectionError, "The log of the PACS says why it aborted; try again if it was restarted."),
        DicomProtocolException => ("Protocol", ErrorCategory.ProtocolError, "Check that the port is the DICOM port of the PACS and not its web or TLS port."),
        DicomDataException => ("Data", ErrorCategory.InvalidData, null),
        QueryNotAcceptedException e => (e.Id, ErrorCategory.NotImplemented, null),
        QueryKeyException e => (e.Id, ErrorCategory.InvalidArgument, null),
        ArgumentException or FormatException => ("InvalidArgument", ErrorCategory.InvalidArgument, null),
        UnauthorizedAccessException => ("Storage.AccessDenied", ErrorCategory.PermissionDenied, "Choose a destination that you may write to."),
        IOException e => ErrorAdvice.IsDiskFull(e)
            ? ("Storage.DiskFull", ErrorCategory.ResourceUnavailable, "Free space at the destination and try again; what arrived whole stays.")
            : ("Storage.Failed", ErrorCategory.WriteError, null),
        _ => ("Unexpected", ErrorCategory.NotSpecified, null),
    };

    private static ErrorCategory Category(AssociationRejectedException error) => error.ReasonName switch
    {
        "CalledAENotRecognized" => ErrorCategory.ObjectNotFound,
        "CallingAENotRecognized" => ErrorCategory.PermissionDenied,
        "TemporaryCongestion" or "LocalLimitExceeded" => ErrorCategory.ResourceBusy,
        _ => ErrorCategory.ConnectionError,
    };

    private static Exception Unwrap(Exception error) =>
        error is AggregateException { InnerExceptions.Count: 1 } aggregate ? Unwrap(aggregate.InnerExceptions[0]) : error;
}
