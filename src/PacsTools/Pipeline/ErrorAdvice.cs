using System.Management.Automation;
using PacsTools.Dicom.Errors;
using PacsTools.Services.Acceptance;
using PacsTools.Services.Nodes;
using PacsTools.Services.Retrieve;
using PacsTools.Services.Sending;
using PacsTools.Services.Storage;
using PacsTools.Services.Web;

namespace PacsTools.Pipeline;

/// <summary>What an administrator can do about a failure, in one sentence that becomes the record's RecommendedAction.</summary>
internal static class ErrorAdvice
{
    public const string PortInUse = "Choose another port, or end the process that listens on it; the PACS must be told the port that is used.";

    public static string For(AssociationRejectedException error) => error.ReasonName switch
    {
        "CalledAENotRecognized" => "Check the AE title of the PACS (-CalledAETitle).",
        "CallingAENotRecognized" => "Let the PACS know our AE title, or give one that it knows (-CallingAETitle).",
        "TemporaryCongestion" or "LocalLimitExceeded" => "The PACS is busy; try again later or with fewer associations at a time.",
        _ => error.IsTransient ? "Try again later." : "The log of the PACS says why it rejects us; often it does not know our AE title or address.",
    };

    public static string For(DicomNetworkException error) => error.Failure switch
    {
        NetworkFailure.ConnectionRefused => "Check host and port, and that the PACS is running.",
        NetworkFailure.NameNotResolved => "Check the host name, or use the address.",
        NetworkFailure.Unreachable => "Check the address, the network and the firewalls between here and there.",
        NetworkFailure.ConnectionLost => "The PACS or something on the way closed the connection; its log may say why.",
        _ => "Check host, port and network.",
    };

    public static string For(DicomTimeoutException error) => error.Operation switch
    {
        "Connect" => "Check host, port and firewalls: nothing answers there, not even with a refusal.",
        "Tls" => "Something accepts connections there and does not begin TLS; check that it is the TLS port of the PACS, or leave -UseTls out.",
        "Association" => "Something accepts connections there and does not answer; check that it is the DICOM port of the PACS.",
        _ => "Try again later or give more time (-TimeoutSeconds).",
    };

    public static ErrorCategory Category(ushort status) => status switch
    {
        0xA700 or 0xA701 or 0xA702 => ErrorCategory.ResourceUnavailable,
        0xA801 => ErrorCategory.ObjectNotFound,
        0x0124 => ErrorCategory.PermissionDenied,
        _ => ErrorCategory.InvalidResult,
    };

    public static ErrorCategory Category(NodeRegistryException error) => error.Id switch
    {
        "Node.NotFound" => ErrorCategory.ObjectNotFound,
        "Node.AlreadyRegistered" => ErrorCategory.ResourceExists,
        "Node.InvalidName" => ErrorCategory.InvalidArgument,
        "NodeStore.Locked" => ErrorCategory.ResourceBusy,
        "NodeStore.CannotRead" or "NodeStore.CannotWrite" => ErrorCategory.PermissionDenied,
        _ => ErrorCategory.InvalidData,
    };

    public static ErrorCategory Category(AcceptanceException error) => error.Id switch
    {
        "Acceptance.FileExists" => ErrorCategory.ResourceExists,
        "Acceptance.StudyNotFound" => ErrorCategory.ObjectNotFound,
        _ => ErrorCategory.WriteError,
    };

    public static ErrorCategory Category(RetrieveException error) => error.Id switch
    {
        "Storage.DiskFull" => ErrorCategory.ResourceUnavailable,
        "Storage.CannotWrite" => ErrorCategory.PermissionDenied,
        "Storage.Damaged" => ErrorCategory.InvalidData,
        "StorageScp.NotRunning" => ErrorCategory.InvalidOperation,
        "Copy.SameNode" or "Copy.DestinationIsHere" => ErrorCategory.InvalidArgument,
        "Copy.DestinationUnreachable" => ErrorCategory.ConnectionError,
        _ => error.Status is { } status && status != 0 ? Category(status) : ErrorCategory.InvalidResult,
    };

    public static ErrorCategory Category(DicomWebException error) => error.Id switch
    {
        "DicomWeb.Unauthorized" => ErrorCategory.AuthenticationError,
        "DicomWeb.Forbidden" or "DicomWeb.Unencrypted" or "DicomWeb.Redirected" => ErrorCategory.PermissionDenied,
        "DicomWeb.NotFound" => ErrorCategory.ObjectNotFound,
        "DicomWeb.NoUri" => ErrorCategory.InvalidArgument,
        "DicomWeb.BadResponse" => ErrorCategory.ProtocolError,
        _ => error.IsTransient ? ErrorCategory.ResourceUnavailable : ErrorCategory.InvalidResult,
    };

    public static ErrorCategory Category(SendException error) => error.Id switch
    {
        "Send.PathNotFound" => ErrorCategory.ObjectNotFound,
        "Send.CannotRead" => error.InnerException is UnauthorizedAccessException ? ErrorCategory.PermissionDenied : ErrorCategory.ReadError,
        "Send.NotAccepted" => ErrorCategory.NotImplemented,
        _ => ErrorCategory.InvalidData,
    };

    public static ErrorCategory Category(CommitmentException error) => error.Id switch
    {
        "Commitment.Timeout" => ErrorCategory.OperationTimeout,
        "Commitment.NoInstance" => ErrorCategory.InvalidArgument,
        "Commitment.0112" => ErrorCategory.ObjectNotFound,
        _ => ErrorCategory.InvalidResult,
    };

    public static ErrorCategory Category(StorageScpException error) => error.Id switch
    {
        "StorageScp.PortInUse" => ErrorCategory.ResourceBusy,
        "StorageScp.NotFound" => ErrorCategory.ObjectNotFound,
        "StorageScp.CannotListen" => ErrorCategory.OpenError,
        "StorageScp.WatchTimeout" => ErrorCategory.OperationTimeout,
        "StorageScp.WatchStopped" => ErrorCategory.OperationStopped,
        "StorageScp.WatchOverflow" => ErrorCategory.LimitsExceeded,
        "StorageScp.InstanceFailed" or "StorageScp.StudyIncomplete" => ErrorCategory.WriteError,
        "Storage.DiskFull" => ErrorCategory.ResourceUnavailable,
        "Storage.CannotWrite" => ErrorCategory.PermissionDenied,
        _ => ErrorCategory.InvalidOperation,
    };

    // ENOSPC, EDQUOT and EFBIG; ERROR_DISK_FULL and ERROR_HANDLE_DISK_FULL: .NET passes the system's number on.
    public static bool IsDiskFull(IOException error) => (error.HResult & 0xFFFF) is 28 or 122 or 27 or 0x70 or 0x27;
}
